"""What moderation holds of people."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conversations.models import Case, Entry, Report
from core.holdings import PersonalData, told

HELD = (
    PersonalData(
        "reports of posts",
        _("What you reported in conversations"),
        _("The posts that you said should not stand there, and why."),
        rows=lambda person: told(Report.objects.filter(by=person), "at", "reason", "word"),
        covers=("conversations.Report.by",),
        goes=_("All of it."),
    ),
    PersonalData(
        "decisions on posts",
        _("What was decided about your posts"),
        _("The removals, their reasons, what you appealed and the answers."),
        rows=lambda person: told(
            Case.objects.filter(Q(post__author=person) | Q(post__principal=person), outcome="removed"),
            "decided",
            "word",
            "appeal",
            "answer",
            "answering_word",
        ),
        stays=_("The record of what was decided, without your name."),
    ),
    PersonalData(
        "deciding on posts",
        _("What you decided as somebody who moderates"),
        _("The posts that you hid, removed or left, the appeals that you answered, and what you did in conversations."),
        rows=lambda person: told(Entry.objects.filter(by=person), "at", "action", "word"),
        covers=(
            "conversations.Case.taken_by",
            "conversations.Case.hidden_by",
            "conversations.Case.decided_by",
            "conversations.Case.answered_by",
            "conversations.Entry.by",
        ),
        stays=_("That it was done, without your name."),
    ),
)
