"""Who may name somebody to write for them, who accepts, who ends it, and when it ends by itself.

Asha names Bryn. Carys works here, too; Dev is a resident.
"""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry

from accounts.leaving import services as leaving
from accounts.leaving.departures import SwitchContext
from accounts.personal_data.copying import held_of
from accounts.personal_data.erasing import erase
from conversations.delegates import notices, services
from conversations.delegates.handover import delegations_of
from conversations.delegates.services import CannotDelegate
from conversations.models import Delegation
from people.choices import PersonKind
from people.models import User
from tests.conftest import browse
from tests.conversations.delegating import MONTH, asked, delegated
from tests.conversations.test_told import inbox
from tests.factories import PersonFactory

PAGE = "/conversations/delegates/"
TODAY = timezone.localdate


def in_force() -> bool:
    return Delegation.objects.in_force().exists()


def done(deed: str, delegation: Delegation, by: User) -> int:
    return browse(by).post(f"{PAGE}{delegation.pk}/{deed}/").status_code


def actions() -> list[str]:
    found = ModelLogEntry.objects.filter(action__startswith="conversations.delegate_").order_by("pk")
    return [action.rpartition("_")[2] for action in found.values_list("action", flat=True)]


# -- naming ------------------------------------------------------------------------------------------------------------
def test_somebody_names_a_delegate_on_their_own_page_and_nothing_holds_before_they_accept(asha, bryn):
    form = browse(asha).get(PAGE).context["form"]
    assert form["until"].value() == TODAY() + timedelta(days=182)
    told = {"who": "Bryn Powell", "since": str(TODAY()), "until": str(TODAY() + MONTH)}
    assert browse(asha).post(PAGE, told).status_code == 302
    made = Delegation.objects.get()
    assert (made.principal, made.delegate, made.until, made.announces) == (asha, bryn, TODAY() + MONTH, False)
    assert (in_force(), made.is_asked) == (False, True)
    assert done("accept", made, bryn) == 302
    assert in_force()
    assert actions() == ["named", "accepted"]


WRONG = {
    "a resident": {"who": "dev"},
    "nobody": {"who": ""},
    "oneself": {"who": "asha"},
    "a stranger": {"who": "Nemo Nobody"},
    "no last day": {"until": ""},
    "a last day that is over": {"until": -1},
    "more than a year": {"until": 367},
    "an end before the beginning": {"since": 5, "until": 2},
}


@pytest.mark.parametrize("why", WRONG)
def test_what_cannot_be_is_refused_in_the_form(why, asha, bryn, dev):
    told = {"who": "bryn", "since": 0, "until": 30, **WRONG[why]}
    people = {"asha": asha.email, "bryn": bryn.email, "dev": dev.email}
    days = {name: str(TODAY() + timedelta(days=told[name])) for name in ("since", "until") if told[name] != ""}
    page = browse(asha).post(PAGE, {"who": people.get(told["who"], told["who"]), **days})
    assert (page.status_code, Delegation.objects.exists()) == (422, False)


@pytest.mark.parametrize(
    ("principal", "delegate"), [("asha", "asha"), ("asha", "dev"), ("dev", "asha"), ("asha", "gone"), ("gone", "asha")]
)
def test_the_service_takes_only_two_people_who_work_here(principal, delegate, request, asha, dev):
    people = {"asha": asha, "dev": dev, "gone": PersonFactory(is_active=False)}
    with pytest.raises(CannotDelegate):
        asked(people[principal], people[delegate])


def test_nobody_is_named_twice_and_a_past_one_stands_in_nobodys_way(asha, bryn):
    made = delegated(asha, bryn)
    with pytest.raises(CannotDelegate):
        asked(asha, bryn, announces=True)
    Delegation.objects.filter(pk=made.pk).update(since=TODAY() - MONTH, until=TODAY() - timedelta(days=1))
    assert asked(asha, bryn).is_asked


