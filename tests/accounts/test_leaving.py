"""Whoever leaves hands over what they look after, by name or to those who go on with it, and can come back."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from accounts.leaving import services
from accounts.leaving.choices import SwitchedBy
from accounts.leaving.departures import SwitchContext
from accounts.leaving.listings import groups_of
from accounts.leaving.models import Departure, HandedOver
from accounts.leaving.services import SETTLES_AFTER
from communities.models import CommunityPage, Holding, Membership, State
from communities.models.default_roles import facilitator
from communities.services.succession import give
from core.outbox import drain
from indexing.documents import key_of
from knowledge.listings import due_for
from knowledge.models import GuidancePage
from notifications.models import Notice
from notifications.wording import put_in_words
from people.handover import CannotGive
from people.models import User
from surgeries.models import Session
from tests.conftest import browse
from tests.factories import PASSWORD, GuidanceFactory, PersonFactory, SessionFactory, SurgeryFactory, role_called


@pytest.fixture
def session(community: CommunityPage, asha: User) -> Session:
    made: Session = SessionFactory(surgery=SurgeryFactory(community=community))
    made.mentors.add(asha)
    return made


@pytest.fixture
def guidance(community: CommunityPage, asha: User) -> GuidancePage:
    due = timezone.localdate() - timedelta(days=3)
    made: GuidancePage = GuidanceFactory(community=community, checked_by=asha, due_on=due)
    return made


@pytest.fixture
def full_hands(community: CommunityPage, asha: User, session: Session, guidance: GuidancePage) -> User:
    """Asha facilitates, helps at a session, keeps guidance and answers for the community."""
    CommunityPage.objects.filter(pk=community.pk).update(sponsor=asha)
    return asha


def press(by: User, whose: User, deed: str, **data: str) -> Any:
    return browse(by).post(reverse(deed, args=[whose.slug]), data)


def page(viewer: User, whose: User, query: str = "") -> Any:
    return browse(viewer).get(reverse("handover", args=[whose.slug]) + query)


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


# -- who leaves --------------------------------------------------------------------------------------------------------
def test_the_hub_team_switches_an_account_off_and_on(full_hands: User, hub_team: User, session: Session) -> None:
    browser = browse(full_hands)
    press(hub_team, full_hands, "switch_off")
    assert browser.get(reverse("received")).status_code == 302  # to sign in
    assert full_hands.memberships.get().state == State.PAUSED
    assert list(Session.objects.for_listing().get().mentor_list) == []
    press(hub_team, full_hands, "bring_back")
    assert full_hands.memberships.get().is_steward
    assert list(Session.objects.for_listing().get().mentor_list) == [full_hands]
    log = ModelLogEntry.objects.for_instance(full_hands).order_by("timestamp", "pk")
    assert [(one.action, one.user) for one in log] == [("accounts.left", hub_team), ("accounts.back", hub_team)]


@pytest.mark.parametrize("deed", ["switch_off", "bring_back", "last_day", "let_the_rest_go"])
def test_nobody_else_decides(asha: User, bryn: User, deed: str) -> None:
    assert press(bryn, asha, deed).status_code == 404
    assert press(asha, asha, deed).status_code == 404


def test_the_last_one_who_runs_the_hub_stays(hub_team: User, home: Any) -> None:
    with pytest.raises(services.CannotSwitchOff):
        services.switch_off(hub_team, SwitchContext())
    other = User.objects.create_superuser("other.team@example.org", "a long enough password")
    services.switch_off(hub_team, SwitchContext(by=other))
    assert not User.objects.get(pk=hub_team.pk).is_active


def test_a_departure_is_noted_by_whatever_way(bryn: User) -> None:
    User.objects.filter(pk=bryn.pk).update(is_active=False)
    assert Departure.objects.get(person=bryn).way == SwitchedBy.OTHER
    User.objects.filter(pk=bryn.pk).update(is_active=True)
    assert Departure.objects.get(person=bryn).returned is not None


# -- a day ahead -------------------------------------------------------------------------------------------------------
def leaves(person: User, days: int) -> None:
    """Their last day is so many days from today."""
    person.leaves_on = timezone.localdate() + timedelta(days=days)
    person.save(update_fields=["leaves_on"])


def test_a_last_day_is_set_and_told(asha: User, hub_team: User) -> None:
    day = timezone.localdate() + timedelta(days=9)
    press(hub_team, asha, "last_day", leaves_on=day.isoformat())
    drain("notices")
    assert User.objects.get(pk=asha.pk).leaves_on == day
    assert Notice.objects.get(person=asha).happening.kind == "accounts.leaving_planned"
    assert "you hand over" in words(page(asha, asha))


def test_a_day_that_is_past_cannot_be_a_last_one(asha: User, hub_team: User) -> None:
    response = press(hub_team, asha, "last_day", leaves_on="2020-01-01")
    assert response.status_code == 422
    assert "2020-01-01" in words(response)  # what was typed stays


@pytest.mark.parametrize(("days", "is_in"), [(0, True), (-1, False)])
def test_after_the_last_day_nobody_is_in_also_where_no_job_ran(asha: User, days: int, is_in: bool) -> None:
    browser = browse(asha)
    leaves(asha, days)
    assert (browser.get(reverse("received")).status_code == 200) is is_in
    signed_in = browse().post(
        reverse("account_login"), {"login": asha.email, "password": "a long enough password"}, follow=True
    )
    assert signed_in.wsgi_request.user.is_authenticated is is_in


def test_a_day_that_was_put_off_meanwhile_switches_nobody_off(asha: User) -> None:
    leaves(asha, -1)
    User.objects.filter(pk=asha.pk).update(leaves_on=None)
    services.switch_off(asha, SwitchContext(SwitchedBy.DATE))
    assert User.objects.get(pk=asha.pk).is_active


def test_after_the_last_day_the_right_password_is_told_why(asha: User) -> None:
    leaves(asha, -1)
    answer = browse().post(reverse("account_login"), {"login": asha.email, "password": PASSWORD})
    assert answer["Location"] == reverse("account_inactive")
    assert "_auth_user_id" not in answer.client.session


def test_the_job_switches_off_whose_day_is_past(asha: User, bryn: User) -> None:
    leaves(asha, -1)
    leaves(bryn, 0)
    call_command("publish_scheduled")
    assert set(User.objects.here().filter(pk__in=[asha.pk, bryn.pk])) == {bryn}
    assert Departure.objects.get(person=asha).way == SwitchedBy.DATE


# -- giving ------------------------------------------------------------------------------------------------------------
def given(by: User, whose: User, to: User) -> None:
    """One press for each kind."""
    for what in ("facilitators", "sponsors", "guidance", "sessions"):
        press(by, whose, "give", what=what, to=to.slug)


def test_each_thing_is_given_to_a_named_person(
    full_hands: User, carys: User, hub_team: User, community: CommunityPage, session: Session, guidance: GuidancePage
) -> None:
    press(hub_team, full_hands, "switch_off")
    given(hub_team, full_hands, carys)
    drain("notices")
    assert Membership.objects.stewards().get(community=community).person == carys
    assert CommunityPage.objects.get(pk=community.pk).sponsor == carys
    assert list(session.mentors.all()) == [carys]
    assert guidance in due_for(carys)
    assert Notice.objects.filter(person=carys, happening__kind="accounts.handed_over").count() == 4
    assert words(browse(carys).get(reverse("received"))).count("From Asha Okafor") == 4
    assert f"<b>{guidance.title}</b>" in words(page(hub_team, full_hands))


@pytest.mark.parametrize("when", ["before", "after"])
def test_other_roles_are_given_to_a_member_by_whoever_names_members_in_roles(
    when: str, community: CommunityPage, asha: User, bryn: User, carys: User, hub_team: User
) -> None:
    """Bryn, who leaves, names nobody. The facilitator's role and what Bryn was as a member stay as they were."""
    teller, mine = role_called("story-teller"), bryn.memberships.get()
    give(mine, teller)
    key, what = key_of(community), "roles"
    if when == "after":
        press(hub_team, bryn, "switch_off")
    else:
        leaves(bryn, 5)
        with pytest.raises(CannotGive, match="Those who look after Foster Care Together name somebody else"):
            services.give(bryn, what, key, asha, bryn)
    [group] = [one for one in groups_of(bryn, hub_team) if one.name == what]
    assert [(row.title, row.detail) for row in group.rows] == [(community.title, "Story teller")]
    with pytest.raises(CannotGive):
        services.give(bryn, what, key, carys, hub_team)  # no member
    services.give(bryn, what, key, asha, hub_team)
    held = Holding.objects.kept().values_list("membership__person", "role__slug")
    assert sorted(held) == sorted([(asha.pk, "facilitator"), (asha.pk, "story-teller")])
    assert Membership.objects.filter(person=bryn, community=community).exclude(state=State.ENDED).exists()
    with pytest.raises(CannotGive):
        services.give(bryn, what, key, asha, hub_team)  # it is Asha's by now


