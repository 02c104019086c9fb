"""Setting up a poll, voting and closing it. Who may is asked under the lock."""

from collections.abc import Callable, Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from conversations.choices import Method, Voters
from conversations.models import Conversation, Option, Poll, Turnout, Vote
from conversations.permissions import TalkRights
from conversations.polls import rights, secrecy
from conversations.services.locking import CannotPost, locked_with_rights
from conversations.services.log import note
from people.models import User

Deed = Callable[[Poll, User], object]


@transaction.atomic
def set_up(
    conversation: Conversation,
    by: User,
    question: str,
    options: Sequence[str],
    *,
    method: Method = Method.SINGLE,
    is_secret: bool = True,
    voters: Voters = Voters.MEMBERS,
    last_day: date | None = None,
) -> Poll:
    """Ask people to choose. A conversation has one poll, and what it asks never changes: people have voted on it."""
    row, part = locked_with_rights(conversation, by)
    if not rights.sets_up(row, part):
        raise CannotPost(_("You cannot add a poll here any more."))
    if (known := Poll.objects.filter(conversation=row).first()) is not None:
        if (known.question, known.made_by_id) == (question, by.pk):
            return known  # sent twice
        raise CannotPost(_("There is a poll here already."))
    poll: Poll = Poll.objects.create(
        conversation=row,
        question=question,
        method=method,
        is_secret=is_secret,
        voters=voters,
        last_day=last_day,
        made_by=by,
    )
    Option.objects.bulk_create(Option(poll=poll, position=n, text=text) for n, text in enumerate(options, start=1))
    note("poll", row, by)
    return poll


@transaction.atomic
def vote(poll: Poll, by: User, choices: Sequence[int]) -> None:
    """Vote, or vote otherwise: the last vote of each person counts."""
    row, conversation, part = _locked(poll, by)
    if not (rights.votes(row, conversation, part) and _reads(conversation, by)):
        raise CannotPost(_("You cannot vote here any more."))
    chosen = _checked(row, choices)
    if not row.is_secret:
        Vote.objects.update_or_create(poll=row, person=by, defaults={"choices": chosen})
        return
    has_voted = Turnout.objects.filter(poll=row, person=by).exists()
    if has_voted and secrecy.ballot_of(row, by) is None:
        raise CannotPost(_("Your vote is counted, and cannot be found again to be changed."))
    if not has_voted:
        Turnout.objects.create(poll=row, person=by)
    secrecy.put_in(row, by, chosen)


@transaction.atomic
def close(poll: Poll, by: User) -> None:
    """End it before its day, or where it has none."""
    row, conversation, part = _locked(poll, by)
    if not rights.leads(conversation, part):
        raise CannotPost(_("You cannot close this poll."))
    if row.closed is None:
        _close(row, by)
        note("close_poll", conversation, by)


@transaction.atomic
def take_back(poll: Poll, by: User) -> None:
    """Remove a poll that nobody has voted in."""
    row, conversation, part = _locked(poll, by)
    if not rights.leads(conversation, part) or row.votes.exists() or row.ballots.exists():
        raise CannotPost(_("Somebody has voted: the poll stays. You can close it."))
    row.delete()


def close_due() -> None:
    """Close what has had its last day: nobody voted since, and now the ballots are sealed."""
    for pk in Poll.objects.filter(closed=None, last_day__lt=timezone.localdate()).values_list("pk", flat=True):
        with transaction.atomic():
            row = Poll.objects.select_for_update(of=("self",)).filter(pk=pk, closed=None).first()
            if row is not None and row.is_over:
                _close(row, None)


def _close(poll: Poll, by: User | None) -> None:
    poll.closed, poll.closed_by = timezone.now(), by
    poll.save(update_fields=["closed", "closed_by"])
    if poll.is_secret:
        secrecy.seal(poll)


def _locked(poll: Poll, by: User) -> tuple[Poll, Conversation, TalkRights]:
    conversation, part = locked_with_rights(poll.conversation, by)
    row = Poll.objects.select_for_update(of=("self",)).filter(pk=poll.pk, conversation=conversation).first()
    if row is None:
        raise CannotPost(_("This poll is not there any more."))
    return row, conversation, part


def _reads(conversation: Conversation, by: User) -> bool:
    return bool(Conversation.objects.shown_to(by).filter(pk=conversation.pk).exists())


def _checked(poll: Poll, choices: Sequence[int]) -> list[int]:
    """Each option once, and only those of this poll. For several, their order tells nothing: keep the poll's."""
    known = list(poll.options.values_list("pk", flat=True))
    chosen = list(dict.fromkeys(choices))
    if not chosen or not set(chosen) <= set(known) or (poll.method == Method.SINGLE and len(chosen) > 1):
        raise CannotPost(_("Choose among the options of this poll."))
    return chosen if poll.method == Method.RANKED else [key for key in known if key in chosen]
