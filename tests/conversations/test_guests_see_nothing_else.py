"""A guest of one conversation of a private community gets what a stranger gets, but for that conversation; and in it
nothing of what stands round it, however the members put it in.
"""

import uuid
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from communities.models import FACILITATOR
from conversations import services
from conversations.choices import Kind, Voters
from conversations.models import Conversation, Guest
from conversations.moving import services as moving
from conversations.polls import services as polls
from core.hub_address import absolute
from core.outbox import drain
from people.models import User
from tests.conftest import browse
from tests.conversations.guesting import reads
from tests.conversations.saying import answered, begun
from tests.factories import PersonFactory, make_member
from tests.indexing import queued
from tests.notifications.mails import bring_what_waits, html, plain
from tests.visibility import ROWS
from tests.visibility.routes import answer_of
from tests.visibility.world import MARKER, Shelf

ROOMS = ("communities", "conversations", "people", "surgeries", "thanks", "rights")


def let_in(person: User, talk: Conversation, sponsor: User) -> None:
    terms = {"community": talk.community, "email": person.email, "person": person, "sponsor": sponsor}
    Guest.objects.create(conversation=talk, until=timezone.localdate(), **terms)


def test_a_guest_gets_what_a_stranger_gets_but_for_the_conversation(world, db):
    """Of a private community, at every address of it, its people and what it looks after."""
    shelf, strange = world.private, PersonFactory(first_name="Zara", resident=True)
    gail = PersonFactory(first_name="Gail", partner=True)
    let_in(gail, shelf.conversation, shelf.person)
    assert reads(gail, shelf.conversation)
    opened = {f"/conversations/{shelf.conversation.pk}/", "/conversations/posts/", "/conversations/files/"}
    differs = []
    for name, row in ROWS.items():
        if not name.startswith(ROOMS) and "." not in name:
            continue
        if any(row.address(shelf).startswith(start) for start in opened):
            continue
        if answer_of(row.ask(browse(gail), shelf)) != answer_of(row.ask(browse(strange), shelf)):
            differs.append(name)
    assert not differs


SURFACES = ("/", "/conversations/", "/conversations/?only=all", "/communities/", "/people/", "/stories/", "/inbox/")
SURFACES += ("/search/?q=grows+by+the+water", "/people/who-knows/?q=grows", "/conversations/ask/?about=water")
SURFACES += (
    "/search/suggestions/?q=quillw",
    "/people/?q=quillw",
    "/conversations/listening/",
    "/conversations/promise/",
)
OF_TALK = ("", "since/0/", "names/?q=quillw", "names/?q=", "poll/", "new/")
KNOWN = (f"{MARKER} folk", f"{MARKER} reader", f"{MARKER}-reader", f"{MARKER}-folk")
"""The names of the community and of those who write in the conversation; the address is in both."""


@pytest.fixture
def gate(world: Any, db: Any) -> tuple[Conversation, Shelf, User]:
    """A conversation that others link to, put things into, take things out of and vote in; and its guest."""
    shelf, gail = world.private, PersonFactory(first_name="Gail", partner=True)
    links = "\n\n".join(absolute(one.url) for one in (shelf.story, shelf.guidance, shelf.conversation))
    talk = begun(shelf.community, shelf.person, Kind.DISCUSSION, title="The gate", text=f"Who has a key?\n\n{links}")
    aside = answered(talk, shelf.person, "Something else.")
    kit = make_member(PersonFactory(first_name="Kit"), shelf.community, FACILITATOR).person
    moving.split(talk, [aside.number], Kind.DISCUSSION, f"About {MARKER}", kit, "It is about something else.")
    polls.set_up(talk, shelf.person, "Where?", ["Mill", "Weir"], is_secret=False, voters=Voters.MEMBERS)
    let_in(gail, talk, shelf.person)
    browse(gail).get(talk.url)
    browse(gail).post(f"/conversations/{talk.pk}/follow/follow/")
    queued.drain()
    return talk, shelf, gail


def told_of(page: str, shelf: Shelf) -> list[str]:
    """What a page says beside the addresses that somebody typed."""
    page = page.lower()
    for known in (*KNOWN, shelf.story.url, shelf.guidance.url):
        page = page.replace(known, "")
    return [page[at - 80 : at + 60] for at in [page.find(MARKER)] if at >= 0]


def test_no_word_of_the_community_is_on_any_surface_of_a_guest(gate):
    talk, shelf, gail = gate
    browser = browse(gail)

    def read(address: str) -> str:
        return browser.get(address, follow=True).content.decode()

    addresses = [*SURFACES, *(f"{talk.url}{each}" for each in OF_TALK)]
    found = [(each, told) for each in addresses if (told := told_of(read(each), shelf))]
    assert not found


def test_no_word_of_the_community_is_in_what_a_guest_previews_or_is_told(gate):
    """Whoever knows an address of something closed learns nothing of it by typing it."""
    talk, shelf, gail = gate
    typed = "\n\n".join([absolute(shelf.story.url), absolute(shelf.conversation.url)])
    form = {"key": str(uuid.uuid4()), "seen": "9", "text": typed, "deed": "preview"}
    preview = browse(gail).post(talk.url, form).content.decode().split("<textarea")[0]
    before = len(mail.outbox)
    services.reply(talk, f"See\n\n{absolute(shelf.story.url)}", shelf.person, key=uuid.uuid4(), seen=99)
    drain("notices")
    bring_what_waits()
    mine = [one for one in mail.outbox[before:] if one.to == [gail.email]]
    assert mine
    told = [told_of(text, shelf) for one in mine for text in (plain(one), html(one))]
    assert [told_of(preview, shelf), *told] == [[] for _each in [preview, *told]]
