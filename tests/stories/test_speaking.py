"""What is said for a community is marked so, by whoever has the right to say it."""

from typing import Any

import pytest
from django.forms.utils import ErrorDict

from communities.choices import Capability
from communities.grants import services
from communities.models import CommunityPage
from core.editing.publishing import gaps_of
from people.models import User
from stories.models import StoryPage
from tests.communities.granting import CABINET, given
from tests.conftest import browse
from tests.editing import Editor
from tests.factories import StoryFactory, tell


@pytest.fixture
def story(community: CommunityPage, bryn: User) -> StoryPage:
    page: StoryPage = tell(StoryFactory(community=community), bryn)
    return page


def refusal(person: User, story: StoryPage) -> Any:
    """What stands in the way of somebody who sets the mark in the editor."""
    form = StoryPage.get_edit_handler().get_form_class()(instance=story, for_user=person)
    form.cleaned_data, form._errors = {"speaks": True, "community": story.community}, ErrorDict()
    form._clean_speaks(story.community)
    return form.errors.get("speaks")


def test_only_with_the_right(story: StoryPage, bryn: User, asha: User, hub_team: User) -> None:
    assert refusal(bryn, story)
    assert not refusal(asha, story)
    grant = given(story.community, hub_team, Capability.SPEAK)
    assert not refusal(bryn, story)
    services.withdraw(grant, hub_team, CABINET, "It was a mistake.")
    assert refusal(bryn, story)


def test_readers_see_in_whose_name_it_is_told(story: StoryPage, hub_team: User) -> None:
    assert browse().get(story.url).context["page"].is_said_for is None
    Editor(hub_team, story).send({"speaks": "on"}, "action-publish")
    assert browse().get(story.url).context["page"].is_said_for == story.community


def test_what_waits_to_appear_says_when_nobody_may_speak_any_more(
    story: StoryPage, community: CommunityPage, bryn: User, hub_team: User
) -> None:
    grant = given(community, hub_team, Capability.SPEAK)
    Editor(hub_team, story).save_draft({"speaks": "on"})
    story.refresh_from_db()
    assert not gaps_of(story)
    services.withdraw(grant, hub_team, CABINET, "It was a mistake.")
    assert gaps_of(story)
