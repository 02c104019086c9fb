"""Where old addresses lead: a page's own, and those of the rooms below it."""

from typing import Any

import pytest

from communities.models import CommunityPage
from core.audiences import Audience
from tests.conftest import browse
from tests.factories import GuidanceFactory, StoryFactory

Commit = Any
OLD, NEW = "/communities/foster-care-together", "/communities/kinship-care"


@pytest.fixture
def renamed(community: CommunityPage, django_capture_on_commit_callbacks: Commit) -> CommunityPage:
    """Foster Care Together, now at another address."""
    rename(community, "kinship-care", django_capture_on_commit_callbacks)
    return community


def rename(page: Any, slug: str, commit: Commit) -> None:
    page.slug = slug
    with commit(execute=True):
        page.save()


@pytest.mark.parametrize("below", ["", "members/", "join/", "leave/", "members/?page=2"])
def test_addresses_below_a_renamed_community_follow_it(renamed: CommunityPage, asha: Any, below: str) -> None:
    answer = browse(asha).get(f"{OLD}/{below}")
    assert (answer.status_code, answer["Location"].removeprefix("http://localhost")) == (301, f"{NEW}/{below}")


def test_they_follow_it_again(renamed: CommunityPage, django_capture_on_commit_callbacks: Commit) -> None:
    rename(renamed, "kin", django_capture_on_commit_callbacks)
    for old in (OLD, NEW):
        assert browse().get(f"{old}/members/")["Location"].endswith("/communities/kin/members/")


def test_who_pressed_join_before_the_renaming_is_in(renamed: CommunityPage, carys: Any) -> None:
    answer = browse(carys).post(f"{OLD}/join/", {"note": "I foster."})
    assert (answer.status_code, answer["Location"].removeprefix("http://localhost")) == (308, f"{NEW}/join/")


def test_a_check_of_renamed_guidance_arrives(
    community: CommunityPage, asha: Any, django_capture_on_commit_callbacks: Commit
) -> None:
    page = GuidanceFactory(slug="damp", community=community)
    rename(page, "damp-and-mould", django_capture_on_commit_callbacks)
    answer = browse(asha).post("/guidance/damp/checked/")
    assert (answer.status_code, answer["Location"]) == (308, page.url + "checked/")


@pytest.mark.parametrize("below", ["", "members/", "leave/"])
def test_a_stranger_keeps_the_404(
    renamed: CommunityPage, carys: Any, django_capture_on_commit_callbacks: Commit, below: str
) -> None:
    renamed.audience = Audience.MEMBERS
    renamed.save()
    assert browse(carys).get(f"{OLD}/{below}").status_code == 404


@pytest.mark.parametrize("below", ["nothing/", "members/nothing/", "members/1/2/3/4/5/6/"])
def test_what_no_room_serves_is_led_nowhere(renamed: CommunityPage, below: str) -> None:
    assert browse().get(f"{OLD}/{below}").status_code == 404


def test_a_moved_page_takes_what_is_below_it_along(
    community: CommunityPage, django_capture_on_commit_callbacks: Commit
) -> None:
    page = community.get_parent().specific
    page.slug = "circles"
    with django_capture_on_commit_callbacks(execute=True):
        page.save()
    assert browse().get(f"{OLD}/")["Location"].endswith("/circles/foster-care-together/")


# -- drafts ------------------------------------------------------------------------------------------------------------
def test_a_draft_that_was_never_published_leaves_no_old_address(
    home: Any, django_capture_on_commit_callbacks: Commit
) -> None:
    story = StoryFactory(slug="secret-plan", live=False)
    rename(story, "other-plan", django_capture_on_commit_callbacks)
    story.slug = "a-plan"
    with django_capture_on_commit_callbacks(execute=True):
        story.save_revision().publish()
    assert browse().get("/stories/secret-plan/").status_code == 404
    assert browse().get("/stories/other-plan/").status_code == 404
    assert browse().get("/stories/a-plan/").status_code == 200


def test_a_draft_takes_no_old_address_from_a_live_page(home: Any, django_capture_on_commit_callbacks: Commit) -> None:
    live = StoryFactory(slug="lane")
    rename(live, "the-lane", django_capture_on_commit_callbacks)
    draft = StoryFactory(slug="lane", live=False)
    rename(draft, "another", django_capture_on_commit_callbacks)
    assert browse().get("/stories/lane/")["Location"].endswith("/stories/the-lane/")
