"""A word that only a private community uses, in what its members do where they talk: edited, attached, moved together,
closed, voted, thanked for, linked to and told of by e-mail. Nobody outside reads it anywhere.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from communities.models import FACILITATOR
from conversations import services
from conversations.attachments import services as files
from conversations.choices import Kind, Level
from conversations.models import Attachment, Conversation, Delegation
from conversations.moving import services as moving
from core.hub_address import absolute
from core.outbox import drain
from indexing.documents import key_of
from people.models import User
from reading.searches import listings
from tests.conftest import browse
from tests.conversations.saying import answered, begun
from tests.core.pictures import encoded
from tests.factories import PersonFactory, make_member
from tests.indexing import queued
from tests.notifications.mails import bring, bring_what_waits, html, plain
from tests.visibility.promises import OUTSIDERS, says_the_word
from tests.visibility.reading import saved_search_of
from tests.visibility.world import MARKER, World
from thanks import services as thanks
from thanks.thankable import thing_for

WORD = MARKER.title()
LISTS = (
    "/",
    "/conversations/",
    "/conversations/?only=all",
    "/conversations/?only=open",
    "/conversations/in/lantern-folk/",
    "/conversations/promise/",
    "/conversations/listening/",
    "/conversations/ask/?about=grows+by+the+river",
    "/communities/lantern-folk/",
    "/people/dev-anand/",
    "/people/who-knows/?q=grows+by+the+river",
    "/thanks/",
    "/search/?q=grows+by+the+river",
    "/topics/lantern-lore/",
)


@pytest.fixture
def told(world: World, db: Any) -> dict[str, str]:
    """The addresses of what stands in the private community, by what it is; and what Dev says in public beside it."""
    shelf, dev = world.private, User.objects.get(pk=world.cast["dev"].pk)
    kit = make_member(PersonFactory(first_name="Kit"), shelf.community, FACILITATOR).person
    kit = User.objects.get(pk=kit.pk)
    gate = begun(shelf.community, dev, title=f"{WORD} gate", text=f"{WORD} grows by the river.")
    services.set_level(gate, dev, Level.FOLLOW)
    post = answered(gate, kit, f"{WORD} of old.")
    picture = files.take(SimpleUploadedFile(f"{WORD}.png", encoded("PNG", (40, 30))), kit, f"post:{post.pk}")
    files.describe(picture, f"{WORD} in bloom")
    services.edit(post, "It was cut.", kit, bring=lambda one: files.put_to(one, [str(picture.key)], kit))
    aside = begun(shelf.community, dev, title=f"{WORD} aside")
    moving.merge(aside, gate, kit, f"Both about {WORD}.")
    over = begun(shelf.community, dev, title="The wall", text="Who mends it?")
    services.close(over, kit, f"{WORD} holds it.")
    thing = thing_for(kit, key_of(Conversation.objects.get(pk=gate.pk)))
    thanks.show(thanks.give(kit, dev, "That helped.", thing=thing))
    links = "\n\n".join(absolute(one.get_absolute_url()) for one in (gate, over, shelf.person))
    links = f"{absolute(shelf.story.url)}\n\n{absolute(shelf.community.url)}\n\n{links}"
    asked = begun(world.public.community, dev, Kind.QUESTION, title="Who may see this?", text=f"See\n\n{links}")
    answered(gate, kit, f"More of {WORD} to come.")
    queued.drain()
    drain("notices")
    return {
        "gate": gate.url,
        "new posts": f"{gate.url}since/0/",
        "history of a post": f"/conversations/posts/{post.pk}/changes/",
        "aside": aside.url,
        "closed": over.url,
        "picture": Attachment.objects.get(key=picture.key).get_absolute_url(),
        "thanks": "/thanks/",
        "poll": f"{Conversation.objects.get(community=shelf.community, kind=Kind.CONSULTATION).url}poll/",
        "cards": asked.url,
        "his page": "/people/dev-anand/",
    }


def test_nobody_outside_reads_it_where_people_talk(told: dict[str, str], world: World) -> None:
    asked = {*LISTS, *told.values()}
    said = [
        (name, address)
        for name in (*OUTSIDERS, "asha", "bryn")
        for address in sorted(asked)
        if says_the_word(world.browser(name).get(address, follow=True))
    ]
    assert said == []


def test_whoever_belongs_reads_it_at_each_of_them(told: dict[str, str], world: World) -> None:
    """Or else the test above proves nothing."""
    dev = world.browser("dev")
    assert [name for name, address in told.items() if not says_the_word(dev.get(address, follow=True))] == []


def test_no_e_mail_and_no_feed_brings_it_to_anybody_outside(told: dict[str, str], world: World) -> None:
    """Neither at once, nor with what is told once a week."""
    followed = saved_search_of(world.cast["carys"], "grows by the river")
    assert not says_the_word(browse().get(listings.feed(followed)))
    for name in ("carys", "asha", "bryn"):
        calendar = world.cast[name].calendar_key
        assert not says_the_word(browse().get(f"/surgeries/calendar/{calendar}.ics"))
    bring_what_waits()
    for days in range(1, 9):
        bring(timezone.now().replace(hour=9, minute=30) + timedelta(days=days))
    inside = set(world.private.community.memberships.values_list("person__email", flat=True))
    assert {to for one in said_by(mail.outbox) for to in one.to} <= inside
    assert world.cast["dev"].email in {to for one in said_by(mail.outbox) for to in one.to}
    assert {to for one in mail.outbox for to in one.to} - inside  # others were written to


def said_by(mails: Iterable[Any]) -> list[Any]:
    return [one for one in mails if WORD in f"{one.subject} {plain(one)} {html(one)}"]


@pytest.mark.parametrize("field", ["who", "people away"])
def test_a_name_that_one_may_not_see_is_no_name_where_a_delegate_is_named(field: str, world: World, db: Any) -> None:
    """Neither by name nor by address: the form answers as to nonsense."""
    hidden, carys = world.private.person, world.browser("carys")
    day = {"since": str(timezone.localdate()), "until": str(timezone.localdate())}
    typed = [hidden.name, hidden.email, "Nobody Whatsoever"] if field == "who" else [f"{WORD}", "Nob"]
    answers = [carys.post("/conversations/delegates/", {**day, "who": each}) for each in typed]
    assert len({str(answer.context["form"].errors) for answer in answers}) == 1
    assert {answer.status_code for answer in answers} == {422}
    assert not Delegation.objects.exists()
