"""What reading holds of people: all of it is theirs alone, and goes with their account."""

from django.utils.translation import gettext_lazy as _

from core.holdings import PersonalData, told
from reading.models import Dismissed, Opened, Reader, Saved, SavedSearch, SearchOwner

ALL = _("All of it.")


HELD = (
    PersonalData(
        "saved",
        _("What you saved"),
        _("The things that you put aside, and since when."),
        rows=lambda person: told(Saved.objects.filter(person=person), "since", what="key"),
        covers=("reading.Saved.person",),
        goes=ALL,
    ),
    PersonalData(
        "read",
        _("What you read"),
        _("The things that you opened, when last and how often, for half a year at most."),
        rows=lambda person: told(Opened.objects.filter(person=person), "last", "times", what="key"),
        covers=("reading.Opened.person",),
        goes=ALL,
    ),
    PersonalData(
        "not interested",
        _("What you do not want to see"),
        _("What you marked as “Not interested”, for a year at most."),
        rows=lambda person: told(Dismissed.objects.filter(person=person), "since", what="key"),
        covers=("reading.Dismissed.person",),
        goes=ALL,
    ),
    PersonalData(
        "for you",
        _("What was chosen for you"),
        _("Whether what you read is kept, and what was last put before you."),
        rows=lambda person: told(Reader.objects.filter(person=person), "keeps", "picks", "day", "shown", "before"),
        covers=("reading.Reader.person",),
        goes=ALL,
    ),
    PersonalData(
        "saved searches",
        _("Your saved searches"),
        _("Their words, what you chose beside them, whether you want to be told, and what you saw of their results."),
        rows=lambda person: told(
            SavedSearch.objects.filter(owner=person),
            *("text", "filters", "alerts", "known", "told", "news", "saved", "removed"),
        ),
        covers=("reading.SavedSearch.owner",),
        goes=ALL,
    ),
    PersonalData(
        "news of searches",
        _("News of saved searches"),
        _("When the hub last looked for what is new to you."),
        rows=lambda person: told(SearchOwner.objects.filter(owner=person), "looked"),
        covers=("reading.SearchOwner.owner",),
        goes=ALL,
    ),
)
