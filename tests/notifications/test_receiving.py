"""An event becomes one row, and a row for each person only where it is addressed to them."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communities.models import Membership
from core import versions
from core.notices import Importance
from core.outbox import Delivery, drain, emit
from notifications.models import Happening, Notice
from notifications.receiving import receive
from people.models import PersonKind, User
from tests.notifications.kinds import POSTED, SENT, added, post, send, to_whom

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


def told(person: User) -> list[str]:
    return [notice.happening.kind for notice in Notice.objects.filter(person=person).select_related("happening")]


def test_a_kind_that_a_room_adds_reaches_people_without_another_change(community: Any, bryn: User) -> None:
    with added(name="tests.new", recipients=to_whom):
        emit("tests.new", community, data={"people": [bryn.pk]})
        drain("notices")
    assert told(bryn) == ["tests.new"]


def test_what_is_addressed_to_people_is_written_for_each_of_them_but_not_for_who_did_it(
    sent: Any, community: Any, asha: User, bryn: User, carys: User
) -> None:
    send(community, asha, bryn, carys, by=asha)
    assert (told(asha), told(bryn), told(carys)) == ([], [SENT], [SENT])


def test_who_is_gone_or_switched_off_meanwhile_gets_nothing(sent: Any, community: Any, bryn: User, carys: User) -> None:
    User.objects.filter(pk=carys.pk).update(is_active=False)
    emit(SENT, community, data={"people": [bryn.pk, carys.pk, 99_999]})
    bryn.delete()
    drain("notices")
    assert (Happening.objects.filter(kind=SENT).count(), Notice.objects.count()) == (1, 0)


def test_who_did_it_may_be_gone_meanwhile(sent: Any, community: Any, bryn: User, carys: User) -> None:
    emit(SENT, community, actor=carys, data={"people": [bryn.pk]})
    carys.delete()
    drain("notices")
    assert told(bryn) == [SENT]


def test_a_delivery_that_comes_twice_is_written_once(sent: Any, posted: Any, community: Any, bryn: User) -> None:
    emit(SENT, community, data={"people": [bryn.pk]})
    emit(POSTED, community)
    twice = list(Delivery.objects.to("notices"))
    receive(twice)
    receive(twice)
    assert (Happening.objects.count(), Notice.objects.count()) == (2, 1)


def test_an_event_of_a_kind_that_no_room_knows_any_more_keeps_no_other_back(
    sent: Any, community: Any, bryn: User
) -> None:
    unknown = Delivery(consumer="notices", kind="tests.gone", subject="x:1")
    emit(SENT, community, data={"people": [bryn.pk]})
    receive([unknown, *Delivery.objects.to("notices")])
    assert told(bryn) == [SENT]


@pytest.mark.parametrize("importance", Importance)
def test_what_is_addressed_to_somebody_may_wait_for_them_and_the_rest_is_only_new(
    community: Any, bryn: User, importance: Importance
) -> None:
    scopes = {"waits": versions.waiting_for(bryn.pk), "is new": versions.news_of(bryn.pk), "did": f"person:{bryn.pk}"}
    before = versions.read()
    before.need(scopes.values())
    with added(recipients=to_whom, importance=importance):
        send(community, bryn)
    after = versions.read()
    raised = {name for name, scope in scopes.items() if after[scope] != before[scope]}
    assert raised == ({"waits", "is new"} if importance == Importance.ADDRESSED else {"is new"})


def fill(community: Any, members: int) -> None:
    people = [
        User(name=f"Member {n}", email=f"m{n}@example.org", slug=f"member-{n}", kind=PersonKind.STAFF)
        for n in range(members)
    ]
    User.objects.bulk_create(people)
    Membership.objects.bulk_create(Membership(community=community, person=person) for person in people)


def test_a_post_costs_one_row_and_as_many_queries_in_a_large_community(posted: Any, community: Any, bryn: User) -> None:
    counted = []
    for members in (30, 5_000):
        User.objects.filter(email__startswith="m").delete()
        fill(community, members)
        versions.read()  # what was raised before is raised anew
        with CaptureQueriesContext(connection) as queries:
            post(community, by=bryn)
        counted.append(len(queries))
    assert counted[0] == counted[1]
    assert (Happening.objects.count(), Notice.objects.count()) == (2, 0)
