"""Kinds of notices that only tests have."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from communities.models import CommunityPage
from core.notices import NOTICE_KINDS, Happened, NoticeKind, NoticeWords, add_notice_kind, by_key
from core.outbox import drain, emit
from people.models import User

SENT, POSTED = "tests.sent", "tests.posted"


def shown(reader: Any, keys: Collection[str]) -> Mapping[str, CommunityPage]:
    return by_key(CommunityPage.objects.shown_to(reader).filter(pk__in=keys))


def words(page: CommunityPage, event: Happened, reader: Any) -> NoticeWords | None:
    if event.data.get("is_settled"):
        return None
    return NoticeWords(f"{event.by or 'Somebody'} wrote in {page.title}", page.url, about=page.title)


def to_whom(event: Happened) -> list[int]:
    people: list[int] = event.data["people"]
    return people


@contextmanager
def added(**changes: Any) -> Iterator[NoticeKind]:
    """A kind of notice, as a room adds one in its ``contributions.py``."""
    kind = add_notice_kind(
        NoticeKind(**{"name": SENT, "label": "Sent to you", "words": words, "subjects": shown, **changes})
    )
    try:
        yield kind
    finally:
        NOTICE_KINDS.remove(kind.name)


def send(page: CommunityPage, *people: User, by: User | None = None, **data: Any) -> None:
    """Something is addressed to people."""
    emit(SENT, page, actor=by, data={"people": [person.pk for person in people], **data})
    drain("notices")


def post(page: CommunityPage, by: User | None = None, **data: Any) -> None:
    """Something happens in a community."""
    emit(POSTED, page, actor=by, audience=page.audience_token, data=data)
    drain("notices")
