"""Many who vote and answer in one conversation at the same moment: every vote counts once, every post has its place."""

import time
import uuid
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from threading import Barrier, Event
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from conversations import services as talk
from conversations.attachments import services as files
from conversations.choices import Kind
from conversations.models import Attachment, Ballot, Poll, Post, Turnout
from conversations.polls import secrecy, services
from people.models import User
from tests import racing
from tests.conversations.saying import begun
from tests.factories import CommunityFactory, PersonFactory, make_member
from tests.racing import PATIENCE, seen_by_threads

pytestmark = racing.with_threads

PEOPLE = 8
at_once = partial(racing.at_once, threads=PEOPLE)


@pytest.fixture
def poll(tmp_path: Path) -> Iterator[Poll]:
    with seen_by_threads(tmp_path, _built) as built:
        yield built


def _built() -> Poll:
    community = CommunityFactory()
    for person in PersonFactory.create_batch(PEOPLE):
        make_member(person, community)
    first = User.objects.order_by("pk").first()
    return services.set_up(begun(community, first, Kind.IDEA), first, "Where?", ["Mill", "Weir"])


def voter(number: int) -> User:
    return User.objects.order_by("pk")[number]


def keys(poll: Poll) -> list[int]:
    return list(poll.options.values_list("pk", flat=True))


@pytest.mark.postgresql  # SQLite lets one write at a time
def test_without_the_lock_votes_are_lost(poll: Poll) -> None:
    """If this fails, the others prove nothing."""
    both, mill = Barrier(PEOPLE, timeout=PATIENCE), keys(poll)[0]
    Ballot.objects.create(poll=poll, mark="of somebody", choices=[mill])

    def put_in(number: int) -> bool:
        try:
            with transaction.atomic():
                person, _box = voter(number), list(poll.ballots.all())
                both.wait()
                secrecy.put_in(poll, person, [mill])
        except IntegrityError:
            return False
        return True

    assert at_once(put_in).count(True) < PEOPLE


def test_eight_who_vote_at_once_are_counted_once_each(poll: Poll) -> None:
    options = keys(poll)
    for _each_changes_it in range(2):
        at_once(lambda number: services.vote(poll, voter(number), [options[number % 2]]))
    chosen = at_once(lambda _number: list(Ballot.objects.values_list("choices", flat=True)))[0]
    assert Counter(map(tuple, chosen)) == {(options[0],): 4, (options[1],): 4}
    assert at_once(lambda _number: Turnout.objects.count())[0] == PEOPLE


def test_one_person_in_eight_windows_votes_once(poll: Poll) -> None:
    options = keys(poll)
    at_once(lambda number: services.vote(poll, voter(0), [options[number % 2]]))
    assert at_once(lambda _number: (Ballot.objects.count(), Turnout.objects.count()))[0] == (1, 1)


def test_eight_who_answer_at_once_stand_one_after_another(poll: Poll) -> None:
    conversation = poll.conversation

    def answer(number: int) -> int:
        return talk.reply(conversation, "Yes.", voter(number), key=uuid.uuid4(), seen=99).number

    assert sorted(at_once(answer)) == list(range(2, PEOPLE + 2))


# -- a file that is sent while it is taken out -------------------------------------------------------------------------
@pytest.fixture
def chosen(tmp_path: Path, settings: Any) -> Iterator[Attachment]:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    with seen_by_threads(tmp_path, _file_chosen) as built:
        yield built


def _file_chosen() -> Attachment:
    conversation = _built().conversation
    file = SimpleUploadedFile("ladder.txt", b"Tall.")
    return files.take(file, voter(0), talk.place_of(conversation))


@pytest.mark.postgresql  # SQLite lets one write at a time
def test_a_file_that_is_sent_at_this_moment_is_not_taken_out(chosen: Attachment) -> None:
    """It is sent in one window and taken out in another one, which looks before the first has written."""
    is_sent = Event()

    def both(number: int) -> None:
        if number:
            assert is_sent.wait(PATIENCE)
            files.forget(chosen)
            return
        with transaction.atomic():
            files.put_to(Post.objects.get(), [str(chosen.key)], voter(0))
            is_sent.set()
            time.sleep(0.5)  # the other one looks meanwhile

    racing.at_once(both, 2)
    kept = Attachment.objects.get()
    assert kept.post is not None
    with kept.opened() as file:
        assert file.read() == b"Tall."
