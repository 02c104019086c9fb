"""Near this: what has to do with the page, of different kinds, never filler and never what is not for the reader."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.models import Topic
from indexing import engines, maintenance
from knowledge.models import GuidancePage
from search import related
from stories.models import StoryPage
from tests.conftest import browse
from tests.factories import (
    CommunityFactory,
    GuidanceFactory,
    PersonFactory,
    SessionFactory,
    StoryFactory,
    SurgeryFactory,
    tell,
)

pytestmark = pytest.mark.django_db

BEES = "How we keep bees on the roof of the town hall: hives, smoke and honey for the food bank."
NOBODY = AnonymousUser()


def about_bees(factory: Any, title: str, **fields: Any) -> Any:
    return factory(title=title, summary=BEES, **fields)


@pytest.fixture
def story(home: Any) -> Any:
    return about_bees(StoryFactory, "Bees on the roof", need=f"<p>{BEES}</p>", what_we_did="")


def near(thing: Any, viewer: Any = NOBODY, **options: Any) -> list[str]:
    maintenance.rebuild()
    return [hit.title for hit in related.near(thing, viewer, **options)]


def test_what_is_like_it_is_near(story):
    about_bees(GuidanceFactory, "Keeping bees")
    assert near(story) == ["Keeping bees"]


def test_what_is_about_something_else_is_no_filler(story):
    StoryFactory(title="Parking permits", summary="Renew a permit for your car online.", need="", what_we_did="")
    assert near(story) == []
    assert "Near this" not in browse().get(story.url).content.decode()


def test_a_page_shows_what_is_near_it(story):
    guidance = about_bees(GuidanceFactory, "Keeping bees")
    maintenance.rebuild()
    html = browse().get(story.url).content.decode()
    assert "Near this" in html
    assert "Read on" not in html
    assert guidance.url in html


def test_a_story_with_nothing_near_leads_on_to_others(story):
    StoryFactory(title="Parking permits", summary="Renew a permit online.")
    assert "Read on" in browse().get(story.url).content.decode()


def test_two_of_a_kind_at_most_where_others_are_near(story):
    for number in range(4):
        about_bees(StoryFactory, f"Bees {number}")
    about_bees(GuidanceFactory, "Keeping bees")
    about_bees(SurgeryFactory, "Ask about bees")
    kinds = [hit.kind for hit in (maintenance.rebuild(), related.near(story, NOBODY))[1]]
    assert sorted(kinds) == ["guidance", "story", "story", "surgery"]


def test_more_of_a_kind_where_there_is_nothing_else(story):
    for number in range(5):
        about_bees(StoryFactory, f"Bees {number}")
    assert len(near(story)) == 4


def test_shared_topics_and_people_bring_things_nearer(story):
    topic, keeper = Topic.objects.create(name="Bees", slug="bees"), PersonFactory()
    tell(story, keeper).topics.add(topic)
    story.save()
    guidance = GuidanceFactory(title="Hives", checked_by=keeper)
    guidance.topics.add(topic)
    guidance.save()
    maintenance.rebuild()
    own = related.document_of(story)
    stored = related.as_they_are(engines_hits(guidance), frozenset({"everyone"}))[0][0]
    assert own is not None
    assert related.nearness(stored, own) == pytest.approx(stored.cosine + related.TOPIC + related.PEOPLE)


def engines_hits(thing: Any) -> Any:
    from indexing.documents import key_of
    from indexing.engines.base import Request

    answer = engines.engine().search(Request("", frozenset({"everyone"}), size=50))
    return [hit for hit in answer.hits if hit.key == key_of(thing)]


def test_what_is_not_for_the_reader_is_not_near(story, private_community, carys, dev):
    about_bees(StoryFactory, "Secret bees", community=private_community, private=True)
    assert near(story, carys) == []
    assert near(story, dev) == ["Secret bees"]


def test_an_index_that_lags_behind_shows_nothing_that_was_hidden(story):
    hidden = about_bees(StoryFactory, "Hidden bees")
    maintenance.rebuild()
    StoryPage.objects.filter(pk=hidden.pk).update(audience_token="organisation")
    assert list(related.near(story, NOBODY)) == []


def test_a_broken_thing_hides_no_other(story, monkeypatch):
    broken = about_bees(GuidanceFactory, "Broken bees")
    about_bees(GuidanceFactory, "Keeping bees")
    maintenance.rebuild()
    monkeypatch.setattr(GuidancePage, "url", property(lambda page: 1 / 0 if page.pk == broken.pk else "/here/"))
    assert [hit.title for hit in related.near(story, NOBODY)] == ["Keeping bees"]


def test_people_are_not_offered_as_things(story):
    PersonFactory(public=True, about=BEES)
    assert near(story) == []


def test_a_session_that_is_over_is_not_offered(story):
    surgery = SurgeryFactory()
    for title, day in (("Bees gone by", -9), ("Bees to come", 9)):
        SessionFactory(surgery=surgery, title=title, summary=BEES, starts=timezone.now() + timedelta(days=day))
    assert near(story) == ["Bees to come"]


def test_a_surgerys_own_dates_are_not_near_it(home):
    surgery = about_bees(SurgeryFactory, "Ask about bees")
    SessionFactory(surgery=surgery, title="Bees in winter", summary=BEES)
    about_bees(GuidanceFactory, "Keeping bees")
    maintenance.rebuild()
    for page in (surgery.url, surgery.sessions.get().url):
        html = browse().get(page).content.decode().partition('id="near-heading"')[2]
        assert "Keeping bees" in html
        assert "Bees in winter" not in html.partition("</main>")[0]


def test_a_date_without_words_is_near_what_its_series_is_about(home):
    session = SessionFactory(surgery=about_bees(SurgeryFactory, "Ask about bees"))
    about_bees(GuidanceFactory, "Keeping bees")
    maintenance.rebuild()
    assert "Near this" in browse().get(session.url).content.decode()


def test_a_communitys_page_does_not_repeat_what_it_looks_after(home):
    community = about_bees(CommunityFactory, "Beekeepers")
    story = about_bees(StoryFactory, "Bees on the roof", community=community)
    about_bees(GuidanceFactory, "Keeping bees")
    assert near(community) == ["Keeping bees"]
    assert near(story) == ["Keeping bees"]


def test_a_draft_and_a_thing_without_an_index_have_nothing_near(story):
    assert list(related.near(story, NOBODY)) == []
    assert list(related.near(StoryPage(title="New"), NOBODY)) == []


def test_a_page_that_was_read_before_asks_neither_engine_nor_database(story, bryn, monkeypatch):
    about_bees(GuidanceFactory, "Keeping bees")
    maintenance.rebuild()
    browser = browse(bryn)
    browser.get(story.url)
    monkeypatch.setattr(related.services, "asked", None)
    with CaptureQueriesContext(connection) as captured:
        assert "Near this" in browser.get(story.url).content.decode()
    assert len(captured) <= 12