def test_roles_that_nobody_was_given_fall_to_those_who_name_others(
    community: CommunityPage, asha: User, bryn: User, hub_team: User
) -> None:
    give(bryn.memberships.get(), role_called("story-teller"))
    press(hub_team, bryn, "switch_off")
    services.let_the_rest_go(bryn, hub_team)
    assert list(HandedOver.objects.filter(what="roles").values_list("to", flat=True)) == [asha.pk]


def test_what_was_given_stays_given_when_they_come_back(full_hands: User, carys: User, hub_team: User) -> None:
    press(hub_team, full_hands, "switch_off")
    given(hub_team, full_hands, carys)
    press(hub_team, full_hands, "bring_back")
    membership = full_hands.memberships.get()
    assert (membership.state, membership.is_steward) == (State.ACTIVE, False)


def test_two_who_give_the_same_thing_do_not_both_succeed(
    full_hands: User, bryn: User, carys: User, hub_team: User, community: CommunityPage
) -> None:
    for to in (bryn, carys):
        press(hub_team, full_hands, "give", what="facilitators", to=to.slug)
    assert Membership.objects.stewards().get(community=community).person == bryn


def test_whoever_leaves_prepares_it_themselves_among_members(
    full_hands: User, bryn: User, carys: User, community: CommunityPage
) -> None:
    leaves(full_hands, 5)
    refused = browse(full_hands).post(
        reverse("give", args=[full_hands.slug]), {"what": "facilitators", "to": carys.slug}, follow=True
    )
    assert "is no member of" in words(refused)
    press(full_hands, full_hands, "give", what="facilitators", to=bryn.slug)
    assert Membership.objects.stewards().get(community=community).person == bryn


