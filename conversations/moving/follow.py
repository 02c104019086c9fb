"""What follows a conversation that is moved, split or merged: what other packages keep beside it.

Each gets the rows as they are then, in the transaction of the change. What hangs on a post goes with it by itself::

    MOVED.add("polls", lambda conversation, before: …)
"""

from collections.abc import Callable

from communities.models import CommunityPage
from conversations.models import Conversation
from core.registry import Registry

MOVED: Registry[Callable[[Conversation, CommunityPage], object]] = Registry(
    "what follows a conversation into another community", taken_by="conversations"
)
"""Gets the conversation, and the community that it stood in before."""
SPLIT: Registry[Callable[[Conversation, Conversation], object]] = Registry(
    "what follows posts into a conversation of their own", taken_by="conversations"
)
"""Gets the conversation that they stood in, and the new one."""
MERGED: Registry[Callable[[Conversation, Conversation], object]] = Registry(
    "what follows a conversation into another one", taken_by="conversations"
)
"""Gets the one that is empty now, and the one that holds its posts."""
