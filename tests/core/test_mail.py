"""E-mails that the hub writes by itself: they say so, and name whom to turn to."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as hub
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client

from core.mail import BY_MACHINE, contact
from people.models import User
from tests.core.mail_server import Post, mail_server
from tests.editing import Editor
from tests.factories import PersonFactory, StoryFactory
from tests.people.test_changing_address import claim, link

ROOT = Path(__file__).parents[2]
OTHER_WAYS = {"EmailMessage", "EmailMultiAlternatives", "send_mail", "send_mass_mail", "mail_admins", "mail_managers"}


@pytest.fixture
def post(settings: Any) -> Iterator[Post]:
    with mail_server(settings) as server:
        yield server


def by_machine(message: Any) -> bool:
    return {name: message[name] for name in BY_MACHINE} == BY_MACHINE


def test_every_e_mail_of_an_account_reaches_a_real_server_and_says_who_helps(
    carys: User, post: Post, settings: Any
) -> None:
    settings.HUB_CONTACT = "The hub’s team <help@withermere.example>"
    Client().post("/account/password/reset/", {"email": carys.email})
    claim(carys)
    assert [message["To"] for message in post.taken] == [carys.email, "new@example.org", carys.email]
    assert all(by_machine(message) for message in post.taken)
    for message in post.taken:
        text = message.get_body(("plain",)).get_content()
        assert "help@withermere.example" in text
        assert message["Subject"].startswith(f"{hub.HUB_NAME}: ")


def test_the_change_is_told_by_machine(carys: User) -> None:
    claim(carys).post(link())
    assert [by_machine(made.message()) for made in mail.outbox] == [True] * 3


def test_what_wagtail_writes_to_moderators_is_told_by_machine(community: Any, hub_team: User, post: Post) -> None:
    editor = Editor(PersonFactory(), StoryFactory())
    editor.browser.force_login(editor_of_pages())
    editor.submit({"title": "Nineteen carers"})
    assert post.taken
    assert all(by_machine(message) for message in post.taken)


def editor_of_pages() -> User:
    person = PersonFactory()
    person.groups.add(Group.objects.get(name="Editors"))
    return person


def test_nobody_writes_an_e_mail_of_another_kind() -> None:
    found = [
        str(file.relative_to(ROOT))
        for room in hub.ROOMS
        for file in (ROOT / room).rglob("*.py")
        if OTHER_WAYS & {each.id for each in ast.walk(ast.parse(file.read_text())) if isinstance(each, ast.Name)}
    ]
    assert sorted(found) == [
        "core/mail.py",
        "people/adapters.py",
    ]  # the second in an annotation


@pytest.mark.parametrize(
    ("written", "name", "email"),
    [
        ("The hub’s team <help@b.example>", "The hub’s team", "help@b.example"),
        ("help@b.example", "the hub’s team", "help@b.example"),
        ("", "the hub’s team", "hub@withermere.example"),
    ],
)
def test_whom_to_turn_to(home: Any, settings: Any, written: str, name: str, email: str) -> None:
    settings.HUB_CONTACT = written
    assert (contact().name, contact().email) == (name, email)
