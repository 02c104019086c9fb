"""Photographs that people upload stand in lists in the place of drawings, for those who may see them, and described."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page

from communities.models import CommunityPage
from core.audiences import Audience
from core.models import HubImage
from people.models import User
from stories.models import StoryPage
from tests.conftest import browse
from tests.factories import CommunityFactory, StoryFactory

ALT = "Two people lift a gate out of the mud"


def picture(audience: Audience = Audience.ORGANISATION, **values: Any) -> HubImage:
    values = {"description": ALT, **values}
    return HubImage.objects.create(title="IMG_1234.jpg", file=get_test_image_file(), audience=audience, **values)


@pytest.fixture
def pictured(community: CommunityPage) -> StoryPage:
    """A public story and a public community, each with a photograph for the organisation."""
    community.picture = picture()
    community.save()
    return StoryFactory(title="The lane", picture=picture(), community=community)


LISTS = ("/", "/stories/", "/stories/{story}/", "/communities/", "/communities/foster-care-together/")


@pytest.mark.parametrize("address", LISTS)
def test_a_photograph_stands_where_a_drawing_would(pictured: StoryPage, carys: User, address: str) -> None:
    page = browse(carys).get(address.format(story=pictured.slug)).content.decode()
    assert f'alt="{ALT}"' in page
    assert "/media/images/" in page


@pytest.mark.parametrize("address", LISTS)
def test_who_may_not_see_it_is_shown_the_drawing_and_told_nothing_of_it(pictured: StoryPage, address: str) -> None:
    page = browse().get(address.format(story=pictured.slug)).content.decode()
    assert not any(word in page for word in (ALT, "IMG_1234", "/media/"))
    assert "/art/" in page


def test_a_photograph_that_becomes_private_goes_from_lists_at_once(pictured: StoryPage) -> None:
    HubImage.objects.get(pk=pictured.picture_id).delete()
    pictured.picture = picture(Audience.EVERYONE)
    pictured.save()
    assert ALT in browse().get("/stories/").content.decode()
    pictured.picture.audience = Audience.ORGANISATION
    pictured.picture.save()
    assert ALT not in browse().get("/stories/").content.decode()


def test_a_photograph_that_only_decorates_is_passed_over_by_ear(home: Any) -> None:
    StoryFactory(picture=picture(Audience.EVERYONE, description="", only_decorates=True))
    page = browse().get("/stories/").content.decode()
    assert "IMG_1234" not in page
    assert 'class="photograph"' in page


def test_a_lost_file_leaves_the_drawing(home: Any) -> None:
    image = picture(Audience.EVERYONE)
    image.file.storage.delete(image.file.name)
    StoryFactory(picture=image)
    page = browse().get("/stories/")
    assert page.status_code == 200
    assert 'class="photograph"' not in page.content.decode()


@pytest.mark.parametrize(("address", "make"), [("/stories/", StoryFactory), ("/communities/", CommunityFactory)])
def test_a_list_asks_no_more_for_many_photographs(carys: User, address: str, make: Any) -> None:
    counts = []
    for _round in range(2):
        for _each in range(3):
            make(picture=picture())
        browse(carys).get(address)  # makes the sizes, once for ever
        HubImage.objects.first().save()  # a new edition: nothing is kept
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert browse(carys).get(address).content.decode().count('class="photograph"') == 3 * (_round + 1)
        counts.append(len(queries))
    assert counts[0] == counts[1]


# -- described before it is published ----------------------------------------------------------------------------------
def story_form(image: HubImage, **deed: str) -> dict[str, Any]:
    formsets = {
        f"{name}-{count}": "0"
        for name in ("author_links", "comments")
        for count in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
    }
    parts = dict.fromkeys(("need", "what_we_did", "what_changed", "evidence", "reuse", "body"), "null")
    told = {"title": "The lane", "slug": "the-lane", "audience": "organisation", "told_on": "2030-01-01"}
    return {**formsets, **parts, **told, "picture": str(image.pk), **deed}


PUBLISH = {"action-publish": "action-publish"}


@pytest.mark.parametrize(
    ("values", "deed", "is_saved"),
    [
        ({"description": ""}, PUBLISH, False),
        ({"description": ""}, {}, True),
        ({"description": "", "only_decorates": True}, PUBLISH, True),
        ({}, PUBLISH, True),
    ],
)
def test_a_picture_is_described_before_its_page_is_published_and_not_before_a_draft_is_saved(
    hub_team: User, values: dict[str, Any], deed: dict[str, str], is_saved: bool
) -> None:
    index = Page.objects.get(slug="stories", depth=3)
    address = f"/admin/pages/add/stories/storypage/{index.pk}/"
    response = browse(hub_team).post(address, story_form(picture(**values), **deed))
    assert StoryPage.objects.exists() == is_saved
    assert is_saved or "Nobody has described this picture yet." in response.content.decode()


def test_a_picture_among_words_is_described_or_said_to_decorate() -> None:
    from core.blocks import PictureBlock

    assert {"image", "caption"} == set(PictureBlock().child_blocks)
    assert {"decorative", "alt_text"} <= set(PictureBlock().child_blocks["image"].child_blocks)
