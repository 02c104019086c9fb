"""What a reader is shown is the same whoever read before them and whatever was kept; a change shows at once to each.

Every page for every viewer, with all that the others left behind, beside the same page with nothing kept.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from communities.models import Holding, Membership
from communities.models.default_roles import facilitator
from core.audiences import Audience
from core.models import Topic
from people.models import User
from tests.conftest import browse
from tests.factories import CommunityFactory, PersonFactory, StoryFactory, make_member, tell
from tests.visibility.rows import VIEWERS
from tests.visibility.world import World

NEAR = re.compile(r'<section class="leaf" aria-labelledby="(?:near|next)-heading">.*?</section>', re.DOTALL)
SECRETS = re.compile(r'csrfmiddlewaretoken" value="[^"]*"')


class NothingKept:
    """A cache that keeps nothing."""

    def get(self, _key: str) -> None:
        return None

    def set(self, *_arguments: Any) -> None:
        return None


@contextmanager
def nothing_kept() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("core.fragments.cache", NothingKept())
        yield


def full(world: World) -> World:
    """The world with what is hard to keep apart: people whom only fellow members see, links into what is closed, a
    story of no community.
    """
    public, private = world.public, world.private
    for name, communities in {"gwen": (public, private), "elin": (world.organisation,)}.items():
        person = PersonFactory(first_name=name.title(), audience=Audience.MEMBERS)
        world.cast[name] = person
        for shelf in communities:
            make_member(person, shelf.community)
        tell(public.story, person)
    for page in (public.story, public.surgery):
        setattr(page, "need" if page is public.story else "description", _leading_to(private.story.pk))
        page.save_revision().publish()
    tell(StoryFactory(title="Of no community", community=None, audience=Audience.EVERYONE), world.cast["gwen"])
    return world


def _leading_to(pk: int) -> str:
    return f'<p>As <a linktype="page" id="{pk}">they tell</a>.</p>'


def addresses(world: World) -> list[str]:
    """One page of every kind, of each audience."""
    found = ["/", "/stories/", "/communities/", "/guidance/", "/surgeries/", "/people/", "/stories/of-no-community/"]
    for shelf in (world.public, world.private):
        pages = (shelf.community, shelf.story, shelf.guidance, shelf.surgery, shelf.session)
        found += [str(page.url) for page in pages]
        found += [shelf.person.get_absolute_url(), f"/topics/{shelf.community.topics.first().slug}/"]
    return found


def shown(browser: Client, address: str) -> str:
    """The main part of a page, without what is chosen anew now and then, and without what nobody keeps."""
    response = browser.get(address)
    text = response.content.decode()
    main = text.partition("<main")[2].partition("</main>")[0] if response.status_code == 200 else ""
    return f"{response.status_code} {SECRETS.sub('', NEAR.sub('', main))}"


@pytest.mark.slow
def test_whoever_read_before_changes_nothing(world: World, db: Any) -> None:
    """First those with the least rights come first, then those with the most."""
    world = full(deepcopy(world))
    viewers = {name: browse(world.cast[name]) for name in [*VIEWERS, "gwen", "elin"]}
    places = addresses(world)
    with nothing_kept():
        alone = {(name, place): shown(viewers[name], place) for name in viewers for place in places}
    for order in (1, -1):
        cache.clear()
        kept = {(name, place): shown(viewers[name], place) for name in [*viewers][::order] for place in places}
        assert (order, [pair for pair in alone if kept[pair] != alone[pair]]) == (order, [])


# -- and after every change --------------------------------------------------------------------------------------------
def joins(world: World) -> None:
    browse(world.cast["carys"]).post(f"{world.public.community.url}join/", {"note": ""})


def becomes_a_fellow(world: World) -> None:
    """Somebody whom only fellow members see joins another community: its members see them everywhere from now on."""
    make_member(world.cast["elin"], world.public.community)


def leaves(world: World) -> None:
    browse(world.cast["dev"]).post(f"{world.private.community.url}leave/")


def narrows(world: World) -> None:
    page = world.public.community
    page.refresh_from_db()
    page.audience = Audience.MEMBERS
    page.save_revision().publish()


def moves_a_story(world: World) -> None:
    story = world.public.story
    story.refresh_from_db()
    story.community = world.private.community
    story.save_revision().publish()


def takes_down_guidance(world: World) -> None:
    world.public.guidance.specific.unpublish()


def opens_what_a_link_leads_to(world: World) -> None:
    story = world.private.story
    story.refresh_from_db()
    story.community, story.audience = None, Audience.EVERYONE
    story.save_revision().publish()


def hides_a_person(world: World) -> None:
    world.public.person.audience = Audience.MEMBERS
    world.public.person.save()


def switches_somebody_off(world: World) -> None:
    User.objects.filter(pk=world.public.person.pk).update(is_active=False)


def renames_a_topic(world: World) -> None:
    topic = Topic.objects.get(slug="lantern-lore")
    topic.name = "Lamps"
    topic.save()


def loses_a_topic(world: World) -> None:
    Topic.objects.get(slug="lantern-lore").delete()


def cancels(world: World) -> None:
    world.public.session.status = "cancelled"
    world.public.session.save(update_fields=["status"])


def moves_a_session(world: World) -> None:
    world.public.session.surgery = world.private.surgery
    world.public.session.save()


def mentors_another(world: World) -> None:
    world.public.session.mentors.set([world.cast["bryn"]])


def a_person_goes(world: World) -> None:
    world.public.person.delete()


def a_community_goes(world: World) -> None:
    world.private.community.delete()


def another_role(world: World) -> None:
    Holding.objects.create(membership=Membership.objects.get(person=world.cast["bryn"]), role=facilitator())


def tells_a_story(world: World) -> None:
    tell(
        StoryFactory(title="A new one", community=CommunityFactory(), told_on=timezone.localdate()), world.cast["asha"]
    )


Deed = Callable[[World], None]
DEEDS: list[Deed] = [
    *(joins, becomes_a_fellow, leaves, narrows, moves_a_story, takes_down_guidance, opens_what_a_link_leads_to),
    *(hides_a_person, switches_somebody_off, renames_a_topic, loses_a_topic, cancels, moves_a_session),
    *(mentors_another, a_person_goes, a_community_goes, another_role, tells_a_story),
]
READERS = ("nobody", "carys", "bryn", "dev")
LIKE_OTHERS = {"/people/quillwort-reader/", "/topics/quillwort-lore/", "/guidance/quillwort-guidance/"}
"""Addresses whose like, of another audience, is asked for too."""


@pytest.mark.slow
@pytest.mark.parametrize("deeds", [DEEDS[:9], DEEDS[9:]], ids=["rights", "things"])
def test_a_change_shows_at_once_to_everybody(world: World, db: Any, deeds: list[Deed]) -> None:
    world = full(deepcopy(world))
    cast = {name: browse(world.cast[name]) for name in READERS}
    places = [place for place in addresses(world) if place not in LIKE_OTHERS]
    for browser in cast.values():
        for place in places:
            browser.get(place)
    for deed in deeds:
        deed(world)
        kept = {(name, place): shown(cast[name], place) for name in cast for place in places}
        with nothing_kept():
            anew = {(name, place): shown(cast[name], place) for name in cast for place in places}
        assert (deed.__name__, [pair for pair in anew if kept[pair] != anew[pair]]) == (deed.__name__, [])
