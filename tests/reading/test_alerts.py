"""News of saved searches by e-mail: once a day at most, never what one may not see, and nothing is lost."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Site

from communities import services as communities
from core import outbox
from indexing import maintenance
from people.models import User
from reading.models import AlertMail, SavedSearch
from reading.searches import alerts, news as unseen, rounds, services
from reading.searches.alerts import Outcome
from search.query import Query
from stories.models import StoryPage
from tests.conftest import browse
from tests.factories import StoryFactory, at
from tests.reading.saving import MORNING, keep, send, tell_of_bees, told

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mine(home: Any, bryn: User) -> SavedSearch:
    """Bryn knows of the bees on the roof."""
    tell_of_bees("Bees on the roof")
    return keep(bryn, alerts=True)


@pytest.fixture
def news(mine: SavedSearch) -> StoryPage:
    """Something that Bryn does not know yet."""
    return tell_of_bees("Bees at the library")


# -- what is sent ------------------------------------------------------------------------------------------------------
def test_nothing_new_is_no_e_mail():
    assert "nothing new: 1" in send()
    assert told() == []


def test_bryn_hears_what_is_new_with_whole_addresses(news, bryn):
    site = Site.objects.get(is_default_site=True)
    site.hostname, site.port = "hub.withermere.example", 443
    site.save()
    assert "sent: 1" in send()
    (message,) = mail.outbox
    assert message.subject == "Folkmoot: 1 new thing in your searches"
    (html, kind), *_others = message.alternatives
    assert kind == "text/html"
    for text in (message.body, html):
        assert f"https://hub.withermere.example{news.url}" in text
        assert "Bees at the library" in text
        assert "Bees on the roof" not in text
        assert "https://hub.withermere.example/search/?q=keeping+bees+and+honey" in text.replace("&amp;", "&")


def test_what_only_lies_near_a_question_is_no_news(bryn, mine):
    mine.delete()
    asked = keep(bryn, "annual leave", alerts=True)
    story: StoryPage = StoryFactory(title="Leave the garden", summary="Why we leave the annual flowers for the birds.")
    maintenance.rebuild()
    found = unseen.found_by(asked, bryn)
    assert story.title in {stored.title for stored in found.hits}
    assert not found.new
    assert "nothing new: 1" in send()


def test_all_searches_of_one_person_are_one_e_mail(news, bryn):
    SavedSearch.objects.filter(pk=keep(bryn, "honey for the food bank", alerts=True).pk).update(known=[])
    send()
    (message,) = mail.outbox
    assert "keeping bees and honey" in message.body
    assert "honey for the food bank" in message.body


def test_words_that_mean_the_same_are_read_once_for_everybody(news, bryn, carys):
    for person in (bryn, carys):
        keep(person, "honey for the food bank", alerts=True)
    with CaptureQueriesContext(connection) as captured:
        send()
    assert sum('FROM "search_synonyms"' in query["sql"] for query in captured) == 1


def test_of_very_much_some_is_named_and_the_rest_counted(news, bryn, mine, monkeypatch):
    monkeypatch.setattr(alerts, "SHOWN", 1)
    SavedSearch.objects.filter(pk=mine.pk).update(known=[])
    send()
    assert "and 1 more" in mail.outbox[0].body
    assert mail.outbox[0].subject == "Folkmoot: 2 new things in your searches"


def test_a_title_with_signs_in_it_is_told_as_it_is():
    tell_of_bees("Bees & <i>wasps</i>")
    send()
    (message,) = mail.outbox
    assert "Bees & <i>wasps</i>" in message.body
    assert "Bees &amp; &lt;i&gt;wasps&lt;/i&gt;" in message.alternatives[0][0]


def test_what_one_looked_at_meanwhile_is_no_news(news, mine, bryn):
    unseen.looked(mine, bryn)
    send()
    assert told() == []


def test_what_one_e_mail_told_the_next_does_not(news, mine, bryn):
    send()
    send(MORNING + timedelta(days=1))
    assert len(mail.outbox) == 1
    assert [stored.title for stored in unseen.found_by(SavedSearch.objects.get(), bryn).new] == ["Bees at the library"]


def test_a_search_that_was_saved_while_search_was_away_begins_with_the_first_answer(news, mine):
    SavedSearch.objects.filter(pk=mine.pk).update(known=None)
    send()
    tell_of_bees("Bees in the park")
    send(MORNING + timedelta(days=1))
    (message,) = mail.outbox
    assert "Bees in the park" in message.body
    assert "Bees at the library" not in message.body


# -- to whom -----------------------------------------------------------------------------------------------------------
def test_nobody_is_written_to_who_did_not_ask_for_it(carys):
    keep(carys)
    tell_of_bees("Bees at the library")
    send()
    assert carys.email not in told()


def test_who_turned_it_off_removed_it_or_is_gone_hears_nothing(news, mine, bryn):
    services.set_alerts(mine, wanted=False)
    send()
    services.set_alerts(mine, wanted=True)
    services.remove(mine)
    send()
    services.bring_back(mine)
    User.objects.filter(pk=bryn.pk).update(is_active=False)
    send()
    User.objects.filter(pk=bryn.pk).update(is_active=True, email=None)
    send()
    assert told() == []


def test_what_one_may_not_see_is_in_no_e_mail(private_community, dev):
    keep(dev, alerts=True)
    tell_of_bees("Secret bees", community=private_community, private=True)
    send()
    assert told() == [dev.email]


def test_rights_are_those_of_the_moment_of_sending(private_community, dev):
    keep(dev, alerts=True)
    tell_of_bees("Secret bees", community=private_community, private=True)
    communities.leave(dev.memberships.get())
    send()
    assert told() == []


def test_what_the_index_still_shows_and_the_database_hides_is_not_told_and_not_lost(news, bryn):
    StoryPage.objects.filter(pk=news.pk).update(audience_token="nobody")
    send()
    assert told() == []
    StoryPage.objects.filter(pk=news.pk).update(audience_token="everyone")
    send()
    assert told() == [bryn.email]


# -- how often ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("later", "again"),
    [
        (timedelta(minutes=1), False),
        (timedelta(hours=12), False),
        (timedelta(hours=16, minutes=20), False),  # the day before is over, but only just
        (timedelta(hours=16, minutes=31), False),
        (timedelta(hours=19), False),
        (timedelta(hours=23, minutes=50), True),  # a daily run that is early
        (timedelta(days=1, minutes=10), True),
    ],
)
def test_one_e_mail_a_day_whenever_the_command_runs(news, later, again):
    send()
    tell_of_bees("Bees in the park")
    send(MORNING + later)
    assert len(mail.outbox) == 1 + again


def test_two_e_mails_never_fall_on_one_day_by_the_hubs_own_clock(news):
    send(at(2026, 11, 23, 0, 10))
    tell_of_bees("Bees in the park")
    send(at(2026, 11, 23, 23, 50))
    assert len(mail.outbox) == 1


class SecondRun(EmailBackend):
    """While one process is sending, another begins."""

    outcomes: list[Outcome] = []
    brought: list[int] = []

    def send_messages(self, messages: Any) -> int:
        self.brought.append(outbox.drain(rounds.NEWS))
        self.outcomes.append(alerts.write_to(User.objects.get(slug="bryn-powell")))
        return super().send_messages(messages)


def test_two_processes_at_once_send_one_e_mail(news, settings):
    settings.EMAIL_BACKEND = f"{__name__}.SecondRun"
    send()
    assert SecondRun.brought == [0]
    assert SecondRun.outcomes == [Outcome.NOT_AGAIN]
    assert len(mail.outbox) == 1


def test_who_was_written_to_while_the_news_was_gathered_is_not_written_to_again(news, bryn, monkeypatch):
    def while_another_sends(reader: Any, groups: Any) -> Any:
        found = gathered(reader, groups)
        AlertMail.objects.filter(owner=reader).update(sent=timezone.now())
        return found

    gathered = alerts.news_for
    monkeypatch.setattr(alerts, "news_for", while_another_sends)
    assert alerts.write_to(bryn) is Outcome.NOT_AGAIN
    assert told() == []


# -- how it ends -------------------------------------------------------------------------------------------------------
def way_out() -> str:
    """The address in the head of the last e-mail."""
    (address,) = re.findall(r"<https?://[^/]+(/.+)>", mail.outbox[-1].extra_headers["List-Unsubscribe"])
    return address


def test_a_mail_program_ends_it_with_one_press_and_no_cookie(news, bryn):
    send()
    from django.test import Client

    program = Client(enforce_csrf_checks=True)
    assert program.post(way_out(), {"List-Unsubscribe": "One-Click"}).status_code == 200
    tell_of_bees("Bees in the park")
    send(MORNING + timedelta(days=1))
    assert len(mail.outbox) == 1


def test_a_look_at_the_way_out_ends_nothing(news, mine):
    send()
    assert "Stop the e-mails" in browse().get(way_out()).content.decode()
    mine.refresh_from_db()
    assert mine.alerts


def test_the_way_out_says_nothing_of_whose_it_is(news, bryn):
    send()
    page = browse().get(way_out()).content.decode()
    assert bryn.email not in page
    assert "Bryn" not in page


def test_who_stopped_stays_stopped_until_they_ask_again(mine, bryn):
    services.stop_alerts(bryn.pk)
    services.save(bryn, Query("wasps"))
    tell_of_bees("Bees in the park")
    send()
    assert told() == []
    browse(bryn).post(f"/reading/searches/{mine.pk}/alerts/", {"alerts": "on"})
    tell_of_bees("Bees at the library")
    send()
    assert told() == [bryn.email]


@pytest.mark.parametrize("word", ["nonsense", "1:abc:def", "%00"])
def test_a_forged_way_out_is_nothing(word):
    assert browse().post(f"/reading/searches/alerts/stop/{word}/").status_code == 404
    assert SavedSearch.objects.get().alerts
