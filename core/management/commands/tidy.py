"""``manage.py tidy``: removes whatever is too old to be kept, in every room."""

from django.core.management.base import BaseCommand, CommandError

from core.heartbeats import beat
from core.tidying import TIDYINGS, tidy


class Command(BaseCommand):
    help = "Removes what is too old to be kept: what was read and asked, and old events. Run it once a day."

    def handle(self, *args: object, **options: object) -> None:
        if failed := tidy():
            raise CommandError(f"Not tidied, the log says why: {', '.join(failed)}.")
        beat("tidy")
        self.stdout.write(self.style.SUCCESS(f"Tidied: {', '.join(one.name for one in TIDYINGS.contributions())}."))
