"""That a session was moved, cancelled or takes place after all: told to those who would go there."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _, gettext_lazy

from communities.models import Membership
from core.audiences import Person
from core.notices import Happened, MailAttachment, NoticeKind, NoticeWords, by_key
from core.outbox import emit
from people.models import User
from surgeries.calendars import calendar_of
from surgeries.models import Session, Status, SurgeryPage

CHANGED = "surgeries.session_changed"
PATTERN_CHANGED = "surgeries.pattern_changed"


def tell_changed(session: Session) -> None:
    """The calendar of whoever hears of it takes the new state over by ``sequence``."""
    emit(CHANGED, session, audience=session.audience_token, data={"sequence": session.sequence})


def tell_pattern_changed(surgery: SurgeryPage, by: User) -> None:
    """Once, however many dates it moves."""
    emit(PATTERN_CHANGED, surgery, actor=by, audience=surgery.audience_token)


def who_goes_there(event: Happened) -> Iterable[int]:
    """Its mentors, and the facilitators of the community that hosts it."""
    series = SurgeryPage.objects.filter(sessions=event.subject_pk)
    hosts = Membership.objects.stewards().filter(community__in=series.values("community"))
    people = User.objects.here().filter(Q(mentored_sessions=event.subject_pk) | Q(pk__in=hosts.values("person")))
    return people.distinct().values_list("pk", flat=True)


def sessions_shown(reader: Person, keys: Collection[str]) -> Mapping[str, Session]:
    return by_key(Session.objects.shown_to(reader).filter(pk__in=keys).for_listing())


def changed(session: Session, event: Happened, reader: Person) -> NoticeWords | None:
    """How it stands now, as long as it is not over: of several changes the inbox shows one."""
    if session.ends < timezone.now():
        return None
    when = date_format(timezone.localtime(session.starts), "l j F, H:i")
    if session.status == Status.CANCELLED:
        title = _("Cancelled: %(when)s") % {"when": when}
    elif session.moved_from:
        title = _("Moved to %(when)s") % {"when": when}
    else:
        title = _("Changed: %(when)s") % {"when": when}
    text = ". ".join(filter(None, (session.where, session.note)))
    return NoticeWords(title, session.url, text, _("See the session"), about=session.heading)


def calendar_entry(session: Session, root: str) -> MailAttachment:
    """The state for a calendar that has the session already, by its UID and its higher SEQUENCE."""
    return MailAttachment(f"session-{session.pk}.ics", calendar_of([session], root), "text/calendar; method=PUBLISH")


def hosts_of(event: Happened) -> Iterable[int]:
    """The facilitators of the community that hosts it."""
    series = SurgeryPage.objects.filter(pk=event.subject_pk)
    return (
        Membership.objects.stewards().filter(community__in=series.values("community")).values_list("person", flat=True)
    )


def series_shown(reader: Person, keys: Collection[str]) -> Mapping[str, SurgeryPage]:
    return by_key(SurgeryPage.objects.shown_to(reader).filter(pk__in=keys).prefetch_related("patterns"))


def pattern_changed(surgery: SurgeryPage, event: Happened, reader: Person) -> NoticeWords:
    when = "; ".join(str(pattern) for pattern in surgery.patterns.all() if not pattern.is_over)
    title = _("Its dates are others now: %(surgery)s") % {"surgery": surgery.title}
    return NoticeWords(title, str(surgery.url), when, _("See the dates"), about=surgery.title)


KINDS: tuple[Any, ...] = (
    NoticeKind(
        PATTERN_CHANGED,
        gettext_lazy("The dates of a surgery that you look after are others"),
        words=pattern_changed,
        subjects=series_shown,
        recipients=hosts_of,
    ),
    NoticeKind(
        CHANGED,
        gettext_lazy("A session of yours is moved, changed or cancelled"),
        words=changed,
        subjects=sessions_shown,
        recipients=who_goes_there,
        tells_actor=True,
        attachment=calendar_entry,
    ),
)
