"""What ends soon is told ahead, each step once, whichever way the clock runs."""

from collections import Counter
from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from communities import end_reminders
from communities.choices import Capability
from communities.grants import notices as grant_notices
from communities.grants.services import extend
from communities.models import Award, CommunityPage, Holding, Role, ToldAwardEnds
from communities.qualifications import notices, services
from core.notices import Happened, notice_kind_of
from core.outbox import Delivery
from people.models import User
from tests.communities.granting import CABINET, given
from tests.communities.qualified import awarded, demanded, in_days
from tests.conftest import browse
from tests.factories import PersonFactory, make_member


@pytest.fixture
def award(asha: User, hub_team: User) -> Award:
    role: Role = Holding.objects.get(membership__person=asha).role
    return awarded(asha, demanded(role), hub_team, ends_in=100)


def told() -> list[tuple[str, int, int]]:
    """Kind, subject and step of each event that was told so far."""
    rows = Delivery.objects.filter(kind__in=(notices.ENDS, grant_notices.ENDS)).order_by("pk")
    one = [row for row in rows if row.consumer == rows[0].consumer]
    return [(row.kind, int(row.subject.partition(":")[2]), row.data["days"]) for row in one]


def run_on(day: date) -> None:
    with time_machine.travel(timezone.make_aware(datetime.combine(day, time(12))), tick=False):
        services.see_to_ends()
        grant_notices.tell_ends()


def test_each_step_is_told_once(award: Award) -> None:
    assert award.until
    for left in (61, 60, 60, 59, 31, 30, 29, 1, 0, 0, -1, -2):
        run_on(award.until - timedelta(days=left))
    assert told() == [(notices.ENDS, award.pk, step) for step in (60, 30, 0)]


@pytest.mark.parametrize(("left", "step"), [(45, 60), (30, 30), (12, 30), (0, 0), (-5, 0), (-20, None)])
def test_a_run_after_a_long_time_tells_the_step_that_counts(left: int, step: int | None, award: Award) -> None:
    assert award.until
    run_on(award.until - timedelta(days=left))
    assert [days for _kind, _pk, days in told()] == ([] if step is None else [step])


def test_what_was_renewed_is_told_of_no_more(award: Award, asha: User, hub_team: User) -> None:
    awarded(asha, award.qualification, None, ends_in=400)
    run_on(in_days(80))
    assert not told()
    Award.objects.filter(decided_at=None).update(decided_at=timezone.now(), decided_name="Hub", refusal="A copy.")
    run_on(in_days(80))
    assert [days for _kind, _pk, days in told()] == [30]


def test_two_runs_at_once_tell_it_once(award: Award) -> None:
    """The second has looked at what there is before the first wrote it down."""
    due = [(award, award.until, 60)]
    assert end_reminders.claim(ToldAwardEnds, due) == {60: [award]}
    row = ToldAwardEnds.objects.get()
    ToldAwardEnds.objects.bulk_create(
        [ToldAwardEnds(thing=award, until=row.until, days=row.days)], ignore_conflicts=True
    )
    assert ToldAwardEnds.objects.count() == 1
    assert end_reminders.claim(ToldAwardEnds, due) == {}


def test_stewards_hear_on_the_last_day_alone(
    award: Award, community: CommunityPage, asha: User, hub_team: User
) -> None:
    other = PersonFactory()
    make_member(other, community, "facilitator")
    awarded(other, award.qualification, hub_team)
    kind = notice_kind_of(notices.ENDS)
    assert kind is not None
    assert kind.recipients
    hears = {
        days: set(kind.recipients(Happened(notices.ENDS, f"communities.award:{award.pk}", data={"days": days})))
        for days in (60, 30, 0)
    }
    assert hears == {60: {asha.pk}, 30: {asha.pk}, 0: {asha.pk, other.pk}}


def test_words_are_those_of_the_day_on_which_they_are_read(award: Award, asha: User, bryn: User) -> None:
    event = Happened(notices.ENDS, f"communities.award:{award.pk}", data={"days": 60})

    def title(left: int) -> str | None:
        assert award.until
        day = award.until - timedelta(days=left)
        with time_machine.travel(timezone.make_aware(datetime.combine(day, time(12))), tick=False):
            mine = notices.awards_told(asha, [str(award.pk)])
            words = notices.ends(mine[str(award.pk)], event, asha)
            return str(words.title) if words else None

    assert [title(left) is None for left in (61, 60, 0, -1)] == [True, False, False, False]
    assert "has ended" in str(title(-1))
    assert "today" in str(title(0))
    assert not notices.awards_told(bryn, [str(award.pk)])


# -- grants ------------------------------------------------------------------------------------------------------------
def test_a_grant_is_told_ahead_to_holders_and_stewards(
    community: CommunityPage, asha: User, bryn: User, hub_team: User
) -> None:
    role = Role.objects.create(name="Speaker", slug="speaker")
    Holding.objects.create(membership=bryn.memberships.get(), role=role)
    last = in_days(100)
    until = timezone.make_aware(datetime.combine(last, time())) + timedelta(days=1)
    grant = given(community, hub_team, Capability.SPEAK, role=role, until=until)
    for left in (61, 60, 60, 31, 30, 0, -1):
        run_on(last - timedelta(days=left))
    assert told() == [(grant_notices.ENDS, grant.pk, step) for step in (60, 30)]
    event = Happened(grant_notices.ENDS, f"communities.grant:{grant.pk}")
    assert grant_notices.holders_and_stewards(event) == sorted([asha.pk, bryn.pk])
    with time_machine.travel(timezone.now() + timedelta(days=80), tick=False):
        links = {}
        for reader in (asha, bryn):
            words = grant_notices.ends(grant_notices.grants_held(reader, [str(grant.pk)])[str(grant.pk)], event, reader)
            assert words
            links[reader] = words.url
    assert links[bryn] == grant.get_absolute_url()
    page = browse(asha).get(links[asha])
    assert page.context["form"].initial == {"capability": "speak", "role": "speaker", "asset": ""}
    extend(grant, hub_team, CABINET, None)
    assert grant_notices.ends(grant_notices.grants_held(asha, [str(grant.pk)])[str(grant.pk)], event, asha) is None


# -- how often the database is asked -----------------------------------------------------------------------------------
def asked(browser: Client, address: str) -> Counter[str]:
    browser.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(address).status_code == 200
    return Counter({"n": len(captured)})


@pytest.mark.parametrize("address", ["/qualifications/", "/qualifications/waiting/", "/communities/{slug}/members/"])
def test_thirty_ask_no_more_than_three(
    address: str, award: Award, community: CommunityPage, asha: User, hub_team: User
) -> None:
    browser, at = browse(asha), address.format(slug=community.slug)

    def add(number: int) -> None:
        for n in range(number):
            what = demanded(award.qualification.roles.get(), name=f"Skill{Award.objects.count()}x{n}")
            awarded(asha, what, hub_team)
            holder = PersonFactory()
            make_member(holder, community, "facilitator")
            awarded(holder, award.qualification, None)

    add(3)
    few = asked(browser, at)
    add(10)
    assert asked(browser, at) == few
