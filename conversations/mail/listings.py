"""What pages show of somebody's e-mails."""

from typing import Any

from django.db.models import QuerySet

from conversations.models import Conversation, IncomingMail
from people.models import User


def mails_of(person: User) -> QuerySet[Any]:
    """Those that came to their addresses, the newest first. What they threw away is shown no more."""
    mine = IncomingMail.objects.filter(person=person).exclude(came="thrown away")
    return mine.select_related("person", "post__conversation")


def shown_conversation(row: IncomingMail) -> Conversation | None:
    """The conversation that it is for, as long as its author may read it."""
    shown: Conversation | None = Conversation.objects.within_reach_of(row.person).filter(pk=row.conversation_id).first()
    return shown