def test_so_many_write_for_one_person_and_one_person_for_so_many(asha, bryn):
    for other in PersonFactory.create_batch(services.MOST):
        asked(asha, other)
        asked(other, bryn)
    for pair in ((asha, PersonFactory()), (PersonFactory(), bryn)):
        with pytest.raises(CannotDelegate):
            asked(*pair)


def test_a_delegate_lends_nothing_on(asha, bryn, carys):
    """Bryn writes for Asha, and Carys for Bryn: so Carys writes for nobody but Bryn."""
    delegated(asha, bryn)
    delegated(bryn, carys)
    found = Delegation.objects.in_force().filter(delegate=carys)
    assert [each.principal for each in found] == [bryn]


# -- accepting and ending ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("who", "answer"), [("bryn", 302), ("asha", 404), ("carys", 404), ("hub_team", 404)])
def test_whoever_was_named_accepts_and_nobody_else(who, answer, asha, bryn, request):
    person = request.getfixturevalue(who)
    assert done("accept", asked(asha, bryn), person) == answer
    assert in_force() == (who == "bryn")


@pytest.mark.parametrize(("who", "answer"), [("bryn", 302), ("asha", 302), ("carys", 404), ("hub_team", 302)])
def test_either_ends_it_or_the_hub_team(who, answer, asha, bryn, request):
    person = request.getfixturevalue(who)
    assert done("end", delegated(asha, bryn), person) == answer
    assert in_force() == (answer == 404)


def test_the_hub_team_sees_all_and_nobody_else_does(asha, bryn, hub_team, carys):
    made = delegated(asha, bryn)
    shown = browse(hub_team).get(f"{PAGE}all/").context["delegations"]
    assert list(shown) == [made]
    assert browse(carys).get(f"{PAGE}all/").status_code == 404


ENDS = {
    "its last day was yesterday": lambda made: Delegation.objects.filter(pk=made.pk).update(
        since=TODAY() - MONTH, until=TODAY() - timedelta(days=1)
    ),
    "it begins tomorrow": lambda made: Delegation.objects.filter(pk=made.pk).update(since=TODAY() + timedelta(days=1)),
    "it ended a second ago": lambda made: services.end(made, made.principal),
    "the principal's account is off": lambda made: leaving.switch_off(made.principal, SwitchContext()),
    "the delegate's account is off": lambda made: leaving.switch_off(made.delegate, SwitchContext()),
    "the principal's last day is past": lambda made: _gone_since_yesterday(made.principal),
    "the delegate's last day is past": lambda made: _gone_since_yesterday(made.delegate),
    "the principal works here no more": lambda made: _partner(made.principal),
    "the delegate works here no more": lambda made: _partner(made.delegate),
}


def _gone_since_yesterday(person: User) -> None:
    User.objects.filter(pk=person.pk).update(leaves_on=TODAY() - timedelta(days=1))


def _partner(person: User) -> None:
    User.objects.filter(pk=person.pk).update(kind=PersonKind.PARTNER)


@pytest.mark.parametrize("why", ENDS)
def test_it_holds_no_more_when(why, asha, bryn, hub_team):
    made = delegated(asha, bryn)
    assert in_force()
    ENDS[why](made)
    assert not in_force()


def test_whoever_comes_back_has_no_delegates_from_before(asha, bryn, hub_team):
    delegated(asha, bryn)
    leaving.switch_off(asha, SwitchContext())
    leaving.bring_back(asha, SwitchContext())
    assert not in_force()
    assert actions() == ["named", "accepted", "ended"]


# -- what is told ------------------------------------------------------------------------------------------------------
def test_both_are_told_and_what_is_settled_is_told_no_more(asha, bryn):
    made = asked(asha, bryn)
    [said] = inbox(bryn)
    assert ("Asha Okafor" in said, inbox(asha)) == (True, [])
    services.accept(made, bryn)
    assert (inbox(bryn), len(inbox(asha))) == ([], 1)
    services.end(made, bryn)
    assert (len(inbox(asha)), inbox(bryn)) == (1, [])


