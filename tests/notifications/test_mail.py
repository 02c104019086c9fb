"""E-mails about what concerns people: when they go out, what they tell, and how they end."""

import re
from datetime import time, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from wagtail.models import Site

from communities import services
from core.dead_addresses import services as dead_addresses
from core.message_ids import host
from core.notices import USUALLY, Timing
from core.outbox import Delivery
from core.sending import Line, NotTaken
from notifications.mail import stopping
from notifications.mail.writing import CONSUMER
from notifications.models import Letter, Notice, Preferences
from people.models import User
from tests.conftest import browse
from tests.factories import at
from tests.notifications.kinds import added, post, send, to_whom
from tests.notifications.mails import MONDAY, SOON, TUESDAY, bring, have_been_members, html, plain

pytestmark = pytest.mark.django_db
NIGHT = at(2026, 11, 24, 23, 0)


def told(community: Any, *people: User, when: Any = TUESDAY, **data: Any) -> None:
    with time_machine.travel(when, tick=False):
        send(community, *people, **data)


def happened(community: Any, when: Any = TUESDAY, times: int = 1, **data: Any) -> None:
    have_been_members()
    with time_machine.travel(when, tick=False):
        for _each in range(times):
            post(community, **data)


# -- at once -----------------------------------------------------------------------------------------------------------
def test_what_is_addressed_to_bryn_reaches_him_within_minutes_in_one_e_mail(sent, community, bryn):
    told(community, bryn)
    told(community, bryn, when=TUESDAY + timedelta(minutes=1))
    assert bring(TUESDAY + timedelta(minutes=1)) == []
    (made,) = bring()
    assert made.to == [bryn.email]
    assert plain(made).count("Somebody wrote in") == 1  # twice the same words
    assert bring(TUESDAY + timedelta(hours=1)) == []


def test_one_thing_is_the_subject_and_several_are_counted(sent, community, private_community, bryn, dev):
    told(community, bryn)
    told(private_community, dev, by=bryn)
    told(private_community, dev)
    subjects = {made.to[0]: made.subject.partition(": ")[2] for made in bring()}
    assert subjects == {
        bryn.email: f"Somebody wrote in {community.title}",
        dev.email: f"Somebody wrote in {private_community.title}, and 1 more",
    }


def test_what_bryn_read_meanwhile_is_in_no_e_mail(sent, community, bryn):
    told(community, bryn)
    Notice.objects.update(read_at=TUESDAY)
    assert bring() == []


def test_what_dev_may_no_longer_see_is_in_no_e_mail(sent, private_community, dev):
    told(private_community, dev)
    services.leave(dev.memberships.get())
    assert bring() == []
    assert bring(TUESDAY + timedelta(days=1)) == []


def test_whoever_is_gone_or_has_no_address_is_not_written_to(sent, community, bryn, carys):
    told(community, bryn, carys)
    User.objects.filter(pk=bryn.pk).update(is_active=False)
    User.objects.filter(pk=carys.pk).update(email=None)
    assert bring() == []
    assert not Delivery.objects.to(CONSUMER).exists()


def test_at_night_it_waits_for_the_morning(sent, community, bryn):
    told(community, bryn, when=NIGHT)
    assert bring(NIGHT + SOON) == []
    assert bring(at(2026, 11, 25, 6, 59)) == []
    assert len(bring(at(2026, 11, 25, 7, 0))) == 1


def test_a_closed_day_is_quiet_and_whoever_likes_gets_it_all_the_same(sent, community, bryn, carys):
    Preferences.objects.create(person=carys, rests_on_closed_days=False)
    told(community, bryn, carys, when=at(2026, 12, 25, 10))
    assert [made.to for made in bring(at(2026, 12, 25, 10, 5))] == [[carys.email]]
    assert bring(at(2026, 12, 28, 10)) == []  # the substitute day
    assert [made.to for made in bring(at(2026, 12, 29, 7))] == [[bryn.email]]


