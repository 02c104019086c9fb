"""Digests: what concerns a person, in one e-mail on a day and at an hour of their choice."""

from datetime import time, timedelta

import pytest

from communities import services
from core.notices import Timing
from notifications.models import Letter, Preferences
from tests.factories import at
from tests.notifications.mails import MONDAY, NIGHT, SOON, TUESDAY, bring, happened, html, plain, told

pytestmark = pytest.mark.django_db


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


def test_news_of_the_night_go_out_in_the_morning_where_somebody_wants_them_at_once(posted, community, bryn):
    Preferences.objects.create(person=bryn, matters=Timing.AT_ONCE, time_zone="Europe/Nowhere")
    happened(community)
    assert bring() == []  # from now on
    happened(community, when=NIGHT)
    assert bring(NIGHT + SOON) == []
    (made,) = bring(at(2026, 11, 25, 8, 0))
    assert plain(made).count("Somebody wrote in") == 1
    assert bring(at(2026, 11, 25, 8, 30)) == []


def test_a_digest_of_an_hour_that_became_quiet_goes_out_when_the_night_ends(posted, community, bryn):
    Preferences.objects.create(person=bryn, digest_at=time(6), quiet_until=time(9))
    happened(community)
    assert bring(at(2026, 11, 30, 6, 5)) == bring(at(2026, 11, 30, 8, 59)) == []
    assert len(bring(at(2026, 11, 30, 9, 0))) == 1


def test_a_digest_that_is_late_disturbs_nobody_in_the_night(posted, community, bryn):
    Preferences.objects.create(person=bryn, digest_at=time(18, 30))
    happened(community)
    assert bring(at(2026, 11, 30, 19, 30)) == []
