"""Makes the demo council large: the same council as a county would have it, for seeing how the hub bears it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from wagtail.models import Page

from communities.models import CommunityPage, Membership, Places, Role
from core import versions
from core.audiences import Audience
from demo.invention import MARK, Inventor
from demo.shapes import Content
from importing.kinds.articles import GuidanceWriter
from importing.kinds.communities import CommunityWriter
from importing.kinds.events import EventWriter
from importing.kinds.people import PersonWriter
from importing.kinds.stories import StoryWriter
from importing.rows import Row
from importing.writing import Lookup, Tally, Writer
from knowledge.models import GuidancePage
from people.choices import Kind
from people.models import User
from search import services as search
from stories.models import StoryPage
from surgeries.models import Session, SurgeryPage

PAGES, PEOPLE, COMMUNITIES = 10_000, 2_000, 300
SESSIONS, GUIDANCE, HOSTS = 3_000, 2_000, 60
AUDIENCES = (Audience.EVERYONE,) * 6 + (Audience.ORGANISATION,) * 3 + (Audience.MEMBERS,)
Step = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Size:
    """How much is to be invented; ``pages`` counts pages of every kind, and what is no community, surgery or guidance
    becomes a story.
    """

    people: int
    communities: int
    pages: int
    guidance: int = GUIDANCE
    sessions: int = SESSIONS
    hosts: int = HOSTS

    @property
    def stories(self) -> int:
        return max(self.pages - self.communities - self.guidance - self.hosts, 0)

    @property
    def steps(self) -> int:
        """How many things that is, for a progress bar."""
        return self.people + self.communities + self.sessions + self.guidance + self.stories


def missing() -> Size:
    """What this hub lacks to be large."""
    return Size(
        people=PEOPLE - User.objects.count(),
        communities=COMMUNITIES - CommunityPage.objects.count(),
        pages=PAGES - Page.objects.count(),
    )


def is_grown() -> bool:
    return StoryPage.objects.filter(imported_id__startswith=f"{MARK}-").exists()


@transaction.atomic
def grow(content: Content, size: Size, seed: int, step: Step) -> None:
    """Write it all in one transaction. The caller brings it to the search index."""
    inventor = Inventor(content, seed, timezone.now())
    with search.paused():
        lookup = Lookup()

        def write(writer: type[Writer[Any, Any]], rows: Iterable[Row]) -> None:
            for done in writer(lookup, "").write(rows, Tally()):
                step(done)

        people = inventor.people(size.people)
        write(PersonWriter, people)
        communities = list(inventor.communities(size.communities, people))
        write(CommunityWriter, communities)
        hosts = [community.title for community in communities[: size.hosts]]
        write(EventWriter, inventor.sessions(size.sessions, hosts, people))
        write(GuidanceWriter, inventor.texts(size.guidance, people))
        write(StoryWriter, inventor.texts(size.stories, people))
        _belong(Random(seed))  # noqa: S311 (content of a demo, not a secret)
        versions.begin_new()


def _belong(chance: Random) -> None:
    """Everything belongs to a community, some of it in private, and people belong to several."""
    User.objects.filter(imported_id__startswith=f"{MARK}-").update(
        audience=Audience.ORGANISATION, audience_token=Audience.ORGANISATION, kind=Kind.STAFF
    )
    communities = list(_invented(CommunityPage))
    for page in communities:
        page.audience = chance.choice(AUDIENCES)
    _save_audiences(communities, ["audience"])
    _fill(communities, chance)
    for model in (StoryPage, GuidancePage):
        pages = list(_invented(model))
        for page in pages:
            page.community, page.audience = chance.choice(communities), chance.choice(AUDIENCES)
        _save_audiences(pages, ["community", "audience"])
    _follow_communities()


def _invented(model: type[models.Model]) -> Any:
    return model._default_manager.filter(imported_id__startswith=f"{MARK}-").order_by("pk")


def _save_audiences(pages: Sequence[Any], fields: list[str]) -> None:
    for page in pages:
        page.audience_token = page.own_audience_token()
    type(pages[0])._default_manager.bulk_update(pages, [*fields, "audience_token"], batch_size=500)


def _fill(communities: Sequence[CommunityPage], chance: Random) -> None:
    """Members, few in most communities and many in some."""
    people = list(_invented(User).values_list("pk", flat=True))
    there = set(Membership.objects.values_list("community_id", "person_id"))
    chosen = {
        (page.pk, person)
        for page in communities
        for person in chance.sample(people, min(len(people), int(3 + 60 * chance.random() ** 3)))
    }
    since = {page.pk: page.first_published_at or timezone.now() for page in communities}
    Membership.objects.bulk_create(
        [
            Membership(community_id=community, person_id=person, role=Role.MEMBER, since=since[community])
            for community, person in sorted(chosen - there)
        ],
        batch_size=500,
    )
    for page in communities:
        Places.objects.filter(community=page).update(taken=Membership.objects.active().filter(community=page).count())


def _follow_communities() -> None:
    """A surgery is as public as its community, and its sessions as the surgery."""
    for page in SurgeryPage.objects.filter(community__imported_id__startswith=f"{MARK}-").select_related("community"):
        page.audience = page.community.audience
        token = page.own_audience_token()
        SurgeryPage.objects.filter(pk=page.pk).update(audience=page.audience, audience_token=token)
        Session.objects.filter(surgery=page).update(audience_token=token)
