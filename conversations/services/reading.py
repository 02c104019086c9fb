"""How far somebody has read."""

from django.db import transaction

from conversations.models import Conversation, Standing
from core.versions import changed_for
from people.models import User


@transaction.atomic
def read_up_to(conversation: Conversation, person: User, number: int) -> None:
    """``person`` has seen the posts up to this number. It only ever grows: two pages of one reader may be open."""
    mine = Standing.objects.filter(person=person, conversation=conversation)
    if mine.filter(read_to__lt=number).update(read_to=number):
        changed_for([person.pk])
    elif not mine.exists():
        Standing.objects.get_or_create(person=person, conversation=conversation, defaults={"read_to": number})
        changed_for([person.pk])
