"""What outcomes and polls hold of people."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from conversations.models import Poll, Step, Turnout, Vote
from core.holdings import Person, PersonalData, Row, told


def _open_votes(person: Person) -> Iterable[Row]:
    """With the words of what was chosen, in the order of a ranked vote."""
    votes = Vote.objects.filter(person=person).order_by("pk").select_related("poll").prefetch_related("poll__options")
    for vote in votes:
        words = {option.pk: option.text for option in vote.poll.options.all()}
        yield {"question": vote.poll.question, "chosen": [words[key] for key in vote.choices if key in words]}


HELD = (
    PersonalData(
        "outcomes of ideas",
        _("What you said comes of ideas"),
        _("The stages that you set, with your words, and the polls that you began or closed."),
        rows=lambda person: [
            *told(Step.objects.filter(by=person), "at", "stage", "word", conversation="conversation__title"),
            *told(Poll.objects.filter(made_by=person), "made", "question", conversation="conversation__title"),
        ],
        covers=("conversations.Step.by", "conversations.Poll.made_by", "conversations.Poll.closed_by"),
        goes=_("That it was you."),
        stays=_("The words, because others rely on them."),
    ),
    PersonalData(
        "open votes",
        _("How you voted in open polls"),
        _("What you chose, which everybody sees who may read the conversation."),
        rows=_open_votes,
        covers=("conversations.Vote.person",),
        goes=_("That the vote was yours."),
        stays=_("The vote, without your name, because the result counts it."),
    ),
    PersonalData(
        "secret votes",
        _("That you voted in secret polls"),
        _("In which polls you voted, and not what you chose: nobody can look that up."),
        rows=lambda person: told(Turnout.objects.filter(person=person), question="poll__question"),
        covers=("conversations.Turnout.person",),
        goes=_("That you voted."),
        stays=_("What was voted, which leads to nobody."),
    ),
)
