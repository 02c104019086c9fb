"""What a community looked after is more public at no later day, when the community is deleted."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from communities.models import CommunityPage
from core.audiences import Audience, may_see
from stories.models import StoryPage
from tests.factories import StoryFactory

AHEAD = timedelta(days=1)


def with_a_date(story: StoryPage) -> Any:
    """A version of ``story`` that is to appear tomorrow."""
    story.title, story.go_live_at = "Quillwort", timezone.now() + AHEAD
    version = story.save_revision()
    version.publish()
    return version


def on_that_day() -> None:
    with time_machine.travel(timezone.now() + 2 * AHEAD):
        call_command("publish_scheduled")


@pytest.mark.parametrize("audience", [Audience.EVERYONE, Audience.MEMBERS])
def test_no_later_version_opens_what_a_private_community_looked_after(
    private_community: CommunityPage, carys: Any, audience: Audience
) -> None:
    story = StoryFactory(community=private_community, audience=audience)
    version = with_a_date(story)
    CommunityPage.objects.get(pk=private_community.pk).delete()
    on_that_day()
    story = StoryPage.objects.get(pk=story.pk)
    assert story.title != "Quillwort"
    assert not may_see(carys, story)
    version.refresh_from_db()
    assert version.as_object().own_audience_token() == "nobody"


def test_what_an_open_community_looked_after_appears_all_the_same(community: CommunityPage, carys: Any) -> None:
    story = StoryFactory(community=community)
    with_a_date(story)
    CommunityPage.objects.get(pk=community.pk).delete()
    on_that_day()
    assert may_see(carys, StoryPage.objects.get(title="Quillwort"))
