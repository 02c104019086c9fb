"""The kinds of thing in the demo council: one module says how one is shaped, checked, loaded and invented.

A new kind is a module here, a line in ``KINDS``, and its content.
"""

from typing import Any

from demo.kind import ContentKind
from demo.kinds.absences import ABSENCES
from demo.kinds.claims import CLAIMS
from demo.kinds.communities import COMMUNITIES
from demo.kinds.consents import CONSENTS
from demo.kinds.conversations import CONVERSATIONS
from demo.kinds.delegates import DELEGATES
from demo.kinds.directories import DIRECTORIES
from demo.kinds.front import FRONT
from demo.kinds.grants import GRANTS
from demo.kinds.guidance import FILES, GUIDANCE
from demo.kinds.inbox import INBOX
from demo.kinds.invitations import INVITATIONS
from demo.kinds.kept import KEPT
from demo.kinds.people import PEOPLE
from demo.kinds.qualifications import QUALIFICATIONS
from demo.kinds.roles import ROLES
from demo.kinds.stays import STAYS
from demo.kinds.stories import STORIES
from demo.kinds.surgeries import SURGERIES
from demo.kinds.thanks import THANKS
from demo.kinds.topics import TOPICS

KINDS: list[ContentKind[Any, Any]] = [
    TOPICS,
    PEOPLE,
    COMMUNITIES,
    ROLES,
    GRANTS,
    QUALIFICATIONS,
    DELEGATES,
    CONVERSATIONS,
    CLAIMS,
    STORIES,
    CONSENTS,
    FILES,
    GUIDANCE,
    SURGERIES,
    THANKS,
    FRONT,
    KEPT,
    ABSENCES,
    INVITATIONS,
    STAYS,
    DIRECTORIES,
    INBOX,
]
"""They are loaded in this order, but each after those that it needs."""
