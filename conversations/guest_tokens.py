"""What lets a guest in: each conversation is opened by a token of its own, which its guests bear.

So pages, lists, search, notices and files ask nothing new, and inviting somebody changes no document of the index.
"""

from collections.abc import Iterable

from django.db.models import Q

from conversations.models import Conversation, Guest
from core.audiences import Viewer, Widening
from people.models import User

PREFIX = "conversation:"


def guest_token(pk: int) -> str:
    return f"{PREFIX}{pk}"


def guest_pks(tokens: Iterable[str]) -> list[int]:
    """The conversations to which ``tokens`` let a guest in."""
    return [int(token.removeprefix(PREFIX)) for token in tokens if token.startswith(PREFIX)]


def tokens_of_guest(person: User) -> Iterable[str]:
    """Only people from outside are guests: nobody else is asked about, so that their pages cost no query more."""
    if person.is_insider:
        return ()
    places = Guest.objects.admitted().filter(person=person.pk)
    return [guest_token(pk) for pk in places.order_by().values_list("conversation_id", flat=True)]


def opened_to_guests(_viewer: Viewer, tokens: frozenset[str]) -> Q:
    return Q(pk__in=guest_pks(tokens))


def its_own_token(conversation: Conversation) -> Iterable[str]:
    return [guest_token(conversation.pk)]


FOR_GUESTS = Widening(opened_to_guests, its_own_token)
