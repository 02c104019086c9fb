"""``manage.py outbox …``: what waits, what was set aside and why, and another attempt at it."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from core.outbox import Delivery, ask_for_the_rest
from core.outbox.consumers import CONSUMERS
from core.outbox.tasks import ask_with_commit


class Command(BaseCommand):
    help = "Shows which events wait for whom and which could not be consumed, and has those tried again."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        counts = actions.add_parser("counts", help="Count what waits, what is in hand and what was set aside.")
        some = actions.add_parser("list", help="List what was set aside, with the reason.")
        some.add_argument("--all", action="store_true", help="List what waits, too.")
        one = actions.add_parser("show", help="Show one event.")
        one.add_argument("number", type=int)
        again = actions.add_parser("retry", help="Have what was set aside tried again.")
        again.add_argument("numbers", type=int, nargs="*", metavar="NUMBER", help="All that was set aside, if none.")
        actions.add_parser("resume", help="Have whatever is due and in nobody's hands brought now.")
        for action in (some, again):
            action.add_argument("--consumer", default="", help="Of this consumer only.")
        for action in (counts, some, one):
            action.add_argument("--json", action="store_true", help="Print JSON and nothing else.")

    def handle(self, *args: object, action: str, **options: object) -> None:
        getattr(self, f"do_{action}")(**options)

    def do_counts(self, **options: object) -> None:
        counted = {consumer.name: counts(consumer.name) for consumer in CONSUMERS}
        if options["json"]:
            self.stdout.write(json.dumps(counted))
            return
        for name, figures in counted.items():
            self.stdout.write(f"{name}: " + ", ".join(f"{value} {what}" for what, value in figures.items()))

    def do_list(self, consumer: str, **options: object) -> None:
        rows = Delivery.objects.all() if options["all"] else Delivery.objects.poison()
        rows = rows.filter(consumer=consumer) if consumer else rows
        if options["json"]:
            self.stdout.write(json.dumps([as_data(row) for row in rows]))
            return
        for row in rows:
            state = f"set aside: {row.reason}" if row.set_aside else f"waits {row.reason}".strip()
            self.stdout.write(f"{row.pk}  {row.consumer}  {row.kind}  {row.subject}  {state}")

    def do_show(self, number: int, **options: object) -> None:
        row = Delivery.objects.filter(pk=number).first()
        if row is None:
            raise CommandError(f"There is no event {number}; it may have been consumed.")
        if options["json"]:
            self.stdout.write(json.dumps(as_data(row)))
            return
        for name, value in as_data(row).items():
            self.stdout.write(f"{name}: {value}")

    def do_resume(self, **options: object) -> None:
        self.stdout.write(f"{ask_for_the_rest()} consumers were asked.")

    @transaction.atomic
    def do_retry(self, numbers: list[int], consumer: str, **options: object) -> None:
        rows = Delivery.objects.poison()
        rows = rows.filter(consumer=consumer) if consumer else rows
        rows = rows.filter(pk__in=numbers) if numbers else rows
        names = set(rows.values_list("consumer", flat=True))
        tried = rows.update(set_aside=None, attempts=0, due=timezone.now())
        for one in CONSUMERS:
            if one.name in names:
                ask_with_commit(one)
        self.stdout.write(self.style.SUCCESS(f"{tried} will be tried again."))


def counts(consumer: str) -> dict[str, int]:
    rows, now = Delivery.objects.to(consumer), timezone.now()
    return {
        "waiting": rows.waiting().count(),
        "in hand": rows.waiting().filter(claimed_until__gt=now).count(),
        "failed": rows.waiting().filter(attempts__gt=0).count(),
        "set aside": rows.poison().count(),
    }


def as_data(row: Delivery) -> dict[str, Any]:
    """All that is known of an event on its way."""
    return {
        "number": row.pk,
        "consumer": row.consumer,
        "kind": row.kind,
        "subject": row.subject,
        "event": str(row.event),
        "actor": row.actor,
        "audience": row.audience,
        "data": row.data,
        "at": row.at.isoformat(),
        "due": row.due.isoformat(),
        "claimed until": row.claimed_until and row.claimed_until.isoformat(),
        "fence": row.fence,
        "attempts": row.attempts,
        "reason": row.reason,
        "set aside": row.set_aside and row.set_aside.isoformat(),
    }
