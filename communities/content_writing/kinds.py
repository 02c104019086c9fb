"""What a room says of the pages that are written for communities."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from communities.choices import Capability
from communities.models import ContentPage
from core.models import HubPage
from core.writing.drafts import WritingKind
from core.writing.merging import Values
from people.models import User

P = TypeVar("P", bound=ContentPage)


def _nothing(*_args: object) -> None:
    pass


class Needs(NamedTuple):
    """A further right that a page asks for, by what it says."""

    right: Capability
    """By which people write it."""
    because: str
    """Said to whoever has not got it."""


def _nothing_more(*_args: object) -> Needs | None:
    return None


@dataclass(frozen=True)
class Writing(Generic[P]):
    """One kind of page, and the rights by which people write it and publish it."""

    model: type[P]
    index: type[HubPage]
    """Below which a new one stands."""
    right: Capability
    kind: WritingKind
    needed: Sequence[str]
    """The fields without which nobody else reads it."""
    made: Callable[[P, User], None] = _nothing
    begun: Callable[[P, User], None] = _nothing
    goes_out: Callable[[P], None] = _nothing
    """What is done with a new page before it is kept, once it has a row, and before readers see it the first time."""
    publishing: Capability | None = None
    """Another right, by which it is published, and written, too. Then a draft is its writer's own, until it is sent to
    those who publish. Where one right does both, drafts are those of everybody who has it."""
    needs: Callable[[P, Values], Needs | None] = _nothing_more
    """What else a page needs that says so already, or shall say so by what was typed."""

    @property
    def rights(self) -> tuple[Capability, ...]:
        """Each of them lets somebody write; the last one publishes."""
        return (self.right,) if self.publishing is None else (self.right, self.publishing)
