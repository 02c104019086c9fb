"""Addresses that are secrets: not in the database, not in the log, and of no use with a changed letter."""

import logging
from typing import Any

import pytest
from django.core.management import call_command
from django.test import override_settings

from core.logs import WithoutSecrets, hidden
from indexing import maintenance
from people.models import User
from reading.models import SavedSearch
from reading.searches import listings, services
from search.query import Query
from tests.conftest import browse


def calendar_of(person: User) -> str:
    return f"/surgeries/calendar/{person.calendar_key}.ics"


@pytest.fixture
def mine(carys: User) -> SavedSearch:
    maintenance.rebuild()
    return services.save(carys, Query("bees"))


def status(address: str) -> int:
    return int(browse().get(address).status_code)


def test_a_copy_of_the_database_opens_no_calendar_and_no_feed(carys: User, mine: SavedSearch, tmp_path: Any) -> None:
    copy = tmp_path / "copy.json"
    call_command("dumpdata", "people", "search", output=str(copy), verbosity=0)
    assert carys.calendar_key not in copy.read_text()
    assert mine.key not in copy.read_text()
    assert status(f"/surgeries/calendar/{carys.calendar_number}.ics") == 404
    assert status(f"/reading/searches/{mine.feed_number}.atom") == 404


def test_the_address_opens_it_until_there_is_another(carys: User, mine: SavedSearch) -> None:
    calendar, feed = calendar_of(carys), listings.feed(mine)
    assert (status(calendar), status(feed)) == (200, 200)
    browse(carys).post("/people/me/calendar/")
    browse(carys).post(f"/reading/searches/{mine.pk}/address/")
    carys.refresh_from_db()
    mine.refresh_from_db()
    assert (status(calendar), status(feed)) == (404, 404)
    assert (status(calendar_of(carys)), status(listings.feed(mine))) == (200, 200)


@pytest.mark.parametrize("change", ["{0}x", "x{0}", "{0}%00", "%00", "{0}.x", ".", "%C3%A9", "{0}" * 3])
def test_any_other_letter_opens_nothing(carys: User, mine: SavedSearch, change: str) -> None:
    assert status(f"/surgeries/calendar/{change.format(carys.calendar_key)}.ics") == 404
    assert status(f"/reading/searches/{change.format(mine.key)}.atom") == 404


def test_a_calendars_secret_opens_no_feed(carys: User, mine: SavedSearch) -> None:
    SavedSearch.objects.filter(pk=mine.pk).update(feed_number=carys.calendar_number)
    assert status(f"/reading/searches/{carys.calendar_key}.atom") == 404


def test_another_secret_key_ends_them_all_unless_the_old_one_is_still_known(carys: User) -> None:
    address = calendar_of(carys)
    with override_settings(SECRET_KEY="another"):
        assert status(address) == 404
    with override_settings(SECRET_KEY="another", SECRET_KEY_FALLBACKS=["tests only"]):
        assert status(address) == 200


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("Not Found: /surgeries/calendar/abc.def.ics", "Not Found: /surgeries/calendar/…"),
        ('"GET /reading/searches/abc.atom?x=1 HTTP/1.1" 404', '"GET /reading/searches/…?x=1 HTTP/1.1" 404'),
        ("/inbox/mail/stop/abc:def/", "/inbox/mail/stop/…/"),
        ("/account/password/reset/key/1-abc-def/", "/account/password/reset/key/…/"),
        ("/account/confirm-email/MQ:abc:def/", "/account/confirm-email/…/"),
        ("/reading/searches/12/remove/ and /account/password/reset/key/done/", None),
        ("/surgeries/calendar.ics", None),
    ],
)
def test_no_secret_stands_in_the_log(line: str, written: str | None) -> None:
    assert hidden(line) == (written or line)


def test_a_request_that_fails_is_logged_without_its_secret(carys: User, settings: Any, caplog: Any) -> None:
    assert settings.LOGGING["formatters"]["line"]["()"] == "core.logs.WithoutSecrets"
    with caplog.at_level(logging.WARNING, "django.request"):
        browse().get(f"/surgeries/calendar/{carys.calendar_key}x.ics")
    (record,) = caplog.records
    assert carys.calendar_key in record.getMessage()
    assert carys.calendar_key not in WithoutSecrets("{message}", style="{").format(record)
