"""What outcomes and polls hold of people."""

from django.utils.translation import gettext_lazy as _

from conversations.models import Step, Turnout, Vote
from core.holdings import Holding, told

HELD = (
    Holding(
        "outcomes of ideas",
        _("What you said comes of ideas"),
        _("The stages that you set, with your words, and the polls that you began or closed."),
        rows=lambda person: told(
            Step.objects.filter(by=person), "at", "stage", "word", conversation="conversation__title"
        ),
        covers=("conversations.Step.by", "conversations.Poll.made_by", "conversations.Poll.closed_by"),
        goes=_("That it was you."),
        stays=_("The words, because others rely on them."),
    ),
    Holding(
        "open votes",
        _("How you voted in open polls"),
        _("What you chose, which everybody sees who may read the conversation."),
        rows=lambda person: told(Vote.objects.filter(person=person), question="poll__question"),
        covers=("conversations.Vote.person",),
        goes=_("That the vote was yours."),
        stays=_("The vote, without your name, because the result counts it."),
    ),
    Holding(
        "secret votes",
        _("That you voted in secret polls"),
        _("In which polls you voted, and not what you chose: nobody can look that up."),
        rows=lambda person: told(Turnout.objects.filter(person=person), question="poll__question"),
        covers=("conversations.Turnout.person",),
        goes=_("That you voted."),
        stays=_("What was voted, which leads to nobody."),
    ),
)
