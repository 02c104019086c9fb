"""The first hour of a hub: a list for the hub team that is done when the facts are."""

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from communities.models import FACILITATOR, CommunityPage
from core.models import BrandingSettings
from home.first_hour.listings import first_hour
from people.models import User
from tests.conftest import browse
from tests.core.mail_server import mail_server
from tests.factories import PASSWORD, PersonFactory, make_member

FRONT = "The first hour"


def is_done(name: str) -> bool:
    return next(one for one in first_hour().steps if one.name == name).is_done


def press(person: User, address: str, **typed: str) -> Any:
    return browse(person).post(f"/first-hour/{address}", typed, follow=True)


def link(text: str) -> str:
    found = re.search(r"https?://[^/]+(/first-hour/mail/\S+)", text)
    assert found
    return found[1]


def test_an_empty_hub_ends_at_the_list(hub_team: User) -> None:
    page = browse(hub_team).get("/").content.decode()
    assert FRONT in page
    assert page.count("first-steps__what") == len(first_hour().open) == 9


def test_nobody_else_sees_it(hub_team: User, carys: User) -> None:
    for person in (None, carys):
        assert FRONT not in browse(person).get("/").content.decode()


@pytest.mark.parametrize(
    ("name", "do"),
    [
        ("name", lambda: BrandingSettings(body="Fell Council").save()),
        ("people", lambda: PersonFactory.create_batch(2)),
    ],
)
def test_facts_tick_it(home: Any, name: str, do: Any) -> None:
    assert not is_done(name)
    do()
    assert is_done(name)


def test_a_community_counts_once_somebody_looks_after_it(community: CommunityPage, carys: User) -> None:
    make_member(carys, community)
    assert not is_done("community")
    make_member(PersonFactory(), community, FACILITATOR)
    assert is_done("community")


def test_somebody_read_it_and_may_take_that_back(hub_team: User) -> None:
    assert "Read by Hub Team on" in press(hub_team, "confirm/", step="privacy").content.decode()
    assert "Read by" not in press(hub_team, "confirm/", step="privacy", undo="on").content.decode()


@pytest.mark.parametrize("name", ["name", "people", "community", "nonsense", ""])
def test_what_is_a_fact_cannot_be_ticked(hub_team: User, name: str) -> None:
    assert press(hub_team, "confirm/", step=name).status_code == 404


def test_it_is_put_aside_and_called_back(hub_team: User) -> None:
    press(hub_team, "aside/")
    assert FRONT not in browse(hub_team).get("/").content.decode()
    assert FRONT in browse(hub_team).get("/admin/").content.decode()
    press(hub_team, "aside/", back="on")
    assert FRONT in browse(hub_team).get("/").content.decode()


def test_a_test_mail_counts_when_its_link_is_opened_signed_in_or_not(hub_team: User, settings: Any) -> None:
    with mail_server(settings) as post:
        assert "on its way to" in press(hub_team, "mail/").content.decode()
        text = post.taken[0].get_body(("plain",)).get_content()
    assert not is_done("sender")
    assert Client().get(link(text)).status_code == 200
    assert is_done("sender")
    BrandingSettings(sender_address="moot@fell.example").save()
    assert not is_done("sender")  # another sender has to arrive, too
    assert Client().get(link(text)).status_code == 404


@pytest.mark.parametrize("key", ["x", "x.y.z", "eyJhIjoxfQ.1abc.xyz", "%00", "a" * 3000])
def test_a_foreign_link_is_none(home: Any, key: str) -> None:
    assert Client().get(f"/first-hour/mail/{key}/").status_code == 404


@pytest.mark.parametrize(
    ("refused", "answer", "said"),
    [(True, "250 OK", "No such person here"), (False, "554 Sender is not allowed", "Sender is not allowed")],
)
def test_what_the_mail_server_refuses_is_read_out(
    hub_team: User, settings: Any, refused: bool, answer: str, said: str
) -> None:
    with mail_server(settings) as post:
        post.refused, post.answer = {hub_team.email} if refused else set(), answer
        assert said in press(hub_team, "mail/").content.decode()
    assert "could not be sent" in press(hub_team, "mail/").content.decode()  # the server is gone
    assert not mail.outbox


def test_each_step_leads_where_it_is_done(hub_team: User) -> None:
    browser = browse(hub_team)
    for one in first_hour().steps:
        assert browser.get(one.url, follow=True).status_code == 200, one.name


def test_how_people_sign_in_is_seen_by_those_who_decide_it_and_are_signed_in(hub_team: User, carys: User) -> None:
    """Whoever else is signed in comes to the front page, as ever."""
    (step,) = [one for one in first_hour().steps if one.name == "sign_on"]
    assert "form" in browse(hub_team).get(step.url).context
    assert browse(carys).get(step.url)["Location"] == "/"
    assert browse(hub_team).post(step.url, {"login": carys.email, "password": PASSWORD})["Location"] == "/"
