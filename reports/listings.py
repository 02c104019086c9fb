"""What pages show of reports."""

from collections.abc import Collection
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from wagtail.models import Page

from people.models import User
from reports.models import PageReport
from reports.permissions import can_be_hidden, can_be_shown_again, knows_title, may_answer
from reports.querysets import ReportQuerySet


def waiting_for(person: User, stewarded: Collection[int] | None = None) -> ReportQuerySet:
    """What ``person`` is to answer, longest waiting first. The keys of the communities that they look after may be
    known.
    """
    pages = Prefetch("page", Page.objects.specific())  # a title is told to whoever may see the page: one query a kind
    found: ReportQuerySet = PageReport.objects.asked_of(person, stewarded).unanswered().prefetch_related(pages)
    return found


def report_context(person: User, report: PageReport) -> dict[str, Any]:
    """One report, as whoever is to answer it or whoever sent it sees it."""
    asked = may_answer(person, report)
    is_hidden = report.page is not None and not report.page.live
    return {
        "report": report,
        "subject": subject(person, report),
        "page_url": report.path if knows_title(person, report) or not report.title else "",
        "is_asked": asked,
        "may_hide": asked and (can_be_shown_again(report) if is_hidden else can_be_hidden(report)),
        "is_hidden": is_hidden,
        "reporter": report.reporter if person.is_superuser else None,
    }


def subject(person: User, report: PageReport) -> str:
    """What a report is about, in words that ``person`` may read."""
    if report.page is None:
        return _("A page that is gone") if report.title else report.path or _("The hub as a whole")
    if not knows_title(person, report):
        return _("A page that only its members see")
    return str(report.page.title if report.page.live else report.title)
