"""What somebody read: kept for themselves alone, where it is kept at all, and gone when they say so."""

from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.contrib import admin
from django.core.checks import run_checks
from django.core.management import call_command
from django.utils import timezone
from wagtail.admin.viewsets import viewsets
from wagtail.snippets.models import get_snippet_models

from indexing.documents import key_of
from reading import models, retention, services
from reading.models import Opened, Reader
from tests.conftest import browse
from tests.factories import GuidanceFactory, PersonFactory, StoryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(home):
    return StoryFactory(title="Bees on the roof")


def opens(person, thing, **headers):
    return browse(person).post(f"/reading/opened/{key_of(thing)}/", headers=headers)


def told(person, address="/reading/"):
    return browse(person).get(address).content.decode()


def test_the_page_of_a_thing_tells_that_it_was_opened(story, carys):
    page = told(carys, story.url)
    assert f'data-opened="/reading/opened/{key_of(story)}/"' in page
    assert "js/reading" in page
    assert "data-opened" not in told(None, story.url)


def test_what_was_opened_stands_on_ones_own_page_with_its_time(story, carys, monkeypatch):
    opens(carys, story)
    Opened.objects.update(last="2026-07-09T10:30:00Z")
    monkeypatch.setattr(retention, "KEPT", timezone.now() - timezone.make_aware(datetime(2026, 1, 1)))  # noqa: DTZ001
    assert "Read on Thursday 9 July, 11:30" in told(carys)  # summer time, where the hub is


def test_a_thing_read_twice_has_one_row_with_its_count(story, carys):
    opens(carys, story)
    opens(carys, story)
    assert Opened.objects.get().times == 2
    assert "Read 2 times" in told(carys)


def test_nobody_else_sees_it(story, carys, bryn, hub_team):
    opens(carys, story)
    for other in (bryn, hub_team):
        assert story.title not in told(other)


def test_what_a_browser_fetched_ahead_was_not_read(story, carys):
    opens(carys, story, sec_purpose="prefetch;prerender")
    assert not Opened.objects.exists()


def test_nobody_leaves_no_trace(story):
    assert opens(None, story).status_code == 204
    assert not Opened.objects.exists()


def test_what_one_may_not_see_cannot_have_been_read(private_community, carys):
    hidden = StoryFactory(private=True, community=private_community)
    assert opens(carys, hidden).status_code == 404


def test_other_sites_cannot_say_what_somebody_read(story, carys):
    from django.test import Client

    browser = Client(enforce_csrf_checks=True)
    browser.force_login(carys)
    assert browser.post(f"/reading/opened/{key_of(story)}/").status_code == 403
    assert not Opened.objects.exists()


# -- clearing and switching --------------------------------------------------------------------------------------------
def test_one_press_clears_everything(story, carys, bryn):
    for person in (carys, bryn):
        opens(person, story)
    page = browse(carys).post("/reading/clear/", follow=True).content.decode()
    assert "The list of what you read is cleared" in page
    assert "Nothing is kept." in page
    assert Opened.objects.get().person == bryn


def test_one_thing_can_be_removed(story, carys):
    other = GuidanceFactory(title="Hives")
    opens(carys, story)
    opens(carys, other)
    browse(carys).post(f"/reading/forget/{key_of(story)}/")
    assert Opened.objects.get().key == key_of(other)


def test_whoever_switches_it_off_is_forgotten_at_once(story, carys):
    opens(carys, story)
    page = browse(carys).post("/reading/switch/", {"keep": "no"}, follow=True).content.decode()
    assert "What you read is not kept." in page
    opens(carys, story)
    assert not Opened.objects.exists()
    assert "data-opened" not in told(carys, story.url)


def test_and_can_have_it_kept_again(story, carys):
    browse(carys).post("/reading/switch/", {"keep": "no"})
    browse(carys).post("/reading/switch/", {"keep": "yes"})
    opens(carys, story)
    assert story.title in told(carys)


def test_where_the_hub_keeps_nothing_by_itself_a_person_may_want_it(story, carys, settings):
    settings.READING_HISTORY = "off"
    opens(carys, story)
    assert not Opened.objects.exists()
    browse(carys).post("/reading/switch/", {"keep": "yes"})
    opens(carys, story)
    assert story.title in told(carys)


def test_where_the_hub_never_keeps_it_nobody_is_asked(story, carys, settings):
    Reader.objects.create(person=carys, keeps=True)
    Opened.objects.create(person=carys, key=key_of(story))
    settings.READING_HISTORY = "never"
    page = told(carys)
    assert story.title not in page
    assert "/reading/switch/" not in page
    opens(carys, story)
    assert Opened.objects.get().times == 1
    browse(carys).post("/reading/switch/", {"keep": "yes"})
    assert not Reader.objects.get().keeps


def test_a_setting_that_means_nothing_is_refused(settings):
    settings.READING_HISTORY = "perhaps"
    assert "reading.E001" in [message.id for message in run_checks()]


# -- how much, how long ------------------------------------------------------------------------------------------------
def test_the_newest_two_hundred_are_kept(story, carys):
    long_ago = timezone.now() - timedelta(days=1)
    Opened.objects.bulk_create(
        Opened(person=carys, key=f"stories.storypage:9{n:04}", last=long_ago) for n in range(203)
    )
    opens(carys, story)
    assert Opened.objects.count() == 200
    assert Opened.objects.filter(key=key_of(story)).exists()


def test_after_half_a_year_it_is_neither_shown_nor_kept(story, carys, bryn):
    opens(carys, story)
    Opened.objects.update(last=timezone.now() - timedelta(days=181))
    assert story.title not in told(carys)
    services.tidy()
    assert not Opened.objects.exists()


@pytest.mark.parametrize(("setting", "left"), [("on", 2), ("off", 1), ("never", 0)])
def test_what_a_new_setting_no_longer_keeps_is_removed(story, carys, bryn, settings, setting, left):
    opens(carys, story)
    opens(bryn, story)
    browse(bryn).post("/reading/switch/", {"keep": "yes"})
    settings.READING_HISTORY = setting
    call_command("tidy", stdout=StringIO())
    assert Opened.objects.count() == left


def test_what_is_gone_is_counted_and_not_named(story, carys):
    opens(carys, story)
    story.delete()
    assert "And 1 page that is gone" in told(carys)


def test_it_goes_with_the_account(story):
    person = PersonFactory(first_name="Elin")
    opens(person, story)
    person.delete()
    assert not Opened.objects.exists()
    assert not Reader.objects.exists()


def test_no_editor_and_no_admin_lists_it():
    ours = {models.Opened, models.Saved, models.Dismissed, models.Reader}
    assert ours.isdisjoint(admin.site._registry)
    assert ours.isdisjoint(get_snippet_models())
    assert ours.isdisjoint(viewset.model for viewset in viewsets.viewsets if hasattr(viewset, "model"))
