"""What conversations say of somebody's interests."""

from collections.abc import Iterable

from django.db.models import Q

from conversations.models import Conversation
from indexing.documents import key_for
from people.models import User
from reading.interests import Since


def questions_answered_by(person: User) -> Iterable[tuple[str, Since]]:
    """Those whose marked answer is theirs, the newest first. What a delegate wrote says of neither what they know."""
    marked = Conversation.objects.filter(
        answer__author=person,
        answer__is_for_another=False,
        answer__removed=None,
        answer__hidden=None,
        withheld=None,
        merged_into=None,
    )
    rows = marked.order_by("-last_posted", "-pk").values_list("pk", "answer__posted")
    return ((key_for(Conversation, pk), day) for pk, day in rows)


def asked_by(person: User) -> Iterable[tuple[str, Since]]:
    """What they began, or a delegate for them, the newest first."""
    theirs = Q(begun_by=person, is_for_another=False) | Q(principal=person)
    begun = Conversation.objects.filter(theirs, withheld=None, merged_into=None).order_by("-begun", "-pk")
    return ((key_for(Conversation, pk), day) for pk, day in begun.values_list("pk", "begun"))
