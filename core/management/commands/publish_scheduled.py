"""``manage.py publish_scheduled``: Wagtail's, where one page that cannot appear holds up no other."""

import logging

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.management.commands import publish_scheduled
from wagtail.models import Page, Revision
from wagtail.query import PageQuerySet

from core.heartbeats import ask_the_worker, beat
from core.outbox import ask_for_the_rest
from core.periodic import run_periodic

logger = logging.getLogger(__name__)


class Command(publish_scheduled.Command):
    """Whether a page is right is asked again on its day, and by then it may be wrong: there are more members than it
    has places for, say. It keeps its date, so that it appears as soon as it can.
    """

    def handle(self, *args: object, **options: object) -> None:
        if options["dryrun"]:
            super().handle(*args, **options)
            return
        self.take_down(Page.objects.all())
        due = Revision.objects.filter(approved_go_live_at__lt=timezone.now()).order_by("approved_go_live_at")
        for revision in due:
            self.publish(revision)
        run_periodic()
        ask_for_the_rest()
        ask_the_worker()
        beat("publish_scheduled")

    def publish(self, revision: Revision) -> None:
        try:
            with transaction.atomic():  # what came after its own end, because nothing ran meanwhile, is never seen
                revision.publish(log_action="wagtail.publish.scheduled")
                self.take_down(Page.objects.filter(pk=revision.object_id))
        except ValidationError as error:
            reasons = " ".join(error.messages)
            logger.exception("A version with a date cannot appear: page %s.", revision.object_id)
            self.stderr.write(f"“{revision.object_str}” cannot appear: {reasons} Change it in the editor.")
        except Exception as error:  # e-mails and what else has its time come after it
            logger.exception("A version with a date could not appear: page %s.", revision.object_id)
            self.stderr.write(f"“{revision.object_str}” could not appear: {type(error).__name__}. The log says more.")

    def take_down(self, pages: PageQuerySet) -> None:
        """Those whose time is over. One that breaks is said, tried again the next time, and holds up no other."""
        for page in pages.live().filter(expire_at__lt=timezone.now()).order_by("expire_at"):
            try:
                with transaction.atomic():
                    page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
            except Exception as error:
                logger.exception("A page whose time is over could not be taken down: page %s.", page.pk)
                name = type(error).__name__
                self.stderr.write(f"“{page.title}” could not be taken down: {name}. The log says more.")
