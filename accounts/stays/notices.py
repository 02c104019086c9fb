"""What people hear about stays."""

from collections.abc import Collection, Mapping

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _, gettext_lazy

from accounts.stays.models import OutsideStay
from accounts.stays.services import REVIEW_DUE
from core.audiences import Person
from core.notices import Happened, NoticeKind, NoticeWords, by_key
from core.outbox import subject_of
from people.away import stand_ins_by_person, stand_ins_of
from people.choices import PersonKind
from people.models import User


def whoever_answers(event: Happened) -> list[int]:
    """The sponsor, and who stands in for them today; the hub team where there is none any more."""
    stay = OutsideStay.objects.select_related("sponsor").filter(pk=event.subject_pk).first()
    if stay is None:
        return []
    if stay.sponsor is not None and stay.sponsor.is_active and stay.sponsor.is_insider:
        instead = User.objects.here().filter(pk__in=stand_ins_of([stay.sponsor.pk]), kind=PersonKind.STAFF)
        return [stay.sponsor.pk, *instead.values_list("pk", flat=True)]
    return list(User.objects.here().filter(is_superuser=True).values_list("pk", flat=True))


def stand_ins_who_answer() -> dict[str, set[int]]:
    """Whoever stands in by now for a sponsor, by stay."""
    instead = stand_ins_by_person()
    if not instead:
        return {}
    staff = set(User.objects.filter(pk__in=instead.values(), kind=PersonKind.STAFF).values_list("pk", flat=True))
    due = OutsideStay.objects.due().filter(sponsor__in=instead)
    return {subject_of(stay): {instead[stay.sponsor_id]} & staff for stay in due if stay.sponsor_id}


def stays_to_see_to(reader: Person, keys: Collection[str]) -> Mapping[str, OutsideStay]:
    """Those that ``reader`` sees to and that are still to be looked at."""
    due = OutsideStay.objects.seen_to_by(reader).due().filter(pk__in=keys)
    return by_key(due.select_related("person"))


def review_due(stay: OutsideStay, _event: Happened, _reader: Person) -> NoticeWords:
    words = {"person": stay.person, "day": date_format(stay.review_on, "j F Y")}
    return NoticeWords(
        _("Does %(person)s stay? Say so by %(day)s") % words,
        reverse("stay", args=[stay.pk]),
        text=stay.purpose,
        action=_("Extend or end"),
        subject=_("Somebody from outside: do they stay?"),
    )


KIND = NoticeKind(
    REVIEW_DUE,
    gettext_lazy("Somebody for whom you answer is to be looked at again"),
    words=review_due,
    subjects=stays_to_see_to,
    recipients=whoever_answers,
    later=stand_ins_who_answer,
)
