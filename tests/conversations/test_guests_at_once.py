"""Guests, and answers by e-mail, at the same moment as what ends them: every deed comes before another or after it.

Each promise stands beside the race that there is without its guard: if that test fails, the other proves nothing.
"""

import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.utils import timezone

from accounts.invitations import services as invitations
from accounts.invitations.pasted_addresses import Addressee
from communities.models import FACILITATOR
from conversations import services as talk
from conversations.guests import services as guests
from conversations.mail import receiving
from conversations.models import Conversation, Guest, IncomingMail, Post
from conversations.moving import services as moving
from conversations.permissions import part_of
from indexing.documents import key_of
from people.choices import PersonKind as Belongs
from people.models import User
from tests import racing
from tests.conversations.answering import answers_are_taken, proved, where
from tests.conversations.saying import begun
from tests.factories import CommunityFactory, PersonFactory, make_member
from tests.racing import PATIENCE, seen_by_threads

__all__ = ["answers_are_taken"]
pytestmark = racing.with_threads

AT_ONCE = 4
at_once = partial(racing.at_once, threads=AT_ONCE)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Guest]:
    with seen_by_threads(tmp_path, _built) as built:
        yield built


def _built() -> Guest:
    """Kit's conversation of a private community, another one beside it, and Gail, who is a guest of the first."""
    community = CommunityFactory(private=True)
    kit = PersonFactory(first_name="Kit")
    make_member(kit, community, FACILITATOR)
    gail = PersonFactory(first_name="Gail", partner=True)
    conversation = begun(community, kit)
    begun(community, kit, title="The gate")
    terms = {"community": community, "sponsor": kit, "invited_by": kit, "until": timezone.localdate() + timedelta(9)}
    made: Guest = Guest.objects.create(conversation=conversation, email=gail.email, person=gail, **terms)
    return made


def left(count: Callable[[], Any]) -> Any:
    """What the threads left."""
    return at_once(lambda _number: count())[0]


def people(place: Guest) -> tuple[User, User]:
    return User.objects.get(pk=place.sponsor_id), User.objects.get(pk=place.person_id)


def said_after_the_end() -> bool:
    end, post = Guest.objects.values_list("ended", flat=True).get(), Post.objects.filter(number=2).first()
    return post is not None and post.posted > end


# -- somebody ends it while the guest writes ---------------------------------------------------------------------------
@pytest.mark.postgresql  # SQLite lets one write at a time
def test_without_the_lock_a_guest_writes_after_they_were_sent_away(place: Guest) -> None:
    """The place is looked up, somebody ends it, and the post is written."""
    looked, ended = Barrier(AT_ONCE, timeout=PATIENCE), Barrier(AT_ONCE, timeout=PATIENCE)

    def deed(number: int) -> None:
        kit, gail = people(place)
        may = part_of(gail, place.conversation.community).replies(place.conversation)
        looked.wait()
        if number == 1:
            guests.end(place, kit)
        ended.wait()
        if number == 0 and may:
            Post.objects.create(conversation=place.conversation, number=2, author=gail, text="Long ones.")

    at_once(deed)
    assert left(said_after_the_end)


def test_a_guest_writes_before_they_are_sent_away_or_not_at_all(place: Guest) -> None:
    def deed(number: int) -> None:
        kit, gail = people(place)
        if number == 1:
            guests.end(place, kit)
        elif number == 0:
            try:
                talk.reply(place.conversation, "Long ones.", gail, key=uuid.uuid4(), seen=99)
            except talk.CannotPost:
                return

    at_once(deed)
    assert not left(said_after_the_end)


# -- two who do the same -----------------------------------------------------------------------------------------------
def offer(place: Guest) -> invitations.Offer:
    terms = {"purpose": "Locks.", "review_on": place.until, "sponsor": place.sponsor}
    return invitations.Offer(Belongs.PARTNER, into=key_of(place.conversation), organisation="Lakeside", **terms)


def test_whoever_is_invited_in_four_windows_is_invited_once(place: Guest) -> None:
    at_once(
        lambda _number: guests.invite(
            place.conversation, offer(place), [Addressee("new@example.org")], people(place)[0]
        )
    )
    assert left(lambda: Guest.objects.filter(email="new@example.org").count()) == 1


@pytest.fixture
def welcomes(place: Guest, monkeypatch: pytest.MonkeyPatch) -> list[Guest]:
    """Gail has not come in yet. How often she is told that she may."""
    told: list[Guest] = []
    monkeypatch.setattr(guests, "tell_admitted", told.append)
    at_once(lambda number: number or Guest.objects.update(person=None))
    return told


