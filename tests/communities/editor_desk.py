"""A hub as those meet it in the editor who write for one community: theirs, somebody else's, and a closed one."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, Workflow

from communities.choices import Capability
from communities.models import CommunityPage, Role
from core.audiences import Audience
from people.models import User
from stories.models import StoryPage
from surgeries.models import Session
from tests.communities.granting import given
from tests.conftest import browse
from tests.factories import (
    CommunityFactory,
    GuidanceFactory,
    PersonFactory,
    SessionFactory,
    StoryFactory,
    SurgeryFactory,
    make_member,
)

WORDS = {"own": "lantern", "foreign": "teasel", "closed": "quillwort"}
STATES = ("live", "draft", "locked", "in_workflow", "scheduled", "on_the_way")
WRITTEN_WITH = (
    Capability.EDIT_PAGE,
    Capability.WRITE_STORIES,
    Capability.PUBLISH_STORIES,
    Capability.GUIDANCE,
    Capability.SURGERIES,
)


@dataclass
class Shelf:
    """One community, a story of it in each state, and one of each other kind."""

    community: CommunityPage
    stories: dict[str, StoryPage] = field(default_factory=dict)
    others: dict[str, Page] = field(default_factory=dict)
    session: Session | None = None

    def pages(self) -> dict[str, Page]:
        return {"community": self.community, **self.stories, **self.others}


@dataclass
class Desk:
    """Three shelves, and who sits at them."""

    own: Shelf
    foreign: Shelf
    closed: Shelf
    index: Page
    people: dict[str, User]

    def browser(self, who: str) -> Client:
        return browse(self.people[who])


def build(facilitate: Callable[[User, CommunityPage], Any]) -> Desk:
    shelves = {name: _shelf(name, word) for name, word in WORDS.items()}
    people = {name: PersonFactory(first_name=name.title()) for name in ("facilitator", "inside", "member", "editor")}
    people["hub_team"] = User.objects.create_superuser("hub.team@example.org", "a long enough password")
    people["editor"].groups.add(Group.objects.get(name="Moderators"))
    facilitate(people["facilitator"], shelves["own"].community)
    facilitate(people["inside"], shelves["closed"].community)
    for name in ("member", "editor"):
        make_member(people[name], shelves["closed"].community)
    draft_into(shelves["own"].stories["on_the_way"], shelves["foreign"].community)
    for name in ("foreign", "closed"):
        shelves[name].stories["moved"] = _moved(shelves["own"].community, shelves[name], people["facilitator"])
    return Desk(**shelves, index=Page.objects.get(slug="stories", depth=3), people=people)


def holders(desk: Desk) -> dict[str, Client]:
    """For each capability that opens the editor somebody who has it in the own community by a grant, and nothing
    else.
    """
    browsers = {}
    for capability in WRITTEN_WITH:
        role = Role.objects.create(name=f"Only {capability.label}", slug=f"only-{capability.value}".replace("_", "-"))
        person = PersonFactory(first_name=capability.label)
        make_member(person, desk.own.community, role.slug)
        given(desk.own.community, desk.people["hub_team"], capability, role=role)
        browsers[capability.value] = browse(person)
    return browsers


def _shelf(name: str, word: str) -> Shelf:
    audience = Audience.MEMBERS if name == "closed" else Audience.EVERYONE
    title = word.title()
    community = CommunityFactory(title=f"{title} folk", slug=f"{word}-folk", audience=audience)
    common: dict[str, Any] = {"community": community, "audience": audience}
    shelf = Shelf(community)
    for state in STATES:
        is_live = state in {"live", "locked", "on_the_way"}
        story = StoryFactory(title=f"{title} {state}", slug=f"{word}-{state}", live=is_live, **common)
        story.save_revision()
        shelf.stories[state] = _in_state(story, state)
    shelf.stories["alias"] = shelf.stories["live"].create_alias(update_slug=f"{word}-alias")
    shelf.others["guidance"] = GuidanceFactory(title=f"{title} guidance", slug=f"{word}-guidance", **common)
    shelf.others["surgery"] = surgery = SurgeryFactory(title=f"{title} hours", slug=f"{word}-hours", **common)
    shelf.session = SessionFactory(surgery=surgery, title=f"{title} session")
    return shelf


def _in_state(story: StoryPage, state: str) -> StoryPage:
    if state == "locked":
        Page.objects.filter(pk=story.pk).update(locked=True)
    if state == "in_workflow":
        Workflow.objects.get(active=True).start(story, None)
    if state == "scheduled":
        story.go_live_at = timezone.now() + timedelta(days=30)
        story.save_revision().publish()
    return StoryPage.objects.get(pk=story.pk)


def _moved(once: CommunityPage, shelf: Shelf, owner: User) -> StoryPage:
    """A story that ``once`` had, by one of its own, which another community has now."""
    word = shelf.community.title.split()[0]
    story = StoryFactory(title="Lantern before", slug=f"{word.lower()}-moved", community=once, owner=owner)
    story.save_revision(user=owner).publish()
    story.refresh_from_db()
    story.title, story.community, story.audience = f"{word} moved", shelf.community, shelf.stories["live"].audience
    story.save_revision(user=owner).publish()
    return StoryPage.objects.get(pk=story.pk)


def draft_into(story: StoryPage, community: CommunityPage) -> None:
    """The newest draft of ``story`` names another community."""
    draft = StoryPage.objects.get(pk=story.pk)
    draft.community = community
    draft.save_revision()
