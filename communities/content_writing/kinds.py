"""What a room says of the pages that are written for communities."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from communities.choices import Capability
from communities.models import ContentPage
from core.models import HubPage
from core.writing.drafts import Kind
from people.models import User

P = TypeVar("P", bound=ContentPage)


def _nothing(*_args: object) -> None:
    pass


@dataclass(frozen=True)
class Writing(Generic[P]):
    """One kind of page, and the one right by which people write it and publish it."""

    model: type[P]
    index: type[HubPage]
    """Below which a new one stands."""
    right: Capability
    kind: Kind
    needed: Sequence[str]
    """The fields without which nobody else reads it."""
    begun: Callable[[P, User], None] = _nothing
    goes_out: Callable[[P], None] = _nothing
    """What is done with a new page when it is begun, and before readers see it for the first time."""
