"""What becomes of copies and of requests to be erased. Every function is one transaction."""

from functools import partial

from django.db import transaction
from django.utils import timezone

from accounts.leaving.notices import hub_team
from accounts.personal_data.models import KEPT, ErasureRequest, HeldCopy
from accounts.personal_data.notices import tell_asked
from accounts.personal_data.tasks import make_copy
from core.versions import changed_for
from people.models import User


@transaction.atomic
def ask_for_copy(person: User) -> HeldCopy:
    """Have a copy made; one that is being made is not begun twice, and an older one goes."""
    User.objects.select_for_update(of=("self",)).filter(pk=person.pk).first()
    waiting = HeldCopy.objects.filter(person=person, made=None).first()
    if waiting is not None and not waiting.is_late:
        return waiting
    HeldCopy.objects.filter(person=person).delete()
    changed_for([person.pk])
    copy = HeldCopy.objects.create(person=person)
    transaction.on_commit(partial(make_copy.enqueue, copy.pk), robust=True)
    return copy


@transaction.atomic
def forget() -> None:
    """Copies that are seven days old are gone."""
    old = HeldCopy.objects.filter(asked__lt=timezone.now() - KEPT)
    changed_for(old.values_list("person_id", flat=True))
    old.delete()


@transaction.atomic
def ask_for_erasure(person: User, word: str) -> None:
    """Ask the hub team; asked again, the newer word counts."""
    asked, is_new = ErasureRequest.objects.update_or_create(person=person, defaults={"word": word})
    if is_new:
        tell_asked(asked)


@transaction.atomic
def withdraw_erasure(person: User) -> bool:
    """Whether there was something to take back."""
    changed_for(hub_team())
    return bool(ErasureRequest.objects.filter(person=person).delete()[0])