def test_the_night_is_that_of_the_reader(sent, community, bryn):
    Preferences.objects.create(person=bryn, time_zone="Asia/Kolkata")  # five and a half hours ahead
    told(community, bryn, when=at(2026, 11, 24, 14, 0))
    assert bring(at(2026, 11, 24, 14, 10)) == []
    (made,) = bring(at(2026, 11, 25, 2, 0))
    assert "19:30" in html(made)


def test_a_notice_of_security_goes_out_in_the_night_and_cannot_be_stopped(community, bryn):
    Preferences.objects.create(person=bryn, addressed=Timing.NEVER)
    with added(recipients=to_whom, is_security=True):
        told(community, bryn, when=NIGHT)
        (made,) = bring(NIGHT)
    assert "List-Unsubscribe" not in made.message()


def test_whoever_wants_no_e_mails_gets_none(sent, community, bryn):
    Preferences.objects.create(person=bryn, addressed=Timing.NEVER)
    told(community, bryn)
    assert bring() == []
    assert bring(MONDAY) == []


def test_what_waits_follows_a_change_of_mind(sent, community, bryn, carys):
    told(community, bryn, carys)
    Preferences.objects.create(person=bryn, addressed=Timing.NEVER)
    Preferences.objects.create(person=carys, addressed=Timing.DAILY)
    assert bring() == []
    assert [made.to for made in bring(at(2026, 11, 25, 8, 0))] == [[carys.email]]


# -- digests -----------------------------------------------------------------------------------------------------------
def test_what_happens_in_communities_comes_on_monday_morning_in_one_e_mail(posted, community, asha, bryn):
    happened(community, times=2)
    assert bring() == []
    first = bring(MONDAY)
    assert {made.to[0] for made in first} == {asha.email, bryn.email}
    assert first[0].subject.endswith("Your week: 2 new things")
    assert community.title in plain(first[0])
    assert bring(MONDAY + timedelta(minutes=5)) == []
    assert bring(MONDAY + timedelta(days=7)) == []


def test_an_empty_digest_is_not_sent_and_is_written_down(posted, community, bryn):
    assert bring(MONDAY) == []
    assert set(Letter.objects.values_list("window", "fate")) == {("weekly 2026-11-30", "nothing")}


def test_a_digest_falls_on_the_next_working_day_where_its_day_is_closed(posted, community, bryn):
    happened(community, when=at(2026, 12, 22, 10))
    assert bring(at(2026, 12, 28, 8, 5)) == []
    assert len(bring(at(2026, 12, 29, 8, 5))) == 1


def test_one_chosen_day_and_hour(posted, community, bryn):
    Preferences.objects.create(person=bryn, digest_on=3, digest_at="16:30")
    happened(community)
    assert bring(at(2026, 11, 26, 16, 29)) == []
    assert len(bring(at(2026, 11, 26, 16, 30))) == 1


def test_what_is_addressed_waits_for_a_digest_where_somebody_chose_so(sent, community, bryn):
    Preferences.objects.create(person=bryn, addressed=Timing.DAILY)
    told(community, bryn)
    assert bring() == []
    (made,) = bring(at(2026, 11, 25, 8, 0))
    assert "Your day: 1 new thing" in made.subject
    assert bring(at(2026, 11, 26, 8, 0)) == []


def test_a_digest_that_is_a_day_late_waits_for_the_next(posted, community, bryn):
    happened(community)
    assert bring(MONDAY + timedelta(days=1)) == []
    assert len(bring(MONDAY + timedelta(days=7))) == 1


def test_whoever_comes_on_wednesday_gets_no_digest_of_monday(posted, community, bryn):
    happened(community, when=MONDAY - timedelta(days=3))
    assert bring(MONDAY + timedelta(days=2)) == []


def test_hundreds_of_events_make_a_short_e_mail(posted, community, bryn):
    happened(community, times=270)
    (made,) = bring(MONDAY)
    assert plain(made).count("Somebody wrote in") == 30
    assert "and 240 more" in plain(made)
    assert len(html(made)) < 60_000
    assert "270 new things" in made.subject


def test_what_leaves_a_community_with_its_reader_is_not_in_the_digest(posted, private_community, dev):
    happened(private_community)
    services.leave(dev.memberships.get())
    assert bring(MONDAY) == []


