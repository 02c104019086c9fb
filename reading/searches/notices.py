"""That there is something new in somebody's saved searches."""

from collections.abc import Collection, Mapping

from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from core.audiences import Person
from core.notices import Happened, Importance, NoticeKind, NoticeWords, Timing
from reading.models import SavedSearch

NEWS = "reading.news_told"  # its subject is the person


def own_searches(reader: Person, keys: Collection[str]) -> Mapping[str, int]:
    """How many the reader keeps."""
    kept = SavedSearch.objects.filter(owner=reader.pk, removed=None).count()
    return {str(reader.pk): kept} if kept and str(reader.pk) in keys else {}


def new(_kept: int, event: Happened, _reader: Person) -> NoticeWords:
    return NoticeWords(
        _("Something new in your saved searches"), reverse("reading:searches"), action=_("See what is new")
    )


KIND = NoticeKind(
    NEWS,
    gettext_lazy("Something new in your saved searches"),
    words=new,
    subjects=own_searches,
    recipients=lambda event: [int(event.subject_pk)],
    importance=Importance.REST,
    timing=Timing.NEVER,  # an e-mail of its own says what is new
)
