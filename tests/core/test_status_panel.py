"""What the editor's status panel says of who may see a page."""

import re
from typing import Any

import pytest

from communities.models import FACILITATOR, CommunityPage
from core.audiences import Audience
from people.models import User
from tests.conftest import browse
from tests.editing import Editor
from tests.factories import CommunityFactory, StoryFactory, make_member


def panel(page: Any, person: User) -> str:
    html = browse(person).get(f"/admin/pages/{page.pk}/edit/").content.decode()
    return re.sub(r" +", " ", re.sub(r"<[^>]+>|\s+", " ", html))


@pytest.mark.parametrize(
    ("of_the_story", "of_the_community", "words"),
    [
        ("everyone", "everyone", "Visible to: everyone"),
        ("organisation", "everyone", "Visible to: the organisation"),
        ("everyone", "organisation", "Visible to: the organisation"),
        ("members", "everyone", "Visible to: the members of Foster Care Together"),
        ("everyone", "members", "Visible to: the members of Foster Care Together"),
    ],
)
def test_it_says_the_true_audience(
    home: Any, hub_team: User, of_the_story: str, of_the_community: str, words: str
) -> None:
    community = CommunityFactory(title="Foster Care Together", audience=of_the_community)
    make_member(hub_team, community, FACILITATOR)
    said = panel(StoryFactory(audience=of_the_story, community=community), hub_team)
    assert words in said
    assert "Visible to all" not in said
    assert "This draft, once published" not in said


def test_it_says_what_the_draft_would_make_of_it(community: CommunityPage, hub_team: User) -> None:
    make_member(hub_team, community, FACILITATOR)
    Editor(hub_team, community).save_draft({"audience": "members"})
    said = panel(community, hub_team)
    assert "Visible to: everyone This draft, once published: its members." in said


def test_what_is_not_live_is_visible_to_nobody_yet(home: Any, hub_team: User) -> None:
    said = panel(StoryFactory(live=False, audience=Audience.ORGANISATION), hub_team)
    assert "Not live yet Once published, visible to: the organisation." in said


def test_a_new_page_says_it_too(home: Any, hub_team: User) -> None:
    index = CommunityFactory().get_parent()
    html = browse(hub_team).get(f"/admin/pages/add/communities/communitypage/{index.pk}/").content.decode()
    assert "Once published, visible to: the organisation." in html


def test_who_may_see_it_stands_among_the_first_fields(community: CommunityPage, hub_team: User) -> None:
    html = browse(hub_team).get(f"/admin/pages/{community.pk}/edit/").content.decode()
    order = [html.index(f'name="{name}"') for name in ("title", "audience", "summary", "purpose")]
    assert order == sorted(order)
