"""What follows when something was done in a conversation, in the same transaction, once its row is written.

A matter of this room adds what it does to ``AFTERWARDS`` in ``contributions.py``, so that writing knows none of them.
"""

from collections.abc import Callable

from conversations.models import Conversation
from core.registry import Registry

AFTERWARDS: Registry[Callable[[Conversation], object]] = Registry(
    "what follows in conversations", taken_by="conversations"
)


def follow_up(conversation: Conversation) -> None:
    """``conversation`` is as it was just saved."""
    for follow in AFTERWARDS:
        follow(conversation)
