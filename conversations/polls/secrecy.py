"""The box of a secret poll. Decision 0044 says against whom this protects, and against whom it does not.

A ballot carries no person but a mark, made from the person and the poll with the secret key of the hub, which is not in
the database. With each vote all ballots of the poll are written anew in an order drawn by lot, so that neither keys nor
the order of rows tell which came last. Once the poll is closed, the marks are gone for good.
"""

import random
import uuid
from collections.abc import Iterable

from django.conf import settings
from django.db import connection
from django.utils.crypto import salted_hmac

from conversations.models import Ballot, Poll
from people.models import User

SALT = "conversations.ballot"
lot = random.SystemRandom()


def _mark(poll: Poll, person: User, key: str) -> str:
    return salted_hmac(SALT, f"{poll.pk}:{person.pk}", secret=key, algorithm="sha256").hexdigest()


def _marks(poll: Poll, person: User) -> list[str]:
    """The mark of today, and those of secret keys that are still known."""
    return [_mark(poll, person, key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def ballot_of(poll: Poll, person: User) -> Ballot | None:
    """The ballot of ``person``, as long as the poll is open and the hub still has the key that it was marked with."""
    found: Ballot | None = poll.ballots.filter(mark__in=_marks(poll, person)).first()
    return found


def put_in(poll: Poll, person: User, choices: list[int]) -> None:
    """Put a ballot in the box, in place of the one before. Whoever calls has locked the poll."""
    marks = _marks(poll, person)
    others = [ballot for ballot in _box(poll) if ballot[0] not in marks]
    _write(poll, [*others, (marks[0], choices)])


def seal(poll: Poll) -> None:
    """Take the marks off all ballots. Whoever calls has locked the poll."""
    _write(poll, [(None, choices) for _mark_of_it, choices in _box(poll)])


def _box(poll: Poll) -> list[tuple[str | None, list[int]]]:
    return list(poll.ballots.values_list("mark", "choices"))


def _write(poll: Poll, ballots: Iterable[tuple[str | None, list[int]]]) -> None:
    """All ballots anew, shuffled. Thousands are written in one go, because everybody who votes waits for it."""
    rows = [{"key": uuid.uuid4(), "poll": poll.pk, "mark": mark, "choices": choices} for mark, choices in ballots]
    lot.shuffle(rows)
    poll.ballots.all().delete()
    fields, quoted = Ballot._meta.concrete_fields, connection.ops.quote_name
    names = ", ".join(quoted(str(field.column)) for field in fields)
    insert = f"INSERT INTO {quoted(Ballot._meta.db_table)} ({names}) VALUES (%s, %s, %s, %s)"  # noqa: S608 (our own names)
    with connection.cursor() as cursor:
        cursor.executemany(
            insert, [[each.get_db_prep_save(row[each.name], connection) for each in fields] for row in rows]
        )