def test_whoever_declines_says_so_to_whoever_named_them(asha, bryn):
    services.end(asked(asha, bryn), bryn)
    [said] = inbox(asha)
    assert "Bryn Powell" in said
    assert actions() == ["named", "declined"]


def test_both_hear_once_that_it_ends_in_two_weeks(asha, bryn):
    made = delegated(asha, bryn)
    before = [len(inbox(person)) for person in (asha, bryn)]
    services.remind()
    assert [len(inbox(person)) for person in (asha, bryn)] == before
    soon = TODAY() + services.SOON
    Delegation.objects.filter(pk=made.pk).update(since=TODAY() - MONTH, until=soon)
    for _twice in range(2):
        services.remind()
    assert [len(inbox(person)) for person in (asha, bryn)] == [1 + count for count in before]


def test_both_hear_on_its_last_day_once_that_it_is_the_last(asha, bryn):
    made = delegated(asha, bryn)
    told = TODAY() - services.SOON
    Delegation.objects.filter(pk=made.pk).update(since=TODAY() - MONTH, until=TODAY(), told_of_end=told)
    before = [inbox(person) for person in (asha, bryn)]
    for _twice in range(2):
        services.remind()
    news = [set(inbox(person)) - set(old) for person, old in zip((asha, bryn), before, strict=True)]
    assert [len(each) for each in news] == [1, 1]
    assert all("the last day" in said for each in news for said in each)


def test_both_hear_once_that_it_has_ended_on_the_day_after_its_last(asha, bryn, carys):
    """What nobody accepted ends without a word."""
    made = delegated(asha, bryn)
    asked(asha, carys)
    Delegation.objects.update(since=TODAY() - MONTH, until=TODAY())
    services.remind()
    before = [inbox(person) for person in (asha, bryn, carys)]
    Delegation.objects.update(until=TODAY() - timedelta(days=1))
    for _twice in range(2):
        services.remind()
    after = [inbox(person) for person in (asha, bryn, carys)]
    assert [said for said in after[1] if "Asha" in said and said not in before[1]]
    assert [said for said in after[0] if "Bryn" in said and said not in before[0]]
    assert actions().count("ended") == 1
    assert not Delegation.objects.filter(ended=None).exists()
    made.refresh_from_db()
    assert made.ended_by is None


def line_of(person):
    return next(line for line in browse(person).get("/account/").context["lines"] if line.url == notices.page())


def test_ones_account_says_how_many_write_and_that_an_answer_is_wanted(asha, bryn, dev):
    asked(asha, bryn)
    wanting = {line.url: line.is_wanting for line in browse(bryn).get("/account/").context["lines"]}
    assert wanting[notices.page()]
    assert "writes for you" not in str(line_of(asha).text)  # nobody has said yes
    services.accept(Delegation.objects.get(), bryn)
    assert "1 person writes for you" in str(line_of(asha).text)
    assert notices.page() not in {line.url for line in browse(dev).get("/account/").context["lines"]}


# -- leaving, and what is held -----------------------------------------------------------------------------------------
def test_whoever_leaves_reads_what_ends(asha, bryn):
    delegated(asha, bryn)
    assert [[one.thing for one in delegations_of(person)] for person in (asha, bryn)] == [[bryn], [asha]]


def test_both_have_it_in_what_is_held_and_it_goes_with_either(asha, bryn, hub_team):
    delegated(asha, bryn)
    for person in (asha, bryn):
        [held] = [one for one in held_of(person) if one.holding.name == "delegations"]
        assert len(held.rows) == 1
    erase(asha, hub_team)
    assert not Delegation.objects.exists()


def test_what_ended_a_year_ago_is_forgotten(asha, bryn):
    made = delegated(asha, bryn)
    services.end(made, asha)
    services.forget_old()
    assert Delegation.objects.exists()
    Delegation.objects.update(ended=timezone.now() - timedelta(days=367))
    services.forget_old()
    assert not Delegation.objects.exists()
