"""What a reader is shown is the same whoever read before them and whatever was kept; a change shows at once to each.

Every page for every viewer, with all that the others left behind, beside the same page with nothing kept.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from communities import services as communities
from communities.models import FACILITATOR as LOOKS_AFTER, Holding, Membership
from communities.models.default_roles import facilitator
from conversations import services as conversations
from conversations.choices import Feeling, Kind
from conversations.models import Conversation, Option, Vote
from conversations.moving import services as moving
from core.audiences import Audience
from core.models import Topic
from people.models import User
from tests.conftest import browse
from tests.factories import CommunityFactory, PersonFactory, StoryFactory, make_member, tell
from tests.visibility.rows import VIEWERS
from tests.visibility.world import World
from thanks import services as thanks

NEAR = re.compile(r'<section class="leaf" aria-labelledby="(?:near|next)-heading">.*?</section>', re.DOTALL)
SECRETS = re.compile(r'name="(?:csrfmiddlewaretoken|key)" value="[^"]*"')


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
    for name, shelves in {"gwen": (public, private), "elin": (world.organisation,)}.items():
        person = PersonFactory(first_name=name.title(), audience=Audience.MEMBERS)
        world.cast[name] = person
        for shelf in shelves:
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


# -- where people talk -------------------------------------------------------------------------------------------------
def answers(world: World) -> None:
    talk = world.public.conversation
    talk.refresh_from_db()
    conversations.reply(talk, "By the lake, too.", world.cast["asha"], key=uuid4(), seen=talk.last_number)


def says_it_otherwise(world: World) -> None:
    post = world.public.conversation.posts.get(author=world.cast["asha"])
    conversations.edit(post, "By the lake, @Bryn Powell.", world.cast["asha"])


def marks_it(world: World) -> None:
    post = world.public.conversation.posts.get(author=world.cast["asha"])
    conversations.mark_answer(post, world.cast["asha"])


def says_a_word(world: World) -> None:
    conversations.react(world.public.conversation.posts.get(number=2), world.cast["bryn"], Feeling.THANKS)


def votes_for_something_else(world: World) -> None:
    option = Option.objects.get(text="Lantern yes")
    Vote.objects.create(poll=option.poll, person=world.cast["bryn"], choices=[option.pk])


def changes_a_name(world: World) -> None:
    for name in ("asha", "bryn"):
        world.cast[name].name = f"{name.title()} Renamed"
        world.cast[name].save()


def speaks_for_nobody_any_more(world: World) -> None:
    make_member(world.cast["carys"], world.public.community, LOOKS_AFTER)
    another_role(world)
    communities.set_roles(world.cast["asha"].memberships.get(), [], by=world.cast["hub_team"])


def removes_a_post(world: World) -> None:
    post = world.public.conversation.posts.get(number=2)
    conversations.remove(post, world.public.person)


def closes_it(world: World) -> None:
    conversations.close(world.public.conversation, world.cast["carys"], "It is said.")


def thanks_for_it(world: World) -> None:
    thanks.show(thanks.give(world.cast["carys"], world.public.person, "You know lanterns."))


def narrows_a_conversation(world: World) -> None:
    Conversation.objects.filter(pk=world.organisation.conversation.pk).update(community=world.public.community)
    talk = Conversation.objects.get(pk=world.public.conversation.pk)
    moving.move(talk, world.organisation.community, world.cast["hub_team"], "It is about ledgers.")


def goes(world: World) -> None:
    world.cast["asha"].delete()


TALK: list[Callable[[World], None]] = [
    *(answers, says_it_otherwise, marks_it, says_a_word, votes_for_something_else, changes_a_name),
    *(speaks_for_nobody_any_more, removes_a_post, closes_it, thanks_for_it, narrows_a_conversation, goes),
]


def talked_at(world: World) -> list[str]:
    """Where one reads what was said."""
    public = world.public
    idea = Conversation.objects.get(kind=Kind.CONSULTATION, community=public.community)
    found = [
        public.conversation.url,
        idea.url,
        f"/conversations/in/{public.community.slug}/",
        "/conversations/?only=all",
    ]
    return [*found, public.community.url, public.person.get_absolute_url()]


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
@pytest.mark.parametrize("deeds", [DEEDS[:9], DEEDS[9:], TALK], ids=["rights", "things", "talk"])
def test_a_change_shows_at_once_to_everybody(world: World, db: Any, deeds: list[Deed]) -> None:
    world = full(deepcopy(world))
    cast = {name: browse(world.cast[name]) for name in (READERS[::2] if deeds is TALK else READERS)}
    talked = talked_at(world)
    places = talked if deeds is TALK else [one for one in addresses(world) if one not in LIKE_OTHERS]
    for browser in cast.values():
        for place in places:
            browser.get(place)
    for deed in deeds:
        deed(world)
        for name, place in product(cast, talked[:2] if deeds is TALK else []):
            cast[name].get(place)  # what was new is read
        kept = {(name, place): shown(cast[name], place) for name in cast for place in places}
        with nothing_kept():
            anew = {(name, place): shown(cast[name], place) for name in cast for place in places}
        assert (deed.__name__, [pair for pair in anew if kept[pair] != anew[pair]]) == (deed.__name__, [])
