"""Copies are made in the background: some people have been here for years."""

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from accounts.personal_data.copying import zipped
from accounts.personal_data.models import HeldCopy
from accounts.personal_data.notices import tell_ready


@task()
def make_copy(pk: int) -> None:
    """Make a copy that was asked for; nothing where it was taken back or made meanwhile."""
    make(pk)


@transaction.atomic
def make(pk: int) -> None:
    copy = HeldCopy.objects.select_for_update(of=("self",)).select_related("person").filter(pk=pk, made=None).first()
    if copy is None:
        return
    copy.content, copy.made = zipped(copy.person), timezone.now()
    copy.save(update_fields=["content", "made"])
    tell_ready(copy)
