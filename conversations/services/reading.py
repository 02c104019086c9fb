"""How far somebody has read."""

from django.db import transaction
from django.db.models import Case, F, Value, When

from conversations.choices import Level
from conversations.models import Conversation, Standing
from core.versions import news_for
from people.models import User


@transaction.atomic
def read_up_to(conversation: Conversation, person: User, number: int) -> None:
    """``person`` has seen the posts up to this number. It only ever grows: two pages of one reader may be open."""
    mine = Standing.objects.filter(person=person, conversation=conversation)
    if mine.filter(read_to__lt=number).update(read_to=number):
        news_for([person.pk])
    elif not mine.exists():
        Standing.objects.get_or_create(person=person, conversation=conversation, defaults={"read_to": number})
        news_for([person.pk])


def wrote(conversation: Conversation, person: User, number: int) -> None:
    """``person`` has written the post of this number, and so has seen those before it. Whoever writes follows what
    comes of it, unless they muted it. Their version was raised by whoever calls.
    """
    mine = Standing.objects.filter(person=person.pk, conversation=conversation.pk)
    follows = Case(When(level=Level.NORMAL, then=Value(Level.FOLLOW)), default=F("level"))
    if mine.update(read_to=number, level=follows):
        return
    new = Standing(person_id=person.pk, conversation_id=conversation.pk, read_to=number, level=Level.FOLLOW)
    Standing.objects.bulk_create(  # a page of theirs may be opened at the same moment
        [new],
        update_conflicts=True,
        unique_fields=["person", "conversation"],
        update_fields=["read_to", "level"],
    )
