"""Where somebody helps next, for whoever was told that they know."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from core.audiences import Viewer
from people.away import absences_of
from search.expert_finder import Help
from surgeries.models import Session, Status

SOON = timedelta(days=28)  # what is further away helps nobody now
EVENING = 17


def help_next(people: Iterable[Any], viewer: Viewer) -> dict[Any, Help]:
    """For each of these people the next session that ``viewer`` may see and where they mentor, unless they are away on
    that day.
    """
    people = list(people)
    sessions = Session.objects.shown_to(viewer).upcoming().filter(starts__lt=timezone.now() + SOON)
    helping = sessions.exclude(status=Status.CANCELLED).filter(mentor_links__person__in=people)
    away = absences_of(people)
    found: dict[Any, Help] = {}
    for person, pk, starts in helping.values_list("mentor_links__person", "pk", "starts"):
        if not any(absence.holds(timezone.localdate(starts)) for absence in away.get(person, ())):
            found.setdefault(person, Help(when(starts), reverse("surgeries:session", args=[pk])))
    return found


def when(starts: datetime) -> str:
    """When somebody helps, as one says it."""
    here = timezone.localtime(starts)
    days = (here.date() - timezone.localdate()).days
    words = {"time": time_format(here.time(), "H:i"), "day": date_format(here, "l" if days < 7 else "j F")}
    if starts <= timezone.now():
        return _("Helps now, since %(time)s") % words
    if days == 0:
        return (_("Helps tonight, %(time)s") if here.hour >= EVENING else _("Helps today, %(time)s")) % words
    if days == 1:
        return _("Helps tomorrow, %(time)s") % words
    return _("Helps on %(day)s, %(time)s") % words