def test_whoever_wants_news_at_once_gets_them_at_once_and_once(posted, community, bryn):
    Preferences.objects.create(person=bryn, matters=Timing.AT_ONCE)
    happened(community)
    bring()  # from now on
    happened(community, when=TUESDAY + timedelta(minutes=30))
    (made,) = bring(TUESDAY + timedelta(minutes=33))
    assert made.to == [bryn.email]
    assert bring(TUESDAY + timedelta(minutes=35)) == []
    assert bring(MONDAY) == []


def test_whoever_changes_from_weekly_to_daily_is_told_nothing_twice(posted, community, bryn):
    happened(community)
    bring(MONDAY)
    Preferences.objects.create(person=bryn, matters=Timing.DAILY)
    happened(community, when=MONDAY + timedelta(hours=1))
    (made,) = [one for one in bring(MONDAY + timedelta(days=1)) if one.to == [bryn.email]]
    assert made.subject.endswith("Your day: 1 new thing")


# -- what mail programs want -------------------------------------------------------------------------------------------
def test_news_of_the_night_go_out_in_the_morning_where_somebody_wants_them_at_once(posted, community, bryn):
    Preferences.objects.create(person=bryn, matters=Timing.AT_ONCE, time_zone="Europe/Nowhere")
    happened(community)
    assert bring() == []  # from now on
    happened(community, when=NIGHT)
    assert bring(NIGHT + SOON) == []
    (made,) = bring(at(2026, 11, 25, 8, 0))
    assert plain(made).count("Somebody wrote in") == 1
    assert bring(at(2026, 11, 25, 8, 30)) == []


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


# -- in trouble --------------------------------------------------------------------------------------------------------
def test_what_cannot_be_put_in_words_for_one_holds_up_nobody_and_nothing_else(
    sent, community, bryn, carys, monkeypatch
):
    told(community, bryn, carys)
    told(community, bryn, is_broken=True)
    calm = sent.words

    def words(thing: Any, event: Any, reader: Any) -> Any:
        if event.data.get("is_broken"):
            raise ZeroDivisionError
        return calm(thing, event, reader)

    object.__setattr__(sent, "words", words)
    try:
        assert {made.to[0] for made in bring()} == {bryn.email, carys.email}
        assert bring(TUESDAY + SOON * 2) == []
    finally:
        object.__setattr__(sent, "words", calm)
    assert len(bring(TUESDAY + timedelta(hours=2))) == 1


def test_what_could_not_be_put_in_words_goes_out_later_whatever_went_out_before(sent, community, bryn):
    told(community, bryn, is_broken=True)
    told(community, bryn)
    calm = sent.words

    def words(thing: Any, event: Any, reader: Any) -> Any:
        if event.data.get("is_broken"):
            raise ZeroDivisionError
        return calm(thing, event, reader)

    object.__setattr__(sent, "words", words)
    try:
        made = bring()
        made += bring(TUESDAY + timedelta(hours=2))
    finally:
        object.__setattr__(sent, "words", calm)
    made += bring(TUESDAY + timedelta(hours=4))
    assert len({one.message()["Message-ID"] for one in made}) == len(made) == 2
    assert not Notice.objects.to_mail().exists()


def test_an_e_mail_that_is_never_taken_holds_up_no_other_to_the_same_person(sent, posted, community, bryn, monkeypatch):
    calm = Line.send

    def send_on(line: Any, made: Any) -> Any:
        if "1 new thing" in made.subject:
            raise NotTaken("554 5.7.1 Looks like spam")
        return calm(line, made)

    monkeypatch.setattr(Line, "send", send_on)
    happened(community)
    assert bring(MONDAY) == []
    told(community, bryn, when=MONDAY)
    (made,) = bring(MONDAY + timedelta(minutes=20))
    assert "Somebody wrote in" in plain(made)
    monkeypatch.setattr(Line, "send", calm)
    (weekly,) = bring(MONDAY + timedelta(hours=1))
    assert "Your week" in weekly.subject
    assert bring(MONDAY + timedelta(hours=2)) == []


