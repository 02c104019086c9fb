"""One e-mail that cannot be written or is not taken holds up no other."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail

from core.dead_addresses import services as dead_addresses
from core.outbox import Delivery
from core.sending import MailConnection, NotTaken
from notifications.mail.writing import CONSUMER
from notifications.models import Letter, Notice
from people.models import User
from tests.notifications.mails import MONDAY, SOON, TUESDAY, bring, happened, plain, told

pytestmark = pytest.mark.django_db


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
    calm = MailConnection.send

    def send_on(line: Any, made: Any) -> Any:
        if "1 new thing" in made.subject:
            raise NotTaken("554 5.7.1 Looks like spam")
        return calm(line, made)

    monkeypatch.setattr(MailConnection, "send", send_on)
    happened(community)
    assert bring(MONDAY) == []
    told(community, bryn, when=MONDAY)
    (made,) = bring(MONDAY + timedelta(minutes=20))
    assert "Somebody wrote in" in plain(made)
    monkeypatch.setattr(MailConnection, "send", calm)
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
