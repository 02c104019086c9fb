"""E-mails are written in their reader's language, with dates by their clock."""

import struct
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.utils import translation
from django.utils.translation import trans_real

from communities import services
from core.outbox import drain
from notifications.models import Preferences
from people.models import User
from tests.conftest import browse
from tests.factories import at
from tests.notifications.mails import SOON, TUESDAY, bring, html, plain

pytestmark = pytest.mark.django_db
GERMAN = {
    "": "Content-Type: text/plain; charset=utf-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n",
    "%(who)s invites you to join": "%(who)s lädt Sie ein",
    "a day and a time, as date writes them\x04l j F, H:i": "l, j. F, H:i",
    "This concerns you.": "Das betrifft Sie.",
}


@pytest.fixture
def german(tmp_path: Path, settings: Any) -> Any:
    """A hub that is offered in two languages, with a catalogue that an operator brought."""
    settings.LANGUAGES = [("en-gb", "British English"), ("de", "Deutsch")]
    settings.LOCALE_PATHS = [tmp_path]
    folder = tmp_path / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.mo").write_bytes(compiled(GERMAN))
    with translation.override(None):
        forget()
        yield
        forget()


def forget() -> None:
    trans_real._translations = {}
    trans_real._default = None


def compiled(catalogue: dict[str, str]) -> bytes:
    """A catalogue as gettext reads it (GNU gettext, "The Format of GNU MO Files")."""
    pairs = [(key.encode(), value.encode()) for key, value in sorted(catalogue.items())]
    begin, texts = 28 + 16 * len(pairs), b""
    tables: list[bytes] = []
    for which in (0, 1):
        table = b""
        for pair in pairs:
            table += struct.pack("<II", len(pair[which]), begin + len(texts))
            texts += pair[which] + b"\0"
        tables.append(table)
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    return head + b"".join(tables) + texts


def test_each_reads_their_own_language_and_clock(
    german: Any, community: Any, asha: User, carys: User, hub_team: User
) -> None:
    Preferences.objects.create(person=carys, language="de", time_zone="Europe/Berlin")
    with time_machine.travel(TUESDAY, tick=False):
        for person in (carys, hub_team):
            services.invite(community, person, by=asha)
        drain("notices")
    made = {message.to[0]: message for message in bring(TUESDAY + SOON)}
    theirs, usual = made[carys.email], made[hub_team.email]
    assert "Asha Okafor lädt Sie ein" in plain(theirs)
    assert "Das betrifft Sie." in html(theirs)
    assert '<html lang="de"' in html(theirs)
    for text in (plain(theirs), html(theirs)):
        assert "Dienstag, 24. November, 11:00" in text
    for text in (plain(usual), html(usual)):
        assert "Tuesday 24 November, 10:00" in text
    assert "lädt" not in plain(usual)


def test_a_language_is_chosen_where_there_are_several(german: Any, home: Any, bryn: User) -> None:
    page = browse(bryn).get("/inbox/settings/").context["form"]
    assert [code for code, _name in page.fields["language"].choices] == ["", "de"]
    chosen = {**page.initial, "language": "de"}
    browse(bryn).post("/inbox/settings/", {key: value for key, value in chosen.items() if value is not None})
    assert Preferences.objects.get().language == "de"
    refused = browse(bryn).post("/inbox/settings/", {**chosen, "language": "xx"})
    assert "language" in refused.context["form"].errors


def test_where_there_is_one_nobody_is_asked(home: Any, bryn: User) -> None:
    assert "language" not in browse(bryn).get("/inbox/settings/").context["form"].fields


def test_a_language_that_is_offered_no_more_is_that_of_the_hub(community: Any, asha: User, carys: User) -> None:
    Preferences.objects.create(person=carys, language="de", quiet_from="00:00", quiet_until="00:00")
    with time_machine.travel(at(2026, 11, 24, 10), tick=False):
        services.invite(community, carys, by=asha)
        drain("notices")
    (made,) = bring(TUESDAY + SOON)
    assert "Tuesday" in plain(made)
