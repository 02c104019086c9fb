"""Somebody writes, invites, merges or locks while what ends it is being committed: they wait for it, and are refused.

Each pair stands beside the same pair without its lock: if that test fails, the other proves nothing.
"""

import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from threading import Event
from time import monotonic, sleep
from typing import Any
from unittest import mock

import pytest
from django.db import connection, transaction
from django.utils import timezone

from accounts.invitations import services as invitations
from accounts.invitations.pasted_addresses import Addressee
from communities.models import FACILITATOR, CommunityPage
from conversations import services as talk
from conversations.guests import services as guests
from conversations.models import Conversation, Guest
from conversations.moving import services as moving
from conversations.permissions import part_of
from conversations.services import posting
from indexing.documents import key_of
from people.choices import PersonKind as Belongs
from people.models import User
from tests import racing
from tests.conversations.saying import begun
from tests.factories import CommunityFactory, PersonFactory, make_member
from tests.racing import PATIENCE, at_once, seen_by_threads

pytestmark = [racing.with_threads, pytest.mark.postgresql]  # SQLite lets one write at a time
FIRST, SECOND = 0, 1
# Of this database alone: tests that run beside this one wait in theirs.
WAITS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


@dataclass
class Scene:
    """One conversation with Gail as its guest, another one without guests, and a community to move to. Kit and Mo
    facilitate both.
    """

    talk: Conversation
    other: Conversation
    guest: Guest
    elsewhere: CommunityPage
    kit: User
    mo: User
    gail: User


Deed = Callable[[Scene], Any]


def write(scene: Scene) -> None:
    talk.reply(scene.talk, "Long ones.", scene.gail, key=uuid.uuid4(), seen=99)


def write_as_member(scene: Scene) -> None:
    talk.reply(scene.talk, "Long ones.", scene.mo, key=uuid.uuid4(), seen=99)


def invite_to(name: str, by: str = "kit") -> Deed:
    def deed(scene: Scene) -> None:
        into, inviting = getattr(scene, name), getattr(scene, by)
        terms = {"purpose": "Locks.", "review_on": timezone.localdate() + timedelta(9), "sponsor": scene.kit}
        offer = invitations.Offer(Belongs.PARTNER, into=key_of(into), organisation="Lakeside", **terms)
        if not guests.invite(into, offer, [Addressee("new@example.org")], inviting):
            raise talk.CannotPost("They are asked already.")

    return deed


def merge_away(scene: Scene) -> None:
    moving.merge(scene.talk, scene.other, scene.mo, "The same.")


def merge_back(scene: Scene) -> None:
    moving.merge(scene.other, scene.talk, scene.kit, "The same.")


def close(scene: Scene) -> None:
    talk.close(scene.talk, scene.kit, "We take the long ones.")


def lock(scene: Scene) -> None:
    moving.lock(scene.talk, scene.kit, 1, "Sleep on it.")


def move(scene: Scene) -> None:
    moving.move(scene.talk, scene.elsewhere, scene.kit, "There.")


ENDS_A_GUESTS_PART: dict[str, Deed] = {
    "their invitation is taken back": lambda scene: guests.end(scene.guest, scene.kit),
    "their last day is set back": lambda scene: guests.keep(scene.guest, yesterday(), scene.kit),
    "they leave": lambda scene: guests.end(scene.guest, scene.gail),
    "it is closed": close,
    "it is locked": lock,
    "it is moved": move,
    "it is merged": merge_away,
    "it is removed": lambda scene: talk.remove(scene.talk.posts.get(), scene.kit),
    "it is deleted": lambda scene: scene.talk.delete(),
}
PAIRS: dict[str, tuple[Deed, Deed]] = {
    **{f"a guest writes as {how}": (deed, write) for how, deed in ENDS_A_GUESTS_PART.items()},
    "a guest is invited to what is closed": (close, invite_to("talk")),
    "a guest is invited to what is merged": (merge_away, invite_to("talk")),
    "a guest is invited to what is moved": (move, invite_to("talk")),
    "somebody else invites the same guest": (invite_to("talk"), invite_to("talk", by="mo")),
    "something is merged into what gets a guest": (invite_to("other"), merge_away),
    "something is merged into what is closed": (
        lambda scene: talk.close(scene.other, scene.kit, "Done."),
        merge_away,
    ),
    "two are merged into each other": (merge_away, merge_back),
    "what is merged is moved": (merge_away, move),
    "two lock it": (lock, lambda scene: moving.lock(scene.talk, scene.mo, 7, "Longer.")),
}
MOVED = "a member of both writes as it is moved"


