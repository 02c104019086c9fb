"""A delegation that is ended at the moment in which somebody writes by it: used before it ends, or not."""

import uuid
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from unittest import mock

import pytest

from conversations import services as talk
from conversations.delegates import rights, services
from conversations.models import Conversation, Delegation, Post
from tests import racing
from tests.conversations.delegating import delegated
from tests.conversations.saying import begun
from tests.factories import CommunityFactory, PersonFactory, make_member
from tests.racing import PATIENCE, at_once, seen_by_threads

pytestmark = racing.with_threads
WRITER, ENDER = 0, 1


@pytest.fixture
def delegation(tmp_path: Path) -> Iterator[Delegation]:
    with seen_by_threads(tmp_path, _built) as built:
        yield built


def _built() -> Delegation:
    community, people = CommunityFactory(), PersonFactory.create_batch(2)
    for person in people:
        make_member(person, community)
    begun(community, people[0])
    return delegated(*people)


def write(delegation: Delegation) -> bool:
    """Whether it was said."""
    conversation = Conversation.objects.get()
    told = {"key": uuid.uuid4(), "seen": conversation.last_number, "behalf": delegation.principal_id}
    try:
        talk.reply(conversation, "Take mine.", delegation.delegate, **told)
    except talk.CannotPost:
        return False
    return True


@pytest.mark.postgresql  # SQLite lets one write at a time
def test_whoever_ends_it_waits_for_the_post_that_is_being_written(delegation: Delegation) -> None:
    """While the post is written, the delegation is locked: nothing is said after it ended."""
    is_locked, has_ended = Event(), Event()
    real = rights.lock_to_answer

    def slow(*given: object) -> object:
        found = real(*given)  # type: ignore[arg-type]  # whatever the real one takes
        is_locked.set()
        assert not has_ended.wait(0.5)
        return found

    def deed(number: int) -> None:
        if number == WRITER:
            with mock.patch.object(rights, "lock_to_answer", slow):
                assert write(delegation)
        else:
            assert is_locked.wait(PATIENCE)
            services.end(delegation, delegation.principal)
            has_ended.set()

    at_once(deed, 2)

    def times(_number: int) -> bool:
        return bool(Post.objects.get(number=2).posted < Delegation.objects.get().ended)

    assert at_once(times, 1) == [True]


def test_what_is_written_as_it_ends_stands_before_the_end_or_not_at_all(delegation: Delegation) -> None:
    def deed(number: int) -> bool:
        if number == ENDER:
            services.end(delegation, delegation.principal)
            return True
        return write(delegation)

    said, _ended = at_once(deed, 2)
    assert at_once(lambda _number: Post.objects.filter(number=2).exists(), 1) == [said]
    assert at_once(lambda _number: write(delegation), 1) == [False]
