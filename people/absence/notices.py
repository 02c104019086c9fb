"""Who hears of an absence, and in which words."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from core.audiences import Person
from core.notices import Happened, NoticeKind, NoticeWords, by_key
from core.outbox import emit
from people.away import Absence
from people.models import User

STANDS_IN = "people.stands_in"
DECLINED = "people.stand_in_declined"
AWAY = "people.away"
"""Somebody said, or said anew, when they are away. Rooms above tell whoever counts on them."""


def tell_stand_in(absence: Absence) -> None:
    """Somebody was named as the one to ask instead."""
    emit(STANDS_IN, absence, actor=absence.person)


def tell_declined(absence: Absence, by: User) -> None:
    """Whoever was named cannot stand in."""
    emit(DECLINED, absence, actor=by)


def tell_away(absence: Absence) -> None:
    """Somebody is away on days on which others may count on them."""
    emit(AWAY, absence, actor=absence.person)


def _stand_in_of(event: Happened) -> Iterable[int]:
    named = Absence.objects.filter(pk=event.subject_pk, stand_in__is_active=True)
    return named.values_list("stand_in_id", flat=True)


def _who_is_away(event: Happened) -> Iterable[int]:
    return Absence.objects.filter(pk=event.subject_pk).values_list("person_id", flat=True)


def _absences_of(reader: Person, pks: Collection[str]) -> dict[str, Any]:
    """Those that are not over: one's own, and those of whom one stands in for and may see."""
    theirs = Q(stand_in=reader.pk, person__in=User.objects.shown_to(reader))
    standing = Absence.objects.standing().filter(Q(person=reader.pk) | theirs, pk__in=pks)
    return by_key(standing.select_related("person"))


def _stands_in(absence: Absence, event: Happened, reader: Person) -> NoticeWords | None:
    if absence.stand_in_id != reader.pk:
        return None
    return NoticeWords(
        title=_("You stand in for %(person)s") % {"person": absence.person},
        text=_("They are away %(days)s, and named you as the one to ask.") % {"days": absence.days},
        url=reverse("people:away"),
        action=_("See whom you stand in for"),
        subject=_("You stand in for somebody"),
    )


def _declined(absence: Absence, event: Happened, reader: Person) -> NoticeWords | None:
    if absence.stand_in_id is not None:
        return None
    return NoticeWords(
        title=_("%(person)s cannot stand in for you") % {"person": event.by or _("Somebody")},
        text=_("Nobody stands in while you are away %(days)s.") % {"days": absence.days},
        url=reverse("people:change_absence", args=[absence.pk]),
        action=_("Ask somebody else"),
    )


KINDS = (
    NoticeKind(
        STANDS_IN,
        gettext_lazy("Somebody named you to stand in for them"),
        recipients=_stand_in_of,
        subjects=_absences_of,
        words=_stands_in,
    ),
    NoticeKind(
        DECLINED,
        gettext_lazy("Whoever was to stand in for you cannot"),
        recipients=_who_is_away,
        subjects=_absences_of,
        words=_declined,
    ),
)
