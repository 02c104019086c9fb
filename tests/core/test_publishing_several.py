"""Publishing several pages at once asks for what publishing one asks for, and names those that lack it."""

from typing import Any

import pytest
from wagtail.models import Page, get_page_models

from communities.models import CommunityPage
from core.editing.forms import HubPageForm
from core.models import HubPage
from home.models import PlainPage
from people.models import User
from tests.conftest import browse
from tests.core.test_photographs import picture
from tests.editing import Editor
from tests.factories import CommunityFactory, PersonFactory, StoryFactory

UNDESCRIBED = "Nobody has described this picture yet."


def publish(person: User, *pages: Page, **data: str) -> str:
    """Publish these in the explorer, and read the page that follows."""
    address = "/admin/bulk/wagtailcore/page/publish/?" + "&".join(f"id={page.pk}" for page in pages)
    asked = browse(person).get(address).content.decode()
    answer = browse(person).post(f"{address}&next=/admin/images/", data, follow=True)
    assert answer.status_code == 200
    return asked + answer.content.decode().replace("&#x27;", "'")


def live(*pages: Page) -> list[bool]:
    return [Page.objects.get(pk=page.pk).live for page in pages]


def test_a_page_whose_picture_nobody_described_is_named_and_the_others_are_published(hub_team: User, home: Any) -> None:
    lacking = StoryFactory(title="The lane", live=False, picture=picture(description=""))
    ready = StoryFactory(title="The weir", live=False, picture=picture())
    said = publish(hub_team, lacking, ready)
    assert live(lacking, ready) == [False, True]
    assert said.count(UNDESCRIBED) == 2  # before one presses, and after
    assert "“The lane” was not published." in said
    assert "1 page has been published" in said


def test_a_draft_is_asked_and_not_what_is_live(hub_team: User, home: Any) -> None:
    page = StoryFactory(title="The lane")
    page.picture = picture(description="")
    page.save_revision()
    assert UNDESCRIBED in publish(hub_team, page)
    assert type(page).objects.get(pk=page.pk).picture is None


def test_nothing_is_said_to_be_published_where_nothing_is(hub_team: User, home: Any) -> None:
    page = StoryFactory(live=False, picture=picture(description=""))
    assert "published" not in publish(hub_team, page).replace("not published", "").replace("not be published", "")


@pytest.mark.parametrize(
    ("lack", "said"), [("title", "Title: This field cannot be blank."), ("body", "Body: Something")]
)
def test_what_a_draft_may_lack_a_live_page_may_not(hub_team: User, home: Any, lack: str, said: str) -> None:
    page = PlainPage.objects.first()
    setattr(page, lack, {"title": "", "body": [("quote", {"text": ""})]}[lack])
    page.save_revision(clean=False)
    assert said in publish(hub_team, page)


def test_a_new_community_names_its_facilitators_first(hub_team: User, home: Any) -> None:
    lacking, attended = (CommunityFactory(live=False) for _each in range(2))
    attended.first_facilitators.create(person=PersonFactory())
    attended.save_revision()
    assert "Name at least one person who looks after the community" in publish(hub_team, lacking, attended)
    assert live(lacking, attended) == [False, True]


def test_pages_below_are_asked_too(hub_team: User, home: Any) -> None:
    index = Page.objects.get(slug="stories", depth=3)
    lacking, ready = (
        StoryFactory(title="The lane", live=False, picture=picture(description="")),
        StoryFactory(live=False),
    )
    assert "“The lane” was not published." in publish(hub_team, index, include_descendants="on")
    assert live(lacking, ready) == [False, True]


def test_of_many_ten_are_named(hub_team: User, home: Any) -> None:
    pages = StoryFactory.create_batch(12, live=False, picture=picture(description=""))
    said = publish(hub_team, *pages)
    assert said.count("was not published.") == 10
    assert "2 more pages were not published." in said


@pytest.mark.parametrize("model", [model for model in get_page_models() if issubclass(model, HubPage)])
def test_every_form_asks_the_same(model: type[HubPage]) -> None:
    assert issubclass(model.get_edit_handler().get_form_class(), HubPageForm)


def test_a_communitys_form_asks_for_the_description_too(hub_team: User, community: CommunityPage) -> None:
    with pytest.raises(AssertionError, match="Nobody has described"):
        Editor(hub_team, community).publish({"picture": str(picture(description="").pk)})
