"""What changes a report, and the page that it is about. Every function is one transaction."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from core import versions
from core.audiences import EVERYONE, ORGANISATION, narrowest
from core.drafts import version_of_row
from people.models import User
from reports import mail, notices
from reports.finding import Meant
from reports.models import PageReport
from reports.permissions import can_be_hidden

JUST_NOW = timedelta(minutes=10)


class AlreadyAnswered(Exception):
    """Somebody else was quicker; the message says so."""


class IsNarrower(Exception):
    """The page would be for more people than its newest draft; the message says what to do."""


@transaction.atomic
def send(meant: Meant, text: str, email: str, by: User | None) -> PageReport:
    """Tell those who look after a page what is wrong with it.

    An address that somebody typed who is not signed in is asked first whether it is theirs. Sent twice, it is one.
    """
    if by is not None:
        list(User.objects.select_for_update(of=("self",), no_key=True).filter(pk=by.pk))  # one after another
    same = PageReport.objects.filter(page=meant.page, path=meant.path, text=text, email=email, reporter=by)
    if (known := same.filter(sent_at__gt=timezone.now() - JUST_NOW).first()) is not None:
        return known  # pressed twice
    report = PageReport(page=meant.page, path=meant.path, text=text, email=email, reporter=by)
    if meant.page is not None:
        report.note_page(meant.page)
    report.save()
    if email and by is None:
        mail.ask_for_proof(report)
    notices.tell_reported(report)
    return report


@transaction.atomic
def prove(report: PageReport) -> None:
    """The address is its reporter's, who has followed the link. An answer that is there already goes to it now."""
    unproved = PageReport.objects.filter(pk=report.pk, email_proved_at=None)
    if unproved.update(email_proved_at=timezone.now()):
        report.refresh_from_db()
        if report.is_answered:
            mail.write_to_reporter(report)


@transaction.atomic
def hide(report: PageReport, by: User) -> None:
    """Take the page from everybody at once, until it is published again. Twice is once.

    What was live is kept as a version: from now on the page's row is a draft, which others may change.
    """
    page = _page(report)
    if page.live:
        _keep(report, page)
        # A facilitator need not be an editor: who may hide is asked in reports.permissions.
        UnpublishPageAction(page, user=by, log_action=False).execute(skip_permission_checks=True)
        log(instance=page, action="reports.hidden", user=by, data={"report": report.pk})


def _keep(report: PageReport, page: Page) -> None:
    now = PageReport()
    now.note_page(page)
    theirs = Q(community=now.community) | Q(audience_token__in=(EVERYONE, ORGANISATION))
    PageReport.objects.filter(theirs, page=page).update(title=now.title, community=now.community)
    report.refresh_from_db(fields=["title", "community"])
    report.planned_version = page.scheduled_revision
    report.hidden_version = version_of_row(page)
    report.hidden_at = timezone.now()
    report.save()
    report.hidden_aliases.set(page.aliases.live())


@transaction.atomic
def show_again(report: PageReport, by: User) -> None:
    """Publish the page as it stood when it was hidden, and nothing of what was drafted since.

    Raises ``IsNarrower`` where the newest draft is for fewer people: whoever wrote it may have had a reason.
    """
    page = _page(report)
    hiding = PageReport.objects.hiding(page).first()
    if hiding is None:
        return
    _refuse_to_widen(page, hiding.hidden_version)
    planned = page.scheduled_revision or hiding.planned_version
    if page.alias_of is not None:
        _follow_again(page)
    else:
        _publish(page, hiding, by)
    _plan_again(planned)
    log(instance=page, action="reports.shown_again", user=by, data={"report": report.pk})


def _follow_again(alias: Page) -> None:
    """An alias has no versions of its own: it says what its original says today."""
    original = alias.alias_of.specific
    others = original.aliases.exclude(pk=alias.pk)
    original.update_aliases(_updated_ids=list(others.values_list("pk", flat=True)))


def _publish(page: Page, hiding: PageReport, by: User) -> None:
    """What was live when the page was hidden, and of its aliases those that were."""
    publication = PublishPageRevisionAction(hiding.hidden_version, user=by, log_action=False)
    went_before = page.aliases.not_live().exclude(pk__in=hiding.hidden_aliases.values("pk"))
    publication.object.aliases_left_alone = list(went_before.values_list("pk", flat=True))
    publication.execute(skip_permission_checks=True)


def _refuse_to_widen(page: Page, version: Revision) -> None:
    token, drafted = (made.as_object().own_audience_token() for made in (version, page.latest_revision or version))
    if narrowest(token, drafted) != token:
        raise IsNarrower(
            _("A newer draft of this page is for fewer people. Ask an editor to look at it and publish it.")
        )


def _plan_again(version: Revision | None) -> None:
    """What was to appear at a date still does: going live takes every date off."""
    day = version.as_object().go_live_at if version else None
    if version and day and day > timezone.now():
        Revision.objects.filter(pk=version.pk).update(approved_go_live_at=day)


def _page(report: PageReport) -> Page:
    if report.page is None or not can_be_hidden(report):
        raise PermissionDenied
    page: Page = report.page.specific
    return page


@transaction.atomic
def answer(report: PageReport, text: str, by: User) -> PageReport:
    """Answer a report, once; whoever sent it hears of it after the commit.

    Raises ``AlreadyAnswered`` where two answer at once.
    """
    if PageReport.objects.filter(pk=report.pk, answer=text, answered_by=by).exists():
        return report  # pressed twice
    mine = PageReport.objects.filter(pk=report.pk, answered_at=None)
    if not mine.update(answer=text, answered_by=by, answered_at=timezone.now()):
        raise AlreadyAnswered(_("Somebody has answered this already."))
    versions.changed(report.version_kind)  # an update tells nobody, and the front page asks for the answer no longer
    report.refresh_from_db()
    if report.reporter_id is None and report.answer_address:
        mail.write_to_reporter(report)
    notices.tell_answered(report, by)
    return report
