"""What editors pin to a question, in Wagtail's promoted search results."""

import pytest
from django.urls import reverse
from wagtail.contrib.search_promotions.models import Query, SearchPromotion

from communities.models import CommunityPage
from core.audiences import Audience
from people.models import User
from stories.models import StoryPage
from tests.conftest import browse
from tests.factories import StoryFactory


@pytest.fixture
def story(community: CommunityPage) -> StoryPage:
    return StoryFactory(title="Badges by post", community=community, summary="How to get one.")


def pin(text: str, **what: object) -> None:
    SearchPromotion.objects.create(query=Query.get(text), **what)


def found(text: str, person: User | None = None) -> str:
    return browse(person).get("/search/", {"q": text}).content.decode()


def test_what_is_pinned_stands_first_however_it_is_typed(story: StoryPage) -> None:
    pin("blue badge", page=story, description="Start here.")
    page = found("  Blue   BADGE ")
    assert "Badges by post" in page
    assert "Start here." in page
    assert "Badges by post" not in found("parking")


def test_an_address_outside_may_be_pinned(story: StoryPage) -> None:
    pin("bins", external_link_url="https://bins.example.org/", external_link_text="The calendar of the bins")
    assert 'href="https://bins.example.org/"' in found("bins")


def test_what_is_pinned_is_shown_to_its_audience_alone(story: StoryPage, bryn: User) -> None:
    pin("blue badge", page=story)
    story.audience = Audience.MEMBERS
    story.save()
    assert "Badges by post" in found("blue badge", bryn)
    assert "Badges by post" not in found("blue badge")
    story.unpublish()
    assert "Badges by post" not in found("blue badge", bryn)


def test_an_editor_pins_in_the_editor(story: StoryPage, hub_team: User) -> None:
    assert browse(hub_team).get(reverse("wagtailsearchpromotions:add")).status_code == 200
