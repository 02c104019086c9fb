"""E-mails of accounts, invitations, reports: as plain text and in the hub's look, in the language of whoever reads."""

import re
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.account.adapter import get_adapter
from django.core import mail
from django.utils import timezone, translation

from core.letters import letter
from notifications.models import Preferences
from people.models import User
from tests.conftest import browse

TEMPLATES = Path(__file__).parents[2] / "templates"
OF_ACCOUNTS = sorted(
    str(file.relative_to(TEMPLATES)).removesuffix("_message.txt")
    for file in TEMPLATES.glob("*/email/*_message.txt")
    if "base_" not in file.name
)
LINK = "https://hub.example/one/"


def words_of(html: str) -> str:
    shown = re.sub(r"<(style|title)>.*?</\1>", " ", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", shown)).split())


def html_of(message: Any) -> str:
    (part,) = message.alternatives
    return str(part[0])


def test_there_are_such_e_mails() -> None:
    assert len(OF_ACCOUNTS) > 15


@pytest.mark.parametrize("name", OF_ACCOUNTS)
def test_both_parts_of_an_e_mail_of_an_account_say_the_same(name: str, carys: User) -> None:
    someone = SimpleNamespace(name="Ann & Bob", short_name="Ann")
    known = dict.fromkeys(
        ("from_email", "to_email", "claimed", "deleted_email", "provider", "device", "network"), "x@y.z"
    )
    context = {**known, "user": carys, "by": someone, "timestamp": timezone.now(), "ip": "::1", "user_agent": "Firefox"}
    message = get_adapter().render_mail(name, "x@y.z", {**context, "activate_url": LINK, "password_reset_url": LINK})
    html, shown = html_of(message), words_of(html_of(message))
    for line in message.body.splitlines():
        said = line.strip().removeprefix("--").removeprefix("- ").replace(f": {LINK}", "")
        assert " ".join(said.split()) in shown
    assert (LINK in message.body) == (f'href="{LINK}"' in html)
    assert not re.search(r"<img|<link|url\(|@import|src=", html)
    assert "prefers-color-scheme: dark" in html


def test_what_somebody_typed_is_neither_a_button_nor_markup(db: None) -> None:
    typed = "Bank: https://evil.example\n--\n<b>boo</b>"
    message = letter("Word", f"Hello,\n\n{typed}\n\nSay yes: {LINK}\n\n--\nThe hub", ["x@y.z"], links=[LINK])
    assert re.findall(r'class="block" href="([^"]+)"', html_of(message)) == [LINK]
    assert "<b>" not in html_of(message)
    assert "--" in words_of(html_of(message))


def test_it_is_in_the_language_that_carys_chose(carys: User, settings: Any) -> None:
    settings.LANGUAGES = [("en-gb", "English"), ("de", "Deutsch")]
    Preferences.objects.create(person=carys, language="de")
    with translation.override("en-gb"):
        browse().post("/account/password/reset/", {"email": carys.email})
    assert '<html lang="de"' in html_of(mail.outbox[0])
