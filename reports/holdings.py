"""What reports hold of people."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.holdings import PersonalData, told
from people.models import User
from reports.models import PageReport


def _sent(person: User) -> QuerySet[PageReport]:
    """Theirs, and those to be answered to an address that is theirs by now."""
    return PageReport.objects.filter(Q(reporter=person) | Q(email__iexact=person.email or "-"))


HELD = (
    PersonalData(
        "reports",
        _("What you reported"),
        _("What you said was wrong with a page, and where to answer you."),
        rows=lambda person: told(_sent(person), "path", "text", "email", "sent_at", "answered_at"),
        covers=("reports.PageReport.reporter",),
        goes=_("All of it, answered or not."),
        erase=lambda person: _sent(person).delete(),
    ),
    PersonalData(
        "answers",
        _("What you answered to reports"),
        _("Your answers to what others reported."),
        rows=lambda person: told(PageReport.objects.filter(answered_by=person), "answer", "answered_at"),
        covers=("reports.PageReport.answered_by",),
        stays=_("The answer, because somebody was given it; no longer that it was yours."),
    ),
)
