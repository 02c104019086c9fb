"""What mail programs are told, and the ways out of e-mails that they offer."""

import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from wagtail.models import Site

from core.message_ids import host
from core.notices import Timing
from notifications.mail import stopping
from notifications.models import Notice, Preferences
from people.models import User
from tests.conftest import browse
from tests.notifications.kinds import added, to_whom
from tests.notifications.mails import MONDAY, SOON, TUESDAY, bring, happened, html, plain, told

pytestmark = pytest.mark.django_db


def test_what_mail_programs_are_told(sent, community, bryn):
    told(community, bryn)
    first = bring()[0].message()
    told(community, bryn, when=TUESDAY + timedelta(hours=1))
    second = bring(TUESDAY + timedelta(hours=1) + SOON)[0].message()
    assert first["Message-ID"] != second["Message-ID"]
    assert first["References"] == second["References"]
    assert first["List-Id"].endswith("<for-you.withermere.example>")
    assert first["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert first["Auto-Submitted"] == "auto-generated"


def test_the_list_has_its_id_whatever_the_hub_is_called(sent, community, bryn, settings):
    settings.HUB_NAME = "Mötte: the hill"
    told(community, bryn)
    (made,) = bring()
    assert made.message()["List-Id"].endswith(f" <for-you.{host()}>")


def test_it_loads_nothing_and_tells_nobody_that_it_was_opened(sent, community, bryn):
    told(community, bryn)
    (made,) = bring()
    shown = html(made)
    assert "<img" not in shown
    assert "url(" not in shown
    assert "prefers-color-scheme: dark" in shown
    assert all(word not in shown for word in ("<script", "utm_", "http://www"))


def way_out(message: Any) -> str:
    address = message.message()["List-Unsubscribe"].strip("<>")
    return "/" + address.split("/", 3)[3]


def test_one_press_in_a_mail_program_ends_it_and_a_look_does_not(sent, community, bryn):
    told(community, bryn)
    (made,) = bring()
    browser = browse()
    assert "Stop these e-mails" in browser.get(way_out(made)).content.decode()
    assert not Preferences.objects.exists()
    browser.post(way_out(made), {"List-Unsubscribe": "One-Click"})
    told(community, bryn, when=TUESDAY + timedelta(hours=1))
    assert bring(TUESDAY + timedelta(hours=2)) == []
    assert Notice.objects.unread().filter(person=bryn).count() == 2


def test_the_way_out_of_digests_leaves_what_is_addressed(posted, community, bryn):
    happened(community)
    (made,) = bring(MONDAY)
    browse().post(way_out(made))
    mine = Preferences.objects.get(person=bryn)
    assert (mine.addressed, mine.matters, mine.rest) == ("", Timing.NEVER, Timing.NEVER)


def test_the_page_after_it_has_a_way_back_and_a_mail_program_is_led_nowhere(posted, community, bryn):
    Preferences.objects.create(person=bryn, matters=Timing.WEEKLY)
    happened(community)
    (made,) = bring(MONDAY)
    press = browse().post(way_out(made), {"List-Unsubscribe": "One-Click"})
    assert (press.status_code, Preferences.objects.get().matters) == (200, Timing.NEVER)
    assert browse().get(way_out(made)).context["state"] == "stopped"
    Preferences.objects.update(matters=Timing.WEEKLY)
    page = browse().post(way_out(made), follow=True)
    assert (len(page.redirect_chain), Preferences.objects.get().rest) == (1, Timing.NEVER)
    back = page.context["back"]
    assert browse().get(way_out(made), {"back": "x"}).context["back"] == ""
    assert browse().post(way_out(made), {"back": "x"}).context["state"] == ""
    browse().post(way_out(made), {"back": back})
    mine = Preferences.objects.get()
    assert (mine.matters, mine.addressed) == (Timing.WEEKLY, "")
    other = reverse("mails:stop", args=[stopping.signed(bryn, Timing.AT_ONCE)])
    assert browse().post(other, {"back": back}).context["state"] == ""


@pytest.mark.parametrize("word", ["x", "eyJhIjoxfQ:1x:y", "%00"])
def test_a_word_that_the_hub_did_not_sign_is_nothing(word):
    assert browse().post(f"/inbox/mail/stop/{word}/").status_code == 404


def test_somebody_elses_word_changes_nothing_of_mine(home, bryn, carys):
    browse(carys).post(reverse("mails:stop", args=[stopping.signed(bryn, Timing.WEEKLY)]))
    assert [row.person for row in Preferences.objects.all()] == [bryn]


def test_links_lead_to_the_hub_itself_however_many_sites_there_are(community: Any, bryn: User, settings: Any) -> None:
    """Wagtail's own links are absolute then, and those of another site stay as they are."""
    settings.WAGTAILADMIN_BASE_URL = "https://hub.example/"
    Site.objects.create(hostname="other.example", port=80, root_page=community.get_parent())
    with added(recipients=to_whom):
        told(community, bryn)
        (message,) = bring()
    for text in (plain(message), html(message)):
        found = re.findall(r"https?://[^\s\"<>]+", text)
        assert {urlsplit(link).hostname for link in found} <= {"hub.example", "other.example", "www.w3.org"}
        assert not any("://" in link.partition("://")[2] for link in found)
    assert "https://hub.example/inbox/" in plain(message)