@pytest.mark.postgresql
def test_without_the_guard_whoever_signs_in_at_four_doors_is_welcomed_four_times(place: Guest, welcomes: Any) -> None:
    looked = Barrier(AT_ONCE, timeout=PATIENCE)

    def deed(_number: int) -> None:
        found = list(Guest.objects.filter(email=place.email, person=None))
        looked.wait()
        for guest in found:
            Guest.objects.filter(pk=guest.pk).update(person=place.person)
            guests.tell_admitted(guest)

    at_once(deed)
    assert len(welcomes) > 1


def test_whoever_signs_in_at_four_doors_is_welcomed_once(place: Guest, welcomes: Any) -> None:
    at_once(lambda _number: guests.admit_all(place.person))
    assert len(welcomes) == 1


# -- what a guest was not invited to -----------------------------------------------------------------------------------
def test_what_is_put_into_a_conversation_comes_before_its_guests_or_not_at_all(place: Guest) -> None:
    source = Conversation.objects.get(pk=place.conversation_id)
    target = Conversation.objects.exclude(pk=source.pk).get()
    asked = invitations.Offer(**{**_fields(offer(place)), "into": key_of(target)})

    def deed(number: int) -> str:
        kit = people(place)[0]
        try:
            if number == 0:
                moving.merge(source, target, kit, "The same.")
            elif number == 1:
                guests.invite(target, asked, [Addressee("new@example.org")], kit)
        except talk.CannotPost:
            return "refused"
        return "done"

    merged, invited = at_once(deed)[:2]
    assert "done" in {merged, invited}
    if merged == invited == "done":  # whoever invited saw what stands there now
        history = left(lambda: list(target.history.order_by("pk").values_list("action", flat=True)))
        assert history == ["merge", "invite_guest"]


def _fields(one: invitations.Offer) -> dict[str, object]:
    return {name: getattr(one, name) for name in invitations.Offer.__slots__}


# -- an e-mail that comes more than once -------------------------------------------------------------------------------
@pytest.mark.postgresql
def test_without_its_key_an_e_mail_is_as_many_posts_as_processes_that_read_it(place: Guest) -> None:
    looked = Barrier(AT_ONCE, timeout=PATIENCE)

    def deed(_number: int) -> None:
        came = Post.objects.filter(number__gt=1, text="Long ones.").exists()
        looked.wait()
        if not came:
            talk.reply(place.conversation, "Long ones.", people(place)[1], key=uuid.uuid4(), seen=99)

    at_once(deed)
    assert left(lambda: Post.objects.filter(text="Long ones.").count()) > 1


@pytest.mark.usefixtures("answers_are_taken")
def test_an_e_mail_that_four_processes_read_at_once_is_one_post(place: Guest) -> None:
    gail = place.person
    to = at_once(lambda number: where(place.conversation, gail) if number == 0 else "")[0]
    made = proved(gail.email, to, "Long ones.")
    came = at_once(lambda _number: receiving.receive(made, [to]).value)
    assert sorted(came) == sorted(["published", *["came before"] * (AT_ONCE - 1)])
    assert left(lambda: (Post.objects.filter(text="Long ones.").count(), IncomingMail.objects.count())) == (1, 1)


@pytest.mark.usefixtures("answers_are_taken")
@pytest.mark.parametrize("deed", ["ended", "closed"])
def test_an_e_mail_that_comes_as_it_ends_is_published_before_or_gives_the_words_back(deed: str, place: Guest) -> None:
    kit, gail = place.sponsor, place.person
    to = at_once(lambda number: where(place.conversation, gail) if number == 0 else "")[0]
    made = proved(gail.email, to, "Long ones.")
    ends = {
        "ended": lambda: guests.end(place, kit),
        "closed": lambda: talk.close(place.conversation, kit, "We take the long ones."),
    }
    came = at_once(lambda number: receiving.receive(made, [to]).value if number == 0 else number == 1 and ends[deed]())[
        0
    ]
    posted = left(lambda: list(Post.objects.filter(text="Long ones.").values_list("posted", flat=True)))
    assert (came, len(posted)) in {("published", 1), ("refused", 0)}
    if posted:
        row = Guest.objects if deed == "ended" else Conversation.objects.filter(pk=place.conversation_id)
        over = left(lambda: row.values_list(deed, flat=True).get())
        assert posted[0] <= over