def test_nothing_goes_to_somebody_who_cannot_see_it(
    private_community: CommunityPage, dev: User, carys: User, hub_team: User
) -> None:
    made = SessionFactory(surgery=SurgeryFactory(community=private_community, private=True))
    made.mentors.add(dev)
    press(hub_team, dev, "give", what="sessions", to=carys.slug)
    assert list(made.mentors.all()) == [dev]


def test_without_a_script_a_person_is_found_and_chosen(full_hands: User, carys: User, hub_team: User) -> None:
    PersonFactory(first_name="Carla", last_name="Hughes")
    assert words(page(hub_team, full_hands, "?q=hughes")).count("Choose<") == 2
    assert "Give to Carys" in words(page(hub_team, full_hands, f"?q={carys.email}"))
    offered = browse(hub_team).get(reverse("successors", args=[full_hands.slug]), {"q": "carys"}).json()
    assert "Give to Carys" in words(browse(hub_team).get(offered["suggestions"][0]["url"]))


# -- the rest ----------------------------------------------------------------------------------------------------------
def test_the_rest_goes_to_those_who_go_on_with_it(full_hands: User, bryn: User, hub_team: User) -> None:
    give(bryn.memberships.get(), facilitator())
    press(hub_team, full_hands, "switch_off")
    press(hub_team, full_hands, "let_the_rest_go")
    fell = set(HandedOver.objects.values_list("what", "to", "fell"))
    to_bryn = {(what, bryn.pk, True) for what in ("facilitators", "guidance", "sessions")}
    assert fell == to_bryn | {("sponsors", None, True)}
    assert "Asha Okafor" in words(browse(hub_team).get(reverse("received")))


