"""``manage.py timetable``: ``publish_scheduled`` again and again, in one process, until it is stopped."""

import logging
import time
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, close_old_connections

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Runs publish_scheduled every minute, until it is stopped: for containers, and for make run."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--every", type=int, default=60, metavar="SECONDS", help="How often (60).")

    def handle(self, *, every: int, **_options: Any) -> None:
        if every < 1:
            raise CommandError("--every takes a number of seconds from 1.")
        try:
            while True:
                self.run_once()
                time.sleep(every)
        except KeyboardInterrupt:
            return

    def run_once(self) -> None:
        """What cannot be done now is done the next time: the database may be away for a moment."""
        close_old_connections()
        try:
            call_command("publish_scheduled", stdout=self.stdout, stderr=self.stderr)
        except DatabaseError as error:
            logger.warning("The timetable has to wait: %s", error)
