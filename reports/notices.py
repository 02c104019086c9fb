"""Who hears that something is wrong with a page, and what became of it."""

from collections.abc import Collection, Iterable, Mapping
from typing import cast

from django.db.models import Prefetch, Q
from django.utils.text import Truncator
from django.utils.translation import gettext as _, gettext_lazy
from wagtail.models import Page

from communities.models import Membership
from communities.permissions import communities_stewarded
from core.audiences import Person
from core.notices import Happened, NoticeKind, NoticeWords, by_key
from core.outbox import emit
from people.models import User
from reports import listings
from reports.models import PageReport

REPORTED = "reports.reported"
TOLD = "reports.told"
SHOWN = 200  # letters


def tell_reported(report: PageReport) -> None:
    """Whoever looks after the page is to answer."""
    emit(REPORTED, report, actor=report.reporter, audience=report.audience_token)


def tell_answered(report: PageReport, by: User) -> None:
    """Whoever reported it, and has an account, reads the answer."""
    if report.reporter_id is not None:
        emit(TOLD, report, actor=by)


def who_answers(event: Happened) -> Iterable[int]:
    """The facilitators of the page's community who are asked; the hub team where nobody else is."""
    report = PageReport.objects.filter(pk=event.subject_pk).first()
    if report is None:
        return []
    facilitators = User.objects.here().filter(
        pk__in=Membership.objects.stewards().filter(community=report.community_id).values("person")
    )
    asked = [one.pk for one in facilitators if PageReport.objects.asked_of(one).filter(pk=report.pk).exists()]
    return asked or User.objects.here().filter(is_superuser=True).values_list("pk", flat=True)


def its_reporter(event: Happened) -> Iterable[int]:
    return PageReport.objects.filter(pk=event.subject_pk).exclude(reporter=None).values_list("reporter_id", flat=True)


def reports_told(reader: Person, keys: Collection[str]) -> Mapping[str, PageReport]:
    """Those that the reader sent, and those that they are to answer."""
    asked = PageReport.objects.asked_of(reader, list(communities_stewarded(reader))).filter(pk__in=keys)
    rows = PageReport.objects.filter(Q(pk__in=asked.order_by().values("pk")) | Q(reporter=reader.pk), pk__in=keys)
    return by_key(rows.select_related("answered_by").prefetch_related(Prefetch("page", Page.objects.specific())))


def reported(report: PageReport, event: Happened, reader: Person) -> NoticeWords | None:
    """As long as nobody has answered it."""
    if report.is_answered or report.reporter_id == reader.pk:
        return None
    about = listings.subject(cast("User", reader), report)
    text = Truncator(report.text).chars(SHOWN)
    return NoticeWords(
        _("Something is wrong with a page"), report.get_absolute_url(), text, _("Look at it"), about=about
    )


def answered(report: PageReport, event: Happened, reader: Person) -> NoticeWords | None:
    if not report.is_answered or report.reporter_id != reader.pk:
        return None
    text = Truncator(report.answer).chars(SHOWN)
    about = listings.subject(cast("User", reader), report)
    title = _("%(name)s answers what you reported") % {"name": report.answered_by or _("Somebody")}
    subject = _("What you reported is answered")
    return NoticeWords(title, report.get_absolute_url(), text, _("Read it"), about=about, subject=subject)


KINDS = (
    NoticeKind(
        REPORTED,
        gettext_lazy("Something is wrong with a page that you look after"),
        words=reported,
        subjects=reports_told,
        recipients=who_answers,
    ),
    NoticeKind(
        TOLD,
        gettext_lazy("What you reported is answered"),
        words=answered,
        subjects=reports_told,
        recipients=its_reporter,
    ),
)
