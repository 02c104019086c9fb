"""Helps sources to say why somebody knows: "Told 3 stories about it, the last in March"."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from indexing.engines.base import IndexedDocument


def with_month(words: str, evidence: Sequence[IndexedDocument]) -> str:
    """The words, and the month of the latest piece of evidence where any has a date."""
    days = [stored.date for stored in evidence if stored.date]
    if not days:
        return words
    sentence = _("%(words)s, in %(month)s") if len(evidence) == 1 else _("%(words)s, the last in %(month)s")
    return sentence % {"words": words, "month": month(max(days))}


def month(day: date) -> str:
    """The month, with its year where it is not this one."""
    return date_format(day, "F" if day.year == timezone.localdate().year else "F Y")
