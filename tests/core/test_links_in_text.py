"""What a public text says of private things: the words of a link, and neither its address nor anything of a picture."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.base import ContentFile
from wagtail.images.tests.utils import get_test_image_file

from communities.models import CommunityPage
from core.audiences import Audience
from core.models import HubDocument, HubImage
from home.models import HomePage, PlainPage
from people.models import User
from stories.models import StoryPage
from tests.conftest import browse
from tests.factories import (
    CommunityFactory,
    GuidanceFactory,
    SessionFactory,
    StoryFactory,
    SurgeryFactory,
)

MARKER = "quillwort"
WORDS = "the words of the link"


@dataclass
class Hidden:
    """One thing of each kind that a stranger may not see, the marker in all its names."""

    story: StoryPage
    draft: StoryPage
    community: CommunityPage
    image: HubImage
    file: HubDocument

    @property
    def links(self) -> dict[str, str]:
        """A link to each, as an editor's text or an imported one holds it."""
        file = ContentFile(b"x", name="x")
        assert file
        return {
            "page": f'<a linktype="page" id="{self.story.pk}">{WORDS}</a>',
            "draft": f'<a linktype="page" id="{self.draft.pk}">{WORDS}</a>',
            "file": f'<a linktype="document" id="{self.file.pk}">{WORDS}</a>',
            "typed": f'<a href="{self.community.url}">{WORDS}</a>',
            "behind": f'<a href="{self.community.url}members/?page=2#all">{WORDS}</a>',
            "absolute": f'<a href="http://127.0.0.1:8000{self.story.url}">{WORDS}</a>',
            "typed file": f'<a href="{self.file.url}">{WORDS}</a>',
        }


@pytest.fixture
def hidden(home: HomePage, private_community: CommunityPage, settings: Any) -> Hidden:
    settings.WAGTAILADMIN_BASE_URL = "http://127.0.0.1:8000"
    named = {"title": f"{MARKER} thing", "audience": Audience.ORGANISATION}
    community = CommunityFactory(title=f"{MARKER} folk", slug=f"{MARKER}-folk", private=True)
    return Hidden(
        StoryFactory(title=f"{MARKER} story", slug=f"{MARKER}-story", private=True, community=private_community),
        StoryFactory(title=f"{MARKER} draft", slug=f"{MARKER}-draft", live=False),
        community,
        HubImage.objects.create(file=get_test_image_file(filename=f"{MARKER}.png"), **named),
        HubDocument.objects.create(file=ContentFile(b"words", name=f"{MARKER}.txt"), **named),
    )


def _plain(html: str) -> str:
    page = PlainPage(title="Plain", slug="plain-words", audience="everyone", body=[("paragraph", html)])
    return str(HomePage.objects.get().add_child(instance=page).url)


ROOMS: dict[str, Callable[[str], str]] = {
    "a part of a story": lambda html: StoryFactory(what_we_did=html).url,
    "a whole story": lambda html: StoryFactory(body=html).url,
    "guidance": lambda html: GuidanceFactory(body=[("paragraph", html)]).url,
    "a community": lambda html: CommunityFactory(body=[("paragraph", html)]).url,
    "a surgery": lambda html: SurgeryFactory(description=html).url,
    "a session": lambda html: SessionFactory(body=html, title="Own words").url,
    "a session of a surgery": lambda html: SessionFactory(surgery=SurgeryFactory(description=html)).url,
    "a plain page": _plain,
}
KINDS = ("page", "draft", "file", "typed", "behind", "absolute", "typed file")


@pytest.mark.parametrize("room", ROOMS)
def test_a_stranger_reads_the_words_of_every_link_and_no_address(hidden: Hidden, room: str) -> None:
    html = "".join(f"<p>{hidden.links[kind]}</p>" for kind in KINDS)
    shown = browse().get(ROOMS[room](html)).content.decode()
    assert shown.count(WORDS) >= len(KINDS)
    assert MARKER not in shown


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_link_is_followed_by_those_who_may(hidden: Hidden, kind: str, dev: User, carys: User) -> None:
    address = StoryFactory(body=f"<p>{hidden.links[kind]}</p>").url
    readers = {"dev": dev, "carys": carys}
    follow = {name for name, who in readers.items() if f">{WORDS}</a>" in _link(browse(who).get(address))}
    assert follow == {"page": {"dev"}, "absolute": {"dev"}, "file": {"carys"}, "typed file": {"carys"}}.get(kind, set())


def _link(answer: Any) -> str:
    text = answer.content.decode()
    at = text.index(WORDS)
    return text[at - 120 : at + 60] if MARKER in text[at - 120 : at] else ""


def test_a_member_after_a_stranger_gets_their_own_kept_part(hidden: Hidden, dev: User) -> None:
    """And the stranger after them: what is kept is kept for each set of rights."""
    address = GuidanceFactory(body=[("paragraph", f"<p>{hidden.links['page']}</p>")]).url
    told = [MARKER in browse(who).get(address).content.decode() for who in (None, dev, None, dev)]
    assert told == [False, True, False, True]


@pytest.mark.parametrize("page", ["guidance", "community", "plain", "story"])
def test_a_picture_that_a_stranger_may_not_see_is_left_out_with_its_words(
    hidden: Hidden, carys: User, page: str
) -> None:
    address = _with_picture(page, hidden.image)
    stranger, colleague = (browse(who).get(address).content.decode() for who in (None, carys))
    assert MARKER not in stranger
    assert MARKER in colleague


def _with_picture(page: str, image: HubImage) -> str:
    body: Any = [("picture", {"image": image, "caption": f"A caption of {MARKER}"})]
    if page == "story":
        return str(StoryFactory(picture=image).url)
    if page == "plain":
        plain = PlainPage(title="Plain", slug="plain-picture", audience="everyone", body=body)
        return str(HomePage.objects.get().add_child(instance=plain).url)
    return str({"guidance": GuidanceFactory, "community": CommunityFactory}[page](body=body).url)


def test_search_learns_no_caption_that_a_reader_of_the_page_may_not_read(hidden: Hidden) -> None:
    body = [("picture", {"image": hidden.image, "caption": MARKER})]
    assert MARKER not in GuidanceFactory(body=body).text
    assert MARKER in GuidanceFactory(body=body, audience=Audience.ORGANISATION).text


def test_a_community_that_is_not_published_is_not_linked(home: HomePage) -> None:
    community = CommunityFactory(title=f"{MARKER} to be", slug=f"{MARKER}-to-be", live=False, summary=MARKER)
    for page in (StoryFactory, GuidanceFactory, SurgeryFactory):
        assert f"/{MARKER}-to-be/" not in browse().get(page(community=community).url).content.decode()
