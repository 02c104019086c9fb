"""What changes a report, and the page that it is about. Every function is one transaction."""

import logging

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log
from wagtail.models import Page

from hub import editions
from hub.mail import HubMail
from people.models import User
from reports.finding import Meant
from reports.models import Report
from reports.permissions import can_be_hidden

logger = logging.getLogger(__name__)


class AlreadyAnswered(Exception):
    """Somebody else was quicker; the message says so."""


@transaction.atomic
def send(meant: Meant, text: str, email: str, by: User | None) -> Report:
    """Tell those who look after a page what is wrong with it."""
    return Report.objects.create(page=meant.page, path=meant.path, text=text, email=email, reporter=by)


@transaction.atomic
def hide(report: Report, by: User) -> None:
    """Take the page from everybody at once, until it is published again. Twice is once."""
    page = _page(report)
    if page.live:
        # A facilitator need not be an editor: who may hide is asked in reports.permissions.
        UnpublishPageAction(page, user=by, log_action=False).execute(skip_permission_checks=True)
        log(instance=page, action="reports.hidden", user=by, data={"report": report.pk})


@transaction.atomic
def show_again(report: Report, by: User) -> None:
    """Publish the page as it stood when it was hidden."""
    page = _page(report)
    if not page.live:
        revision = page.save_revision(user=by, log_action=False)
        PublishPageRevisionAction(revision, user=by, log_action=False).execute(skip_permission_checks=True)
        log(instance=page, action="reports.shown_again", user=by, data={"report": report.pk})


def _page(report: Report) -> Page:
    if report.page is None or not can_be_hidden(report):
        raise PermissionDenied
    page: Page = report.page.specific
    return page


@transaction.atomic
def answer(report: Report, text: str, by: User) -> Report:
    """Answer a report, once; whoever gave an address gets the answer by e-mail after the commit.

    Raises ``AlreadyAnswered`` where two answer at once.
    """
    mine = Report.objects.filter(pk=report.pk, answered_at=None)
    if not mine.update(answer=text, answered_by=by, answered_at=timezone.now()):
        raise AlreadyAnswered(_("Somebody has answered this already."))
    editions.begin_new()  # an update tells nobody, and the front page asks for the answer no longer
    report.refresh_from_db()
    if report.email:
        transaction.on_commit(lambda: write_to_reporter(report), robust=True)
    return report


def write_to_reporter(report: Report) -> None:
    """The answer by e-mail. A mail server that is away loses no answer: the reporter reads it in the hub."""
    words = render_to_string("reports/answer.txt", {"report": report, "hub_name": settings.HUB_NAME})
    subject = _("%(hub)s: what became of your report") % {"hub": settings.HUB_NAME}
    try:
        HubMail(subject, words, to=[report.email]).send()
    except OSError:
        logger.exception("The answer to report %s could not be sent.", report.pk)
