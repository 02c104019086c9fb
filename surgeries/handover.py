"""Sessions to come at which somebody helps, for whoever takes them over when they leave."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy as _

from communities.handover import facilitators_of
from core.audiences import may_see
from indexing.documents import key_for
from people.handover import CannotGive, Handover, LookedAfter
from people.models import User
from surgeries import services
from surgeries.models import Session, SessionMentor, Status


def _to_come(person: User) -> Any:
    """Sessions that take place and are not over."""
    theirs = Session.objects.upcoming().filter(mentor_links__person=person, surgery__live=True)
    return theirs.exclude(status=Status.CANCELLED)


def held(person: User) -> Iterator[LookedAfter]:
    for session in _to_come(person).select_related("surgery", "surgery__community"):
        when = date_format(timezone.localtime(session.starts), "j F Y, H:i")
        community = session.surgery.community
        closed = gettext("A session of %(community)s") % {"community": community.title} if community else _("A session")
        yield LookedAfter(key_for(Session, session.pk), session, session.heading, session.url, when, closed)


@transaction.atomic
def give(person: User, pk: int, to: User, by: User) -> None:
    """The other helps instead. Whoever helps there already goes on doing so."""
    link = SessionMentor.objects.select_for_update(of=("self",)).filter(session=pk, person=person).first()
    session = _to_come(person).select_related("surgery").filter(pk=pk).first() if link else None
    if link is None or session is None:
        raise CannotGive(gettext("Somebody else helps there by now, or the session is over."))
    if not may_see(to, session):
        words = gettext("%(person)s cannot see “%(title)s”. Choose somebody who can.")
        raise CannotGive(words % {"person": to, "title": session.heading})
    services.replace_mentor(link, to, by)


def heirs(pks: Collection[int]) -> Mapping[int, Collection[int]]:
    """The other mentors of a session; where there are none, the facilitators of its community."""
    found: dict[int, Collection[int]] = {}
    communities = dict(Session.objects.filter(pk__in=pks).values_list("pk", "surgery__community"))
    facilitators = facilitators_of({pk for pk in communities.values() if pk})
    others = SessionMentor.objects.filter(session__in=pks, person__is_active=True).values_list("session", "person")
    mentors: dict[int, list[int]] = {}
    for session, person in others.order_by("pk"):
        mentors.setdefault(session, []).append(person)
    for session, community in communities.items():
        found[session] = mentors.get(session) or facilitators.get(community or 0, ())
    return found


SESSIONS = Handover(
    label=_("Sessions to come at which they help"),
    rest=_("They are named there no more. The others who help there, or the facilitators, see to it."),
    held=held,
    give=give,
    heirs=heirs,
    icon="session",
)