def test_after_a_fortnight_the_rest_goes_by_itself_and_once(full_hands: User, hub_team: User) -> None:
    press(hub_team, full_hands, "switch_off")
    Departure.objects.update(since=timezone.now() - SETTLES_AFTER - timedelta(days=1))
    for _each in range(2):
        call_command("publish_scheduled")
    assert HandedOver.objects.filter(to=None).count() == 4


def test_the_hub_team_hears_of_who_leaves_something_behind(full_hands: User, bryn: User, hub_team: User) -> None:
    for person in (full_hands, bryn):  # Bryn looks after nothing
        User.objects.filter(pk=person.pk).update(is_active=False)
    drain("notices")
    departure = Departure.objects.get(person=full_hands)
    told = Notice.objects.get(person=hub_team).happening
    assert told.subject == f"accounts.departure:{departure.pk}"
    assert len(put_in_words(hub_team, [told])) == 1
    hub_team.is_superuser = False
    assert put_in_words(hub_team, [told]) == []  # whoever left the team reads no more of it


# -- who reads what ----------------------------------------------------------------------------------------------------
def test_what_one_saved_is_on_nobody_elses_page(asha: User, hub_team: User, community: CommunityPage) -> None:
    browse(asha).post(f"/reading/save/communities.communitypage:{community.pk}/")
    leaves(asha, 5)
    assert "1 saved page" in words(page(asha, asha))
    assert "saved page" not in words(page(hub_team, asha))


def test_the_hub_team_reads_the_community_of_what_is_private_and_no_more(
    private_community: CommunityPage, dev: User, hub_team: User
) -> None:
    GuidanceFactory(title="Where the key lies", community=private_community, private=True, keeper=dev)
    read = words(page(hub_team, dev))
    assert "Guidance of Safe Homes" in read
    assert "Where the key lies" not in read


def test_the_hub_team_does_not_read_who_belongs_to_a_private_community(
    private_community: CommunityPage, dev: User, hub_team: User
) -> None:
    assert dev.memberships.get().community == private_community
    read = words(page(hub_team, dev))
    assert ("Safe Homes" in read, "Memberships" in read) == (False, False)
    leaves(dev, 5)
    assert "Safe Homes" in words(page(dev, dev))


def test_a_look_by_others_is_an_entry_in_the_log(asha: User, hub_team: User) -> None:
    page(hub_team, asha)
    assert ModelLogEntry.objects.for_instance(asha).get().action == "accounts.handover_read"


def test_the_editor_leads_the_hub_team_to_all_that_it_does_for_accounts(hub_team: User) -> None:
    menu = browse(hub_team).get("/admin/").content.decode()
    for name in ("leaving", "erasures", "second_factor_help", "directories", "invitations"):
        assert reverse(name) in menu, name


def test_a_page_asks_as_often_for_much_as_for_little(
    asha: User, hub_team: User, community: CommunityPage, django_assert_max_num_queries: Any
) -> None:
    surgery = SurgeryFactory(community=community)
    browser = browse(hub_team)

    def more(count: int) -> None:
        for _each in range(count):
            SessionFactory(surgery=surgery).mentors.add(asha)
            GuidanceFactory(community=community, keeper=asha)

    more(2)
    browser.get(reverse("handover", args=[asha.slug]))
    with django_assert_max_num_queries(40) as few:
        browser.get(reverse("handover", args=[asha.slug]))
    asked = len(few.captured_queries)
    more(10)
    with django_assert_max_num_queries(asked):
        browser.get(reverse("handover", args=[asha.slug]))
