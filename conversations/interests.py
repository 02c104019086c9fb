"""What conversations say of somebody's interests."""

from collections.abc import Iterable

from conversations.models import Conversation
from indexing.documents import key_for
from people.models import User
from reading.interests import Since


def questions_answered_by(person: User) -> Iterable[tuple[str, Since]]:
    """Those whose marked answer is theirs, the newest first."""
    marked = Conversation.objects.filter(
        answer__author=person, answer__removed=None, answer__hidden=None, withheld=None, merged_into=None
    )
    rows = marked.order_by("-last_posted", "-pk").values_list("pk", "answer__posted")
    return ((key_for(Conversation, pk), day) for pk, day in rows)


def asked_by(person: User) -> Iterable[tuple[str, Since]]:
    """What they began, the newest first."""
    begun = Conversation.objects.filter(begun_by=person, withheld=None, merged_into=None).order_by("-begun", "-pk")
    return ((key_for(Conversation, pk), day) for pk, day in begun.values_list("pk", "begun"))