def yesterday() -> Any:
    return timezone.localdate() - timedelta(days=1)


@pytest.fixture
def scenes(tmp_path: Path) -> Iterator[dict[str, Scene]]:
    with seen_by_threads(tmp_path, _built) as built:
        yield built


def _built() -> dict[str, Scene]:
    community, elsewhere = CommunityFactory(private=True), CommunityFactory(private=True)
    kit, mo, gail = PersonFactory(first_name="Kit"), PersonFactory(first_name="Mo"), PersonFactory(partner=True)
    for person in (kit, mo):
        for each in (community, elsewhere):
            make_member(person, each, FACILITATOR)
    terms = {"community": community, "sponsor": kit, "invited_by": kit, "until": timezone.localdate() + timedelta(9)}
    found = {}
    for name in (*PAIRS, MOVED):
        here, other = begun(community, kit), begun(community, kit, title="The gate")
        guest = Guest.objects.create(conversation=here, email=gail.email, person=gail, **terms)
        if name == "two are merged into each other":
            Guest.objects.filter(pk=guest.pk).update(ended=timezone.now())
        found[name] = Scene(here, other, guest, elsewhere, kit, mo, gail)
    return found


def now(scene: Scene) -> Scene:
    """With people who have the rights that they have at this moment."""
    fresh = {name: User.objects.get(pk=getattr(scene, name).pk) for name in ("kit", "mo", "gail")}
    rows = Conversation.objects.select_related("community")
    fresh |= {name: rows.get(pk=getattr(scene, name).pk) for name in ("talk", "other")}
    return Scene(**{**vars(scene), **fresh})


def outcome(deed: Deed, scene: Scene) -> str:
    try:
        deed(scene)
    except talk.CannotPost:
        return "refused"
    except Exception as error:  # noqa: BLE001 (what a server answers with 500)
        return f"broke: {error!r}"
    return "done"


def one_as_the_other_commits(
    pairs: dict[str, tuple[Deed, Deed]], scenes: dict[str, Scene], *, is_guarded: bool
) -> dict[str, str]:
    """What came of each second deed, which begins when the first one is done and not committed yet."""
    is_done = {name: Event() for name in pairs}
    is_over = {name: Event() for name in pairs}

    def first(name: str) -> None:
        deed, scene = pairs[name][FIRST], now(scenes[name])
        with transaction.atomic():
            deed(scene)
            is_done[name].set()
            until = monotonic() + PATIENCE
            while not (is_over[name].is_set() or _somebody_waits()) and monotonic() < until:
                sleep(0.01)
        assert is_over[name].wait(PATIENCE)

    def second(name: str) -> str:
        scene = now(scenes[name])
        assert is_done[name].wait(PATIENCE)
        with ExitStack() as stack:
            if not is_guarded:
                for patch in _without_locks():
                    stack.enter_context(patch)
            came = outcome(pairs[name][SECOND], scene)
        is_over[name].set()
        return came

    def run(number: int) -> dict[str, str]:
        return {name: (first, second)[number](name) or "" for name in pairs}

    return at_once(run, 2)[SECOND]


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(WAITS)
        return bool(cursor.fetchone()[0])


def _without_locks() -> list[Any]:
    def row(conversation: Conversation) -> Conversation:
        return Conversation.objects.select_related("community").get(pk=conversation.pk)

    def with_rights(conversation: Conversation, by: User) -> Any:
        found = row(conversation)
        return found, part_of(by, found.community)

    return [
        mock.patch.object(posting, "locked_to_answer", row),
        mock.patch.object(guests, "locked_with_rights", with_rights),
        mock.patch.object(moving, "locked_to_moderate", lambda conversation, _by: row(conversation)),
        mock.patch.object(moving, "lock_community"),
    ]


def test_without_the_locks_each_is_done_although_it_came_too_late(scenes: dict[str, Scene]) -> None:
    came = one_as_the_other_commits(PAIRS, scenes, is_guarded=False)
    assert {name: how for name, how in came.items() if how == "refused"} == {}


def test_what_comes_too_late_by_a_moment_is_refused_with_a_sentence(scenes: dict[str, Scene]) -> None:
    """But whoever may write where it is moved to is not refused."""
    came = one_as_the_other_commits({**PAIRS, MOVED: (move, write_as_member)}, scenes, is_guarded=True)
    assert {name: how for name, how in came.items() if how != "refused"} == {MOVED: "done"}
