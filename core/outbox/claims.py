"""Who has which deliveries in hand: claims with a lease and a fencing number.

Every claim raises the fencing number of a delivery. Whatever is done with it afterwards is done only while it still
has the number that it was claimed with: a worker who was taken for dead changes nothing of what another has in hand.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Collate
from django.utils import timezone

from core.outbox.consumers import Consumer
from core.outbox.models import Delivery, DeliveryQuerySet


def free(consumer: Consumer, now: datetime, until: datetime | None = None) -> DeliveryQuerySet:
    """What may be claimed now, of what was due ``until`` then: of each subject only the first that is still to be
    consumed.
    """
    unclaimed = Q(claimed_until=None) | Q(claimed_until__lte=now)
    found = Delivery.objects.to(consumer.name).waiting().filter(unclaimed, due__lte=until or now)
    if consumer.coalesces:
        return found
    before = Delivery.objects.waiting().filter(
        consumer=OuterRef("consumer"), subject=OuterRef("subject"), pk__lt=OuterRef("pk")
    )
    return found.exclude(Exists(before))


def claim(consumer: Consumer, until: datetime | None = None) -> list[Delivery]:
    """A batch that nobody else has in hand, now ours for as long as the lease lasts; of what was due ``until`` then.

    What a transaction is writing just now is left for the next time, so that nobody waits for it.
    """
    now = timezone.now()
    until = until or now
    if not free(consumer, now, until).exists():
        return []
    with transaction.atomic():
        most = min(consumer.batch, _room_left(consumer, now))
        rows = list(free(consumer, now, until).select_for_update(skip_locked=True).order_by("pk")[:most])
        Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(
            fence=F("fence") + 1, claimed_until=now + consumer.held_for()
        )
    for row in rows:
        row.fence += 1
    return rows


def _room_left(consumer: Consumer, now: datetime) -> int:
    """How many more deliveries the consumer may have in hand. Claims that are counted run one after another."""
    if consumer.concurrency is None:
        return consumer.batch
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(hashtext(%s))", [f"outbox {consumer.name}"])
    in_hand = Delivery.objects.to(consumer.name).waiting().filter(claimed_until__gt=now).count()
    return max(consumer.concurrency - in_hand, 0)


@transaction.atomic
def settle(rows: Sequence[Delivery]) -> int:
    """Remove what was consumed, and return how much that was. A newer event that coalesced meanwhile is anybody's."""
    read = {row.pk: row.event for row in rows}
    ours = _ours(rows)
    done = [pk for pk, event in ours.items() if read[pk] == event]
    # Nothing hangs on a delivery and nothing listens: collecting rows first would only read them once more.
    Delivery.objects.filter(pk__in=done)._raw_delete(Delivery.objects.db)
    _let_go(ours.keys() - set(done))
    return len(done)


@transaction.atomic
def release(rows: Sequence[Delivery]) -> None:
    """Let go of what is still ours."""
    _let_go(_ours(rows))


@transaction.atomic
def renew(rows: Sequence[Delivery], consumer: Consumer) -> None:
    """Say that we are alive."""
    until = timezone.now() + consumer.held_for()
    Delivery.objects.filter(pk__in=list(_ours(rows))).update(claimed_until=until)


@transaction.atomic
def fail(row: Delivery, consumer: Consumer, reason: str) -> None:
    """Try again later, or set aside what has failed too often. A newer event of the subject begins anew."""
    ours = _ours([row])
    if ours.get(row.pk) != row.event:
        _let_go(ours)
        return
    now, attempts = timezone.now(), row.attempts + 1
    if attempts >= consumer.attempts:
        _let_go(ours, attempts=attempts, reason=reason[:300], set_aside=now)
    else:
        _let_go(ours, attempts=attempts, reason=reason[:300], due=now + consumer.backoff(attempts))


def _ours(rows: Iterable[Delivery]) -> dict[int, Any]:
    """Those that still have the number they were claimed with, locked, each with its present event.

    They are locked in the order in which ``emit`` writes them, so that no two processes wait for each other.
    """
    fences = {row.pk: row.fence for row in rows}
    locked = Delivery.objects.filter(pk__in=fences).select_for_update()
    if connection.vendor == "postgresql":
        locked = locked.order_by(Collate("subject", "C"), "slot")
    return {pk: event for pk, fence, event in locked.values_list("pk", "fence", "event") if fences[pk] == fence}


def _let_go(pks: Collection[int], **changes: object) -> None:
    """Deliveries that are anybody's again; the number that we had is good for nothing any more."""
    if pks:
        Delivery.objects.filter(pk__in=list(pks)).update(claimed_until=None, fence=F("fence") + 1, **changes)
