"""``python -m benchmarks.outbox``: how fast events are written and consumed, beside the queue that search had before.

Both stand in one database (``DATABASE_URL``, or a new SQLite file) and are measured in turn in one run, several times;
the best of each is shown. Nothing is brought to an index: what is measured is the queue itself. The old queue is built
here as it was: a table and the queries of ``indexing.queue`` before the outbox.
"""

import os
import time
import uuid
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import django

from tools.terminal import say

THINGS, ALONE, BATCH, ROUNDS = 5000, 500, 200, 3
KIND, NAME, ORDERED = "benchmarks.changed", "benchmark", "benchmark in order"


def main() -> None:
    with TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{Path(folder) / 'outbox.sqlite3'}")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings.development")
        os.environ.setdefault("DEBUG", "false")  # or each query is written down
        django.setup()
        compare()


def compare() -> None:
    """Both queues, in turn."""
    from django.db import connection  # noqa: PLC0415 (needs the setup above)
    from django.test.utils import override_settings  # noqa: PLC0415 (as above)

    from core import outbox  # noqa: PLC0415 (as above)
    from core.outbox import Consumer, Delivery  # noqa: PLC0415 (as above)

    old, keys = old_queue(), [f"stories.storypage:{number}" for number in range(THINGS)]
    outbox.add_consumer(Consumer(NAME, {KIND}, len, batch=BATCH, coalesces=True))
    outbox.add_consumer(Consumer(ORDERED, {f"{KIND}.in.order"}, len, batch=BATCH))
    measured: dict[str, list[float]] = {}
    say(f"{connection.vendor}: things a second, the best of {ROUNDS} rounds")
    with connection.schema_editor() as editor:
        tables = connection.introspection.table_names()
        made = [model for model in (old, Delivery) if model._meta.db_table not in tables]
        for model in made:
            editor.create_model(model)
    deeds: dict[str, tuple[int, Callable[[], Any]]] = {
        "queue of before: many at once": (THINGS, lambda: put(old, keys)),
        "queue of before: the same again": (THINGS, lambda: put(old, keys)),
        "queue of before: drained": (THINGS, lambda: drain(old)),
        "queue of before: one by one": (ALONE, lambda: each(keys[:ALONE], lambda key: put(old, [key]))),
        "queue of before: one by one, drained": (ALONE, lambda: drain(old)),
        "outbox: many at once": (THINGS, lambda: outbox.emit(KIND, keys)),
        "outbox: the same again": (THINGS, lambda: outbox.emit(KIND, keys)),
        "outbox: drained": (THINGS, lambda: outbox.drain(NAME)),
        "outbox: one by one": (ALONE, lambda: each(keys[:ALONE], lambda key: outbox.emit(KIND, key))),
        "outbox: one by one, drained": (ALONE, lambda: outbox.drain(NAME)),
        "outbox, in order: many at once": (THINGS, lambda: outbox.emit(f"{KIND}.in.order", keys)),
        "outbox, in order: drained": (THINGS, lambda: outbox.drain(ORDERED)),
    }
    from unittest import mock  # noqa: PLC0415 (for the benchmark alone)

    with (
        override_settings(DEBUG=False),
        mock.patch("core.outbox.emitting.ask_with_commit"),  # tasks are asked for by both alike
    ):
        for _round in range(ROUNDS):
            for name, (count, deed) in deeds.items():
                began = time.perf_counter()
                deed()
                measured.setdefault(name, []).append(count / (time.perf_counter() - began))
    for name, rates in measured.items():
        say(f"  {name:<40}{max(rates):>10,.0f}")
    with connection.schema_editor() as editor:
        for model in made:
            editor.delete_model(model)


def old_queue() -> Any:
    """The table of search's queue as it was."""
    from django.db import models  # noqa: PLC0415 (needs Django set up)
    from django.utils import timezone  # noqa: PLC0415 (as above)

    class OldQueue(models.Model):
        changes_pages = False
        key = models.CharField(max_length=200, unique=True)
        model = models.CharField(max_length=100)
        object_pk = models.CharField(max_length=100)
        claimant = models.UUIDField(null=True)
        claimed = models.DateTimeField(null=True)
        stamp = models.UUIDField()
        queued = models.DateTimeField(default=timezone.now)

        class Meta:
            app_label = "core"
            db_table = "benchmark_old_queue"

        def __str__(self) -> str:
            return self.key

    return OldQueue


def each(keys: Sequence[str], deed: Callable[[str], None]) -> None:
    for key in keys:
        deed(key)


def put(old: Any, keys: Sequence[str]) -> None:
    from django.utils import timezone  # noqa: PLC0415 (needs Django set up)

    now = timezone.now()
    parts = sorted((key.split(":") for key in keys), key=lambda pair: pair[1])
    rows = [old(key=f"{label}:{pk}", model=label, object_pk=pk, stamp=uuid.uuid4(), queued=now) for label, pk in parts]
    old.objects.bulk_create(
        rows, batch_size=500, update_conflicts=True, unique_fields=["key"], update_fields=["stamp", "queued"]
    )


def drain(old: Any) -> None:
    """Claim, hold, settle and release, as they were."""
    from core.outbox.consumers import Consumer  # noqa: PLC0415 (needs Django set up)
    from core.outbox.draining import held  # noqa: PLC0415 (as above)

    nobody = Consumer(NAME, {KIND}, len)
    while rows := claim(old):
        with held(nobody, []):
            len(rows)
        settle(old, rows)


def claim(old: Any) -> list[Any]:
    from django.db import transaction  # noqa: PLC0415 (needs Django set up)
    from django.db.models import Q  # noqa: PLC0415 (as above)
    from django.utils import timezone  # noqa: PLC0415 (as above)

    mine, now = uuid.uuid4(), timezone.now()
    free = old.objects.filter(Q(claimed=None) | Q(claimed__lt=now - timedelta(minutes=1))).order_by("pk")
    if not free.exists():
        return []
    with transaction.atomic():
        chosen = list(free.select_for_update(skip_locked=True).values_list("pk", flat=True)[:BATCH])
        old.objects.filter(pk__in=chosen).update(claimant=mine, claimed=now)
    return list(old.objects.filter(claimant=mine))


def settle(old: Any, rows: Sequence[Any]) -> None:
    from django.db import transaction  # noqa: PLC0415 (needs Django set up)

    from core.row_locks import delete_locked  # noqa: PLC0415 (as above)

    as_read = old.objects.filter(pk__in=[row.pk for row in rows], stamp__in=[row.stamp for row in rows])
    delete_locked(as_read.order_by("model", "object_pk"))
    with transaction.atomic():
        mine = old.objects.filter(claimant=rows[0].claimant).order_by("model", "object_pk")
        keys = list(mine.select_for_update().values_list("pk", flat=True))
        old.objects.filter(pk__in=keys).update(claimant=None, claimed=None)


if __name__ == "__main__":
    main()
