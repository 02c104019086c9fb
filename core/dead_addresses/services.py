"""Stopping e-mails to an address, and trying it again."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from core.dead_addresses import notices
from core.dead_addresses.models import DeadAddress
from core.text import one_line


def is_dead(address: str) -> bool:
    """Whether nothing is sent to ``address`` any more."""
    return DeadAddress.objects.filter(address=_key(address), cleared=None).exists()


def dead_among(addresses: Collection[str]) -> set[str]:
    """Those of ``addresses`` to which nothing is sent any more, in lower case."""
    keys = {_key(address) for address in addresses}
    return set(DeadAddress.objects.filter(address__in=keys, cleared=None).values_list("address", flat=True))


@transaction.atomic
def stop(address: str, *, reason: str, when: datetime | None = None) -> bool:
    """Send nothing to ``address`` any more; whether that is new. What came back before the address was last tried
    again, at ``when``, says nothing about today.
    """
    now = when or timezone.now()
    words = {"reason": one_line(reason)[:300], "stopped": now}
    row, made = DeadAddress.objects.select_for_update().get_or_create(address=_key(address), defaults=words)
    if not made:
        if row.cleared is None or row.cleared >= now:
            return False
        DeadAddress.objects.filter(pk=row.pk).update(**words, cleared=None)
    notices.tell_stopped(row)
    return True


@transaction.atomic
def try_again(row: DeadAddress) -> None:
    """Send to it again, from the next e-mail on."""
    DeadAddress.objects.filter(pk=row.pk).update(cleared=timezone.now())
    notices.settle()


def _key(address: str) -> str:
    return address.strip().casefold()[:320]
