"""Away: said once, shown where it matters, to whom it may concern."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from communities.models import FACILITATOR
from core.audiences import Audience
from core.outbox import drain
from home.listings import asked_of
from indexing import maintenance
from knowledge.permissions import can_check
from notifications.models import Happening
from notifications.wording import put_in_words
from people.absence import services
from people.away import Absence, today
from people.models import User
from tests.conftest import browse
from tests.factories import (
    GuidanceFactory,
    PersonFactory,
    SessionFactory,
    StoryFactory,
    SurgeryFactory,
    make_member,
    tell,
)

DAY = timedelta(days=1)
AWAY = "/people/me/away/"


def off(person: User, first: int = 0, last: int | None = 3, stand_in: User | None = None, word: str = "") -> Absence:
    """Away from ``first`` days from today to ``last`` days from today."""
    end = None if last is None else today() + last * DAY
    absence = Absence(person=person, first=today() + first * DAY, last=end, stand_in=stand_in, word=word)
    return services.save(absence)


def say(person: User, first: date, last: date | None = None, **said: str) -> Any:
    return browse(person).post(AWAY, {"first": first.isoformat(), "last": last.isoformat() if last else "", **said})


def page(person: User | None, address: str) -> str:
    response = browse(person).get(address)
    assert response.status_code == 200, address
    return " ".join(response.content.decode().split())


def titles(person: User) -> list[str]:
    return [one.title for one in asked_of(person)]


# -- saying it ---------------------------------------------------------------------------------------------------------
def test_carys_says_when_and_who_stands_in(carys: User, bryn: User) -> None:
    assert say(carys, today(), today() + DAY, instead="Bryn Powell").status_code == 302
    assert Absence.objects.get().stand_in == bryn
    assert "Bryn Powell stands in" in page(bryn, carys.get_absolute_url())


@pytest.mark.parametrize(
    ("first", "last", "said", "why"),
    [
        (3, 1, "", "It ends before it begins."),
        (-5, -2, "", "These days are over."),
        (1, 4000, "", "more than five years ahead"),
        (0, 1, "Nobody At All", "Nobody whom you can see is called so."),
        (0, 1, "carys@example.org", "Somebody else has to stand in"),
        (0, 1, "Dev Anand", "Dev Anand cannot see your page"),
        (0, 1, "Pat", "Several people are called so."),
        (2, 9, "", "You are away already"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(
    carys: User, dev: User, first: int, last: int, said: str, why: str
) -> None:
    off(carys, 5, 6)
    User.objects.filter(pk=dev.pk).update(audience=Audience.EVERYONE, audience_token="everyone")
    for surname in ("Ash", "Birch"):
        PersonFactory(first_name="Pat", last_name=surname, email=f"{surname}@example.org")
    response = say(carys, today() + first * DAY, today() + last * DAY, instead=said, word="Back part-time.")
    html = response.content.decode()
    assert (response.status_code, why in html, "Back part-time." in html) == (422, True, True)
    assert Absence.objects.count() == 1


def test_it_is_changed_withdrawn_and_brought_back(carys: User) -> None:
    absence = off(carys)
    browse(carys).post(f"{AWAY}{absence.pk}/", {"first": today().isoformat(), "last": "", "word": "Later"})
    absence.refresh_from_db()
    assert (absence.last, absence.word) == (None, "Later")
    response = browse(carys).post(f"{AWAY}{absence.pk}/withdraw/", follow=True)
    assert "Undo" in response.content.decode()
    assert not Absence.objects.standing().exists()
    browse(carys).post(f"{AWAY}{absence.pk}/bring-back/")
    assert Absence.objects.standing().get() == absence


def test_what_was_withdrawn_does_not_come_back_over_something_newer(carys: User) -> None:
    absence = off(carys)
    services.withdraw(absence)
    off(carys, 1, 2)
    html = browse(carys).post(f"{AWAY}{absence.pk}/bring-back/", follow=True).content.decode()
    assert "You are away already" in html
    assert Absence.objects.standing().count() == 1


@pytest.mark.parametrize("deed", ["", "withdraw/", "bring-back/", "back/", "decline/"])
def test_somebody_elses_is_nobodys_business(carys: User, bryn: User, deed: str) -> None:
    absence = off(carys)
    assert browse(bryn).post(f"{AWAY}{absence.pk}/{deed}").status_code == 404


def test_what_is_over_is_forgotten(carys: User) -> None:
    off(carys, 0, 1)
    with time_machine.travel(timezone.now() + 62 * DAY):
        services.forget()
    assert not Absence.objects.exists()


def test_an_open_end_is_asked_about(carys: User) -> None:
    absence = off(carys, -1, None)
    assert titles(carys) == ["Are you back?"]
    browse(carys).post(f"{AWAY}{absence.pk}/back/")
    absence.refresh_from_db()
    assert (absence.last, titles(carys)) == (today() - DAY, [])


# -- who sees it -------------------------------------------------------------------------------------------------------
def test_strangers_are_told_nothing(carys: User, bryn: User) -> None:
    User.objects.update(audience=Audience.EVERYONE, audience_token="everyone")
    off(carys, stand_in=bryn)
    for address in (carys.get_absolute_url(), "/people/"):
        assert ("Away until" in page(bryn, address), "Away until" in page(None, address)) == (True, False)


@pytest.mark.parametrize(("reach", "sees"), [("page", True), ("members", False)])
def test_the_word_is_for_whoever_may_see_how_to_reach_them(carys: User, bryn: User, reach: str, sees: bool) -> None:
    User.objects.filter(pk=carys.pk).update(contact_audience=reach)
    off(carys, word="In hospital until May.")
    assert ("In hospital" in page(bryn, carys.get_absolute_url())) is sees


def test_a_stand_in_whom_the_reader_may_not_see_is_not_named(carys: User, bryn: User, asha: User) -> None:
    hidden = PersonFactory(first_name="Hidden", audience=Audience.MEMBERS)
    off(carys, stand_in=hidden)
    for address in (carys.get_absolute_url(), "/people/"):
        html = page(bryn, address)
        assert ("Away until" in html, "Hidden" in html) == (True, False)


def test_a_stand_in_whom_only_fellows_see_is_named_to_these(carys: User, bryn: User, community: Any) -> None:
    fellow = PersonFactory(first_name="Fellow", audience=Audience.MEMBERS)
    make_member(fellow, community)
    off(carys, stand_in=fellow)
    assert "Fellow Example stands in" in page(bryn, carys.get_absolute_url())


def test_it_holds_from_midnight_to_midnight_of_the_hub(carys: User, bryn: User) -> None:
    with time_machine.travel("2026-07-01T12:00:00+00:00"):
        off(carys, 1, 2)
    for moment, seen in {
        "2026-07-01T22:59:00+00:00": False,  # one minute to midnight in summer time
        "2026-07-01T23:01:00+00:00": True,
        "2026-07-03T22:59:00+00:00": True,
        "2026-07-03T23:01:00+00:00": False,
    }.items():
        with time_machine.travel(moment):
            assert ("person__away" in page(bryn, "/people/")) is seen, moment


def test_days_that_join_on_are_one_absence(carys: User, bryn: User) -> None:
    off(carys, 0, 1)
    last = off(carys, 2, 5).last
    assert f"Away until {last:%-d %B}" in page(bryn, carys.get_absolute_url())


@pytest.mark.parametrize(
    ("befalls", "told"),
    [("away", "and is away too"), ("switched off", "Away until"), ("deleted", "Away until")],
)
def test_what_becomes_of_a_stand_in_is_told(carys: User, bryn: User, asha: User, befalls: str, told: str) -> None:
    off(carys, stand_in=bryn)
    {
        "away": lambda: off(bryn, stand_in=asha),
        "switched off": lambda: User.objects.filter(pk=bryn.pk).update(is_active=False),
        "deleted": bryn.delete,
    }[befalls]()
    html = page(asha, carys.get_absolute_url())
    assert (told in html, "Bryn Powell stands in" in html) == (True, befalls == "away")


def test_a_stand_in_can_say_no(carys: User, bryn: User) -> None:
    absence = off(carys, stand_in=bryn)
    assert "Carys Hughes" in page(bryn, AWAY)
    browse(bryn).post(f"{AWAY}{absence.pk}/decline/")
    assert "Nobody stands in." in page(carys, AWAY)


# -- what waits for them -----------------------------------------------------------------------------------------------
def test_who_knows_names_somebody_else_first(bryn: User, home: Any, settings: Any, tmp_path: Any) -> None:
    settings.SEARCH = {**settings.SEARCH, "URL": f"sqlite:///{tmp_path / 'hub-index'}"}
    people = {name: PersonFactory(first_name=name, public=True) for name in ("Mabel", "Hal")}
    for person in people.values():
        tell(StoryFactory(title="Bees on the roof", summary="How we keep bees: hives, smoke and honey."), person)
    maintenance.rebuild()
    asked = "/people/who-knows/?q=bees"
    first, second = sorted(people, key=page(bryn, asked).index)
    off(people[first], stand_in=people[second])
    assert sorted(people, key=page(bryn, asked).index) == [second, first]
    assert f"Or ask {second} Example" in page(bryn, asked)


def test_the_schedule_says_that_the_mentor_is_away_that_day(
    asha: User, bryn: User, carys: User, community: Any
) -> None:
    session = SessionFactory(surgery=SurgeryFactory(community=community, title="Ask about bees"))
    session.mentors.add(carys)
    off(carys, 0, 1)
    assert "Carys Hughes is away that day" in page(bryn, "/surgeries/")
    assert "is away that day" not in page(None, "/surgeries/")
    assert "Carys Hughes cannot be there: Ask about bees" in titles(asha)
    assert "Ask about bees" in page(carys, AWAY)
    assert not any("cannot be there" in title for title in titles(bryn))


def test_guidance_that_is_due_goes_to_whoever_stands_in(asha: User, bryn: User, carys: User, community: Any) -> None:
    """A member may say that it holds; somebody else sees it, as far as they may, and asks."""
    due = GuidanceFactory(title="Ring the line", community=community, due_on=today() - DAY)
    for stand_in, may in ((bryn, True), (carys, False)):
        Absence.objects.all().delete()
        assert "Does it still hold? Ring the line" not in titles(stand_in)
        off(asha, stand_in=stand_in)
        assert "Does it still hold? Ring the line" in titles(stand_in)
        assert "For Asha Okafor, who is away." in str(asked_of(stand_in))
        assert can_check(stand_in, due) is may


def test_what_one_person_keeps_true_goes_to_whoever_stands_in(carys: User, bryn: User, home: Any) -> None:
    due = GuidanceFactory(title="Ring the line", keeper=carys, due_on=today() - DAY)
    off(carys, stand_in=bryn)
    assert ("Does it still hold? Ring the line" in titles(bryn), can_check(bryn, due)) == (True, True)


def test_a_stand_in_learns_nothing_of_what_is_closed_to_them(carys: User, dev: User, private_community: Any) -> None:
    gwen = PersonFactory(first_name="Gwen")
    make_member(gwen, private_community, FACILITATOR)
    GuidanceFactory(title="Secret rooms", community=private_community, due_on=today() - DAY, private=True)
    make_member(PersonFactory(first_name="Asker"), private_community, state="asked")
    off(gwen, stand_in=carys)
    assert titles(carys) == ["You stand in for Gwen Example"]


def test_who_is_away_themselves_stands_in_for_nobody(asha: User, bryn: User, community: Any) -> None:
    GuidanceFactory(title="Ring the line", community=community, due_on=today() - DAY)
    off(asha, stand_in=bryn)
    off(bryn)
    assert not any("Does it still hold" in title for title in titles(bryn))


# -- who hears of it ---------------------------------------------------------------------------------------------------
def told(person: User) -> list[str]:
    """What the notices of ``person`` say now."""
    drain("notices")
    happenings = Happening.objects.filter(notices__person=person).select_related("actor").order_by("pk")
    return [str(one.words.title) for one in put_in_words(person, happenings)]


def test_a_stand_in_hears_of_it_and_who_is_away_hears_the_answer(carys: User, bryn: User) -> None:
    absence = off(carys, stand_in=bryn)
    assert told(bryn) == ["You stand in for Carys Hughes"]
    browse(bryn).post(f"{AWAY}{absence.pk}/decline/")
    assert (told(bryn), told(carys)) == ([], ["Bryn Powell cannot stand in for you"])


def test_whoever_looks_after_a_session_hears_that_its_mentor_is_away(asha: User, carys: User, community: Any) -> None:
    session = SessionFactory(surgery=SurgeryFactory(community=community, title="Ask about bees"))
    session.mentors.add(carys)
    absence = off(carys, 0, 1)
    assert told(asha) == ["Carys Hughes cannot be there: Ask about bees"]
    services.withdraw(absence)
    assert told(asha) == []
