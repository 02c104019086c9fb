"""What somebody looks after that can be given to another when they leave.

Rooms above add to ``HANDOVERS`` in their ``contributions.py``: what they hold, how one thing is given to a named
person, what becomes of it otherwise, and who hears of it then.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.registry import Registry
from core.text import Words

if TYPE_CHECKING:
    from people.models import User


class CannotGive(Exception):
    """The thing cannot be given to this person; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class LookedAfter:
    """One thing that somebody looks after.

    ``key`` is the thing's, as search knows it: ``communities.communitypage:12``. ``closed_title`` is what somebody who
    may not see the thing, and has to see to it, reads instead of its title.
    """

    key: str
    thing: Any  # with an audience
    title: str
    url: str
    detail: Words = ""
    closed_title: Words = ""

    @property
    def pk(self) -> int:
        return pk_of(self.key)


Give = Callable[["User", int, "User", "User"], None]
"""Gets whose the thing is, its primary key, who is to have it, and who says so. It locks what it changes, and raises
``CannotGive`` where the thing is not theirs any more or the other may not have it.
"""
Heirs = Callable[[Collection[int]], Mapping[int, Collection[int]]]
"""Gets primary keys of things and returns, for each, those of the people who look after it when nobody was named. A
thing without any is seen to by the hub team.
"""


@dataclass(frozen=True)
class Handover:
    """One kind of thing that people look after. ``held`` asks a fixed number of queries.

    Without ``give`` nobody can be given it: ``rest`` says what becomes of it. What is ``private`` is shown to its
    person alone.
    """

    label: Words
    rest: Words
    held: Callable[["User"], Iterable[LookedAfter]]
    give: Give | None = None
    heirs: Heirs | None = None
    icon: str = "people"
    private: bool = False


HANDOVERS: Registry[Handover] = Registry("what is handed over", taken_by="people")


def pk_of(key: str) -> int:
    """The primary key in the key of a thing; none has 0."""
    pk = key.rpartition(":")[2]
    return int(pk) if pk.isascii() and pk.isdigit() and len(pk) < 19 else 0
