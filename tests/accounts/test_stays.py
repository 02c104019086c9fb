"""Somebody from outside has a sponsor, a purpose and a day on which somebody looks again."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from accounts.leaving import services as leaving
from accounts.models import OutsideStay
from accounts.stays import handover, services
from notifications.models import Happening
from notifications.receiving import tell_later
from notifications.wording import put_in_words
from people.handover import CannotGive
from people.models import Absence, User
from tests.conftest import browse
from tests.factories import PersonFactory


def today(days: int = 0) -> date:
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def stay(carys: User, dev: User) -> OutsideStay:
    """Carys answers for Dev, and is to look again in a week."""
    return services.begin(dev, services.StayTerms(carys, "Walks the park with us.", today(7)))


def front(person: User) -> str:
    return str(browse(person).get("/").content.decode())


def answer(person: User, stay: OutsideStay, **said: str) -> Any:
    return browse(person).post(f"/ways-in/stays/{stay.pk}/", said)


def test_the_sponsor_is_asked_and_extends(stay: OutsideStay, carys: User, hub_team: User) -> None:
    assert "Does Dev Anand stay?" in front(carys)
    assert "Does Dev Anand stay?" not in front(hub_team)
    assert answer(carys, stay, review_on=today(90).isoformat()).status_code == 302
    assert "Does Dev Anand stay?" not in front(carys)
    assert OutsideStay.objects.get().review_on == today(90)


def test_the_sponsor_ends_it_at_once(stay: OutsideStay, carys: User, dev: User) -> None:
    theirs = browse(dev)
    assert theirs.get("/people/me/").status_code == 200
    answer(carys, stay, deed="end")
    assert theirs.get("/people/me/").status_code == 302
    assert dev.memberships.get().state == "paused"
    assert "Their stay ended on" in browse(carys).get(f"/ways-in/stays/{stay.pk}/").content.decode()


@pytest.mark.parametrize("what", ["deactivated", "deleted", "left the organisation", "overdue"])
def test_what_nobody_sees_to_comes_to_the_hub_team(stay: OutsideStay, carys: User, hub_team: User, what: str) -> None:
    deeds = {
        "deactivated": lambda: User.objects.filter(pk=carys.pk).update(is_active=False),
        "deleted": carys.delete,
        "left the organisation": lambda: User.objects.filter(pk=carys.pk).update(kind="resident"),
        "overdue": lambda: OutsideStay.objects.update(review_on=today(-1)),
    }
    deeds[what]()
    assert "Does Dev Anand stay?" in front(hub_team)
    answer(hub_team, stay, review_on=today(90).isoformat(), sponsor_email="hub.team@example.org")
    assert OutsideStay.objects.get().sponsor == hub_team


@pytest.mark.parametrize("day", ["2020-01-01", "2999-01-01", "soon", ""])
def test_a_day_that_is_none_is_refused(stay: OutsideStay, carys: User, day: str) -> None:
    assert answer(carys, stay, review_on=day).status_code == 422
    assert OutsideStay.objects.get().review_on == today(7)


def test_nobody_else_sees_to_it(stay: OutsideStay, bryn: User, dev: User) -> None:
    assert {browse(who).get(f"/ways-in/stays/{stay.pk}/").status_code for who in (bryn, dev)} == {404}
    assert browse(bryn).get("/ways-in/stays/").status_code == 404


def test_whoever_stands_in_for_the_sponsor_sees_to_it(stay: OutsideStay, carys: User, bryn: User, dev: User) -> None:
    Absence.objects.create(person=carys, first=today(-1), stand_in=bryn)
    with TestCase.captureOnCommitCallbacks(execute=True):
        services.ask_for_reviews()
    [row] = Happening.objects.filter(kind="accounts.stay_due", notices__person=bryn)
    assert len(put_in_words(bryn, [row])) == 1
    assert "Does Dev Anand stay?" in front(bryn)
    assert answer(bryn, stay, review_on=today(90).isoformat()).status_code == 302
    assert OutsideStay.objects.get().review_on == today(90)
    assert "Does Dev Anand stay?" not in front(bryn)
    assert put_in_words(bryn, [row]) == []


def test_a_review_that_waits_already_reaches_whoever_stands_in(stay: OutsideStay, carys: User, bryn: User) -> None:
    with TestCase.captureOnCommitCallbacks(execute=True):
        services.ask_for_reviews()
    Absence.objects.create(person=carys, first=today(), stand_in=bryn)
    tell_later()
    assert Happening.objects.get(kind="accounts.stay_due").notices.filter(person=bryn).count() == 1


def test_nobody_looks_again_at_their_own_stay(stay: OutsideStay, carys: User, dev: User) -> None:
    User.objects.filter(pk=dev.pk).update(kind="partner", organisation="Lakeside Housing")
    Absence.objects.create(person=carys, first=today(-1), stand_in=dev)
    assert "Does Dev Anand stay?" not in front(dev)
    assert answer(dev, stay, review_on=today(90).isoformat()).status_code == 404


def test_the_sponsor_hears_of_it_once_for_each_day(stay: OutsideStay, carys: User) -> None:
    for _day in range(2):
        with TestCase.captureOnCommitCallbacks(execute=True):
            services.ask_for_reviews()
    [row] = Happening.objects.filter(kind="accounts.stay_due")
    [told] = put_in_words(carys, [row])
    assert "Does Dev Anand stay? Say so by" in str(told.words.title)
    answer(carys, stay, review_on=today(90).isoformat())
    assert put_in_words(carys, [row]) == []


def test_whoever_leaves_gives_it_to_somebody_who_works_here(
    stay: OutsideStay, carys: User, bryn: User, hub_team: User
) -> None:
    [held] = handover.answered_for(carys)
    assert (held.title, held.detail) == ("Dev Anand", "Walks the park with us.")
    with pytest.raises(CannotGive):
        handover.give_sponsorship(carys, stay.pk, PersonFactory(resident=True), hub_team)
    handover.give_sponsorship(carys, stay.pk, bryn, hub_team)
    assert OutsideStay.objects.get().sponsor == bryn
    with pytest.raises(CannotGive):
        handover.give_sponsorship(carys, stay.pk, hub_team, hub_team)


def test_whoever_it_came_to_reads_for_whom_they_answer_now(
    stay: OutsideStay, carys: User, bryn: User, hub_team: User
) -> None:
    leaving.give(carys, "people from outside", f"accounts.outsidestay:{stay.pk}", bryn, hub_team)
    page = browse(bryn).get("/account/received/").content.decode()
    assert f'<a href="/ways-in/stays/{stay.pk}/">Dev Anand</a>' in page


def test_a_sponsor_decides_nothing_about_whoever_works_here_by_now(stay: OutsideStay, carys: User, dev: User) -> None:
    dev.kind = "staff"
    dev.save()
    assert answer(carys, stay, deed="end").status_code == 404
    assert browse(carys).post(reverse("switch_off", args=[dev.slug])).status_code == 404
    assert browse(carys).get(reverse("handover", args=[dev.slug])).status_code == 404
    assert User.objects.get(pk=dev.pk).is_active


def test_whoever_comes_back_is_looked_at_again(stay: OutsideStay, carys: User, dev: User) -> None:
    answer(carys, stay, deed="end")
    browse(carys).post(reverse("bring_back", args=[dev.slug]))
    assert "Does Dev Anand stay?" in front(carys)
    assert answer(carys, stay, review_on=today(90).isoformat()).status_code == 302
    assert OutsideStay.objects.get().review_on == today(90)


def test_a_sponsor_does_not_undo_what_the_hub_team_did(
    stay: OutsideStay, carys: User, dev: User, hub_team: User
) -> None:
    browse(hub_team).post(reverse("switch_off", args=[dev.slug]))
    page = browse(carys).get(reverse("handover", args=[dev.slug])).content.decode()
    assert ("The hand-over is done" in page, "Switch the account on" in page) == (True, False)
    assert browse(carys).post(reverse("bring_back", args=[dev.slug])).status_code == 404
    assert not User.objects.get(pk=dev.pk).is_active


@pytest.mark.parametrize(("kind", "purposes"), [("staff", []), ("resident", ["Nobody has said yet"])])
def test_an_account_that_is_made_by_hand_is_looked_at_again(
    hub_team: User, home: Any, kind: str, purposes: list[str]
) -> None:
    """Whoever made it answers, where they work here."""
    browser, address = browse(hub_team), reverse("wagtailusers_users:add")
    said = {"email": "ivo@example.org", "name": "Ivo Reed", "kind": kind, "audience": "organisation"}
    passwords = dict.fromkeys(("password1", "password2"), "quite a long password 7")
    response = browser.post(address, {**said, **passwords})
    assert response.status_code == 302, response.context["form"].errors
    stays = OutsideStay.objects.filter(person__email="ivo@example.org")
    assert [(stay.purpose, stay.sponsor) for stay in stays] == [(purpose, hub_team) for purpose in purposes]
