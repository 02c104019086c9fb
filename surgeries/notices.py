"""Who hears of what becomes of a session."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _, gettext_lazy

from communities.models import Membership
from communities.permissions import communities_stewarded
from core.audiences import Person
from core.days import midnight
from core.notices import Happened, Importance, NoticeKind, NoticeWords
from people.absence.notices import AWAY
from people.away import Absence
from people.models import User
from surgeries.models import Session, Status


@dataclass(frozen=True, slots=True)
class Lacking:
    """Whoever is away, and the sessions that lack them."""

    mentor: User
    sessions: list[Session]

    version_scope = "surgeries"


def mentored_in(absence: Absence) -> QuerySet[Session]:
    """The sessions to come that whoever is away was to be at."""
    theirs = Session.objects.filter(mentors=absence.person_id, surgery__live=True, status=Status.SCHEDULED)
    theirs = theirs.filter(ends__gte=timezone.now(), starts__gte=midnight(absence.first))
    return theirs if absence.last is None else theirs.filter(starts__lt=midnight(absence.last + timedelta(days=1)))


def _hosts(event: Happened) -> Iterable[int]:
    """Who looks after the communities whose sessions lack a mentor."""
    absence = Absence.objects.standing().filter(pk=event.subject_pk).first()
    if absence is None:
        return []
    communities = mentored_in(absence).order_by().values("surgery__community")
    return Membership.objects.stewards().filter(community__in=communities).values_list("person_id", flat=True)


def _lacking(reader: Person, pks: Collection[str]) -> dict[str, Any]:
    """By the key of an absence the sessions that lack a mentor for it and that the reader looks after."""
    absences = list(Absence.objects.standing().filter(pk__in=pks).select_related("person"))
    hosted = Session.objects.shown_to(reader).upcoming().filter(status=Status.SCHEDULED)
    hosted = hosted.filter(surgery__community__in=communities_stewarded(reader)).select_related("surgery")
    of_mentor: defaultdict[int, list[Session]] = defaultdict(list)
    for session in (
        hosted.filter(mentors__in=[one.person_id for one in absences]).distinct().prefetch_related("mentors")
    ):
        for mentor in session.mentors.all():
            of_mentor[mentor.pk].append(session)
    found = {}
    for one in absences:
        lacking = [each for each in of_mentor[one.person_id] if one.holds(timezone.localdate(each.starts))]
        if lacking:
            found[str(one.pk)] = Lacking(one.person, lacking)
    return found


def _cannot_be_there(found: Lacking, event: Happened, reader: Person) -> NoticeWords:
    person, sessions = found.mentor, found.sessions
    told = [f"{one.heading}, {date_format(timezone.localtime(one.starts), 'l j F')}" for one in sessions]
    return NoticeWords(
        title=_("%(person)s cannot be there: %(session)s") % {"person": person, "session": sessions[0].heading},
        text=_("They are away: %(sessions)s. Find somebody else, move it or cancel it.")
        % {"sessions": "; ".join(told)},
        url=sessions[0].url,
        action=_("See the session"),
        subject=_("Somebody cannot be at a session that you look after"),
    )


KINDS = (
    NoticeKind(
        "surgeries.mentor_away",
        gettext_lazy("A mentor of a session that you look after is away"),
        events=(AWAY,),
        recipients=_hosts,
        subjects=_lacking,
        words=_cannot_be_there,
        importance=Importance.MATTERS,
    ),
)
