"""Who gets what at the addresses of ``thanks``."""

from collections.abc import Callable

from indexing.documents import key_of
from tests.visibility.rows import NOT_EVEN_MEMBERS, SIGNED_IN_INSIDERS, SIGNED_IN_MEMBERS, WHO_SIGNED_IN, Row, same
from tests.visibility.world import Shelf


def _to_thank(shelf: Shelf) -> str:
    return f"/thanks/give/?for={key_of(shelf.story)}"


def _thanks(deed: str) -> Callable[[Shelf], str]:
    """What is done with thanks by the two whom they concern, none of the cast."""
    return lambda shelf: f"/thanks/{shelf.person.thanks_received.get().pk}/{deed}/"


ADDRESSES: dict[str, Row] = {
    "thanks/": same("/thanks/", WHO_SIGNED_IN),
    "thanks/give/": Row(_to_thank, WHO_SIGNED_IN, SIGNED_IN_INSIDERS, SIGNED_IN_MEMBERS),
    "thanks/<int:pk>/show/": Row(_thanks("show"), *[NOT_EVEN_MEMBERS] * 3, "post"),
    "thanks/<int:pk>/take-back/": Row(_thanks("take-back"), *[NOT_EVEN_MEMBERS] * 3),
}