def test_a_person_for_whom_rendering_breaks_holds_up_nobody_and_is_written_to_once_it_works(
    sent, community, bryn, carys, monkeypatch
):
    told(community, bryn, carys)
    with monkeypatch.context() as patch:
        patch.setattr(User, "short_name", property(lambda person: 1 / 0 if person.pk == bryn.pk else "Carys"))
        assert [made.to for made in bring()] == [[carys.email]]
    assert bring(TUESDAY + SOON) == []  # not yet again
    assert [made.to for made in bring(TUESDAY + timedelta(minutes=10))] == [[bryn.email]]


def test_nothing_is_sent_to_a_dead_address_and_nothing_piles_up(sent, community, bryn):
    dead_addresses.stop(bryn.email, reason="550 gone")
    told(community, bryn)
    assert bring() == []
    assert bring(TUESDAY + timedelta(hours=1)) == []
    assert not Delivery.objects.to(CONSUMER).exists()


def test_whoever_was_begun_by_a_worker_that_is_gone_gets_the_same_e_mail(sent, community, bryn, monkeypatch):
    told(community, bryn)
    (made,) = bring()
    first = made.message()["Message-ID"]
    Letter.objects.update(fate="begun")
    Notice.objects.update(mailed_at=None)
    told(community, bryn, when=TUESDAY + timedelta(minutes=10))
    again, other = bring(TUESDAY + timedelta(minutes=20))
    assert again.message()["Message-ID"] == first
    assert other.message()["Message-ID"] != first
    assert plain(again).count("Somebody wrote in") == plain(other).count("Somebody wrote in") == 1
    assert len(mail.outbox) == 3


def test_a_place_on_earth_is_chosen_and_another_is_refused(home, bryn):
    browser = browse(bryn)
    chosen = {"digest_on": "0", "digest_at": "08:00", "quiet_from": "19:00", "quiet_until": "07:00", **USUALLY}
    assert browser.post("/inbox/settings/", {**chosen, "time_zone": "Asia/Kolkata"}).status_code == 302
    assert Preferences.objects.get().time_zone == "Asia/Kolkata"
    refused = browser.post("/inbox/settings/", {**chosen, "time_zone": "../../etc/passwd"})
    assert "Select a valid choice" in refused.content.decode()
    assert Preferences.objects.get().time_zone == "Asia/Kolkata"


@pytest.mark.parametrize(
    ("digest_at", "quiet_from", "quiet_until", "is_taken"),
    [
        ("08:00", "19:00", "07:00", True),
        ("19:00", "19:00", "07:00", False),
        ("23:00", "19:00", "07:00", False),
        ("06:59", "19:00", "07:00", False),
        ("07:00", "19:00", "07:00", True),
        ("12:30", "12:00", "13:00", False),
        ("12:30", "12:00", "12:00", True),  # no quiet hours at all
    ],
)
def test_an_hour_for_digests_inside_the_quiet_hours_is_refused_with_the_reason(
    home, bryn, digest_at, quiet_from, quiet_until, is_taken
):
    chosen = {"digest_on": "0", "digest_at": digest_at, "quiet_from": quiet_from, "quiet_until": quiet_until}
    answer = browse(bryn).post("/inbox/settings/", {**chosen, **USUALLY})
    assert Preferences.objects.exists() is is_taken
    if not is_taken:
        form = answer.context["form"]
        assert list(form.errors) == ["digest_at"]
        assert f"from {quiet_from} to {quiet_until}" in str(form.errors)
        assert f'value="{digest_at}"' in answer.content.decode()


def test_a_digest_of_an_hour_that_became_quiet_goes_out_when_the_night_ends(posted, community, bryn):
    Preferences.objects.create(person=bryn, digest_at=time(6), quiet_until=time(9))
    happened(community)
    assert bring(at(2026, 11, 30, 6, 5)) == bring(at(2026, 11, 30, 8, 59)) == []
    assert len(bring(at(2026, 11, 30, 9, 0))) == 1


def test_a_digest_that_is_late_disturbs_nobody_in_the_night(posted, community, bryn):
    Preferences.objects.create(person=bryn, digest_at=time(18, 30))
    happened(community)
    assert bring(at(2026, 11, 30, 19, 30)) == []


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
