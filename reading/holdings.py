"""What reading holds of people: all of it is theirs alone, and goes with their account."""

from django.utils.translation import gettext_lazy as _

from core.holdings import Holding, told
from reading.models import AlertMail, Dismissed, Opened, Reader, Saved, SavedSearch

ALL = _("All of it.")


HELD = (
    Holding(
        "saved",
        _("What you saved"),
        _("The things that you put aside, and since when."),
        rows=lambda person: told(Saved.objects.filter(person=person), "since", what="key"),
        covers=("reading.Saved.person",),
        goes=ALL,
    ),
    Holding(
        "read",
        _("What you read"),
        _("The things that you opened, when last and how often, for half a year at most."),
        rows=lambda person: told(Opened.objects.filter(person=person), "last", "times", what="key"),
        covers=("reading.Opened.person",),
        goes=ALL,
    ),
    Holding(
        "not interested",
        _("What you do not want to see"),
        _("What you marked as “Not interested”, for a year at most."),
        rows=lambda person: told(Dismissed.objects.filter(person=person), "since", what="key"),
        covers=("reading.Dismissed.person",),
        goes=ALL,
    ),
    Holding(
        "for you",
        _("What was chosen for you"),
        _("Whether what you read is kept, and what was last put before you."),
        rows=lambda person: told(Reader.objects.filter(person=person), "keeps", "picks", "day", "shown", "before"),
        covers=("reading.Reader.person",),
        goes=ALL,
    ),
    Holding(
        "saved searches",
        _("Your saved searches"),
        _("Their words, what you chose beside them, whether you want e-mails, and what you saw of their results."),
        rows=lambda person: told(
            SavedSearch.objects.filter(owner=person), "text", "filters", "alerts", "known", "told", "saved", "removed"
        ),
        covers=("reading.SavedSearch.owner",),
        goes=ALL,
    ),
    Holding(
        "alerts",
        _("E-mails about saved searches"),
        _("When you were last sent one, and whether you ended them."),
        rows=lambda person: told(AlertMail.objects.filter(owner=person), "sent", "stopped"),
        covers=("reading.AlertMail.owner",),
        goes=ALL,
    ),
)
