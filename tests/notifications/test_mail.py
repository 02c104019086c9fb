"""E-mails about what concerns people: when they go out."""

from datetime import timedelta

import pytest

from communities import services
from core.notices import Timing
from core.outbox import Delivery
from notifications.mail.writing import CONSUMER
from notifications.models import Notice, Preferences
from people.models import User
from tests.factories import at
from tests.notifications.kinds import added, to_whom
from tests.notifications.mails import MONDAY, NIGHT, SOON, TUESDAY, bring, html, plain, told

pytestmark = pytest.mark.django_db


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
