"""The hub's name, body, pictures, sender and contact: set in the editor, the environment their default."""

from typing import Any

import pytest
from django.conf import settings as environment
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.images.tests.utils import get_test_image_file

from core.branding import branding, current
from core.mail import HubMail, contact
from core.models import BrandingSettings, HubImage
from people.models import User
from tests.conftest import browse
from tests.core.mail_server import mail_server

FIELDS = ("name", "body", "sender_address", "sender_name", "contact_address", "contact_name")


def picture(width: int = 400, height: int = 200, audience: str = "everyone") -> HubImage:
    file = get_test_image_file(filename="town.png", size=(width, height))
    return HubImage.objects.create(title="Town", file=file, audience=audience)


def set_branding(**said: Any) -> BrandingSettings:
    row = BrandingSettings.load()
    for field, value in said.items():
        setattr(row, field, value)
    row.full_clean()
    row.save()
    return row


def submit(browser: Client, **typed: Any) -> Any:
    address = f"/admin/settings/core/brandingsettings/{BrandingSettings.load().pk}/"
    blank = dict.fromkeys((*FIELDS, "logo", "cover"), "")
    return browser.post(address, {**blank, **typed})


def test_the_environment_is_the_default(home: Any, settings: Any) -> None:
    settings.HUB_NAME, settings.DEFAULT_FROM_EMAIL = "Moot", "Moot <moot@council.example>"
    assert (branding().name, branding().sender) == ("Moot", "Moot <moot@council.example>")


def test_the_hub_team_names_the_hub_in_the_editor_and_every_surface_says_it(hub_team: User, settings: Any) -> None:
    submit(browse(hub_team), name="Fellmoot", body="Fell Council", sender_address="moot@fell.example")
    page = Client().get("/").content.decode()
    assert "Fellmoot, Fell Council</title>" in page
    assert environment.HUB_NAME not in page.split("<footer")[0]
    assert "X-WR-CALNAME:Fellmoot\\, Fell Council" in Client().get("/surgeries/calendar.ics").content.decode()
    assert ">Fellmoot<" in browse(hub_team).get("/admin/").content.decode().replace("\n", "").replace("  ", "")
    assert str(settings.WAGTAIL_SITE_NAME) == "Fellmoot"
    Client().post("/account/password/reset/", {"email": hub_team.email})
    assert mail.outbox[-1].from_email == "Fellmoot <moot@fell.example>"
    assert mail.outbox[-1].subject.startswith("Fellmoot: ")
    assert contact().email == "moot@fell.example"


def test_a_change_shows_at_once_and_a_warm_page_asks_nothing_for_it(hub_team: User) -> None:
    browser = browse(hub_team)
    set_branding(name="Fellmoot")
    assert "Fellmoot" in browser.get("/privacy/").content.decode()
    with CaptureQueriesContext(connection) as captured:
        browser.get("/privacy/")
    assert "core_brandingsettings" not in str(captured.captured_queries)
    set_branding(name="Moot on the Fell")
    assert "Moot on the Fell" in browser.get("/privacy/").content.decode()


class Undone(Exception):
    pass


@transaction.atomic
def _rename_in_vain() -> None:
    set_branding(name="Nonsense")
    assert branding().name == "Nonsense"
    raise Undone


def test_what_is_rolled_back_is_not_kept(home: Any) -> None:
    set_branding(name="Fellmoot")
    assert branding().name == "Fellmoot"

    with pytest.raises(Undone):
        _rename_in_vain()
    assert branding().name == "Fellmoot"


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("sender_address", "moot"),
        ("sender_address", "moot@localhost"),
        ("sender_address", "moot@fell.example\nBcc: all@fell.example"),
        ("sender_name", "Moot\nBcc: all@fell.example"),
        ("name", "Moot\r\nX: y"),
        ("name", "–"),
        ("contact_address", "help"),
    ],
)
def test_what_an_e_mail_could_not_carry_is_refused(hub_team: User, field: str, typed: str) -> None:
    assert submit(browse(hub_team), **{field: typed}).status_code == 200
    assert getattr(BrandingSettings.objects.get(), field) == ""


@pytest.mark.parametrize(
    ("field", "width", "height", "audience", "is_taken"),
    [
        ("logo", 400, 200, "everyone", True),
        ("logo", 100, 100, "everyone", False),
        ("logo", 1200, 100, "everyone", False),
        ("logo", 400, 200, "organisation", False),
        ("cover", 1600, 500, "everyone", True),
        ("cover", 800, 500, "everyone", False),
    ],
)
def test_pictures_that_strangers_can_see(
    hub_team: User, field: str, width: int, height: int, audience: str, is_taken: bool
) -> None:
    chosen = picture(width, height, audience)
    submit(browse(hub_team), **{field: chosen.pk})
    assert (getattr(BrandingSettings.objects.get(), field) == chosen) is is_taken


def test_a_logo_that_is_closed_later_gives_way_to_the_drawn_one(home: Any) -> None:
    logo = picture()
    set_branding(logo=logo)
    assert "brand__logo" in Client().get("/").content.decode()
    logo.audience = "organisation"
    logo.save()
    assert "brand__logo" not in Client().get("/").content.decode()


def test_a_cover_stands_on_the_front_page(home: Any) -> None:
    set_branding(cover=picture(1600, 500))
    assert "scene--photograph" in Client().get("/").content.decode()


def test_nobody_else_changes_it(carys: User) -> None:
    assert submit(browse(carys), name="Mine").status_code in {302, 403, 404}
    assert BrandingSettings.objects.get().name == ""


def test_a_name_with_signs_reaches_a_real_server_as_one_sender(home: Any, settings: Any) -> None:
    set_branding(sender_name='The "Fell", Öxnard & Co', sender_address="moot@fell.example")
    with mail_server(settings) as post:
        HubMail("Word", "Words", to=["carys@example.org"]).send()
    (address,) = post.taken[0]["From"].addresses
    assert (address.display_name, address.addr_spec) == ('The "Fell", Öxnard & Co', "moot@fell.example")


def test_without_a_database_the_environment_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(current, "_asked", fail)
    assert branding().name == environment.HUB_NAME
