"""What pages show of a poll."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from conversations.choices import POLLED_IN, Method
from conversations.models import Conversation, Option, Poll, Turnout
from conversations.permissions import TalkRights
from conversations.polls import counting, rights, secrecy
from conversations.polls.forms import VoteForm
from people.models import User

FEWEST_SHOWN = 5
"""Voters of a secret poll below whom no result is shown: among few, people guess."""
NAMED = 100
"""Names beside an option of an open poll, at most."""
Voted = tuple[int | None, str | None, list[int]]


@dataclass(frozen=True, slots=True)
class OptionResult:
    """An option in a result: its votes, its share of the longest bar, and who chose it in an open poll."""

    text: str
    votes: int
    share: int  # of all that count, in per cent
    width: float
    is_ahead: bool
    is_out: bool
    names: str = ""


@dataclass(frozen=True, slots=True)
class RoundShown:
    number: int
    rows: list[OptionResult]
    spent: int


@dataclass(frozen=True, slots=True)
class PollResult:
    """The last round first says who is ahead; the rounds say how it came to it. Where an open poll is ranked,
    ``orders`` says whose order was which, and how many more there are than are named.
    """

    rounds: list[RoundShown]
    ahead: list[str]
    is_level: bool
    turns_on_the_last: bool
    orders: list[tuple[str, str]]
    more_orders: int

    @property
    def last(self) -> RoundShown:
        return self.rounds[-1]


@dataclass(frozen=True, slots=True)
class PollShown:
    """A poll, with what this reader may do."""

    poll: Poll
    form: VoteForm | None
    has_voted: bool
    voters: int
    result: PollResult | None
    is_withheld: bool  # the result, because too few voted
    leads: bool
    takes_back: bool


def poll_of(conversation: Conversation) -> Poll | None:
    if conversation.kind not in POLLED_IN:
        return None
    return Poll.objects.filter(conversation=conversation).select_related("closed_by", "conversation").first()


def shown(poll: Poll, conversation: Conversation, part: TalkRights, form: VoteForm | None = None) -> PollShown:
    options = list(poll.options.all())
    votes = _votes(poll)
    voters = len(votes) if votes is not None else poll.ballots.count()
    may_vote = rights.votes(poll, conversation, part)
    chosen, has_voted = _mine(poll, part, votes or [])
    is_withheld = poll.is_secret and poll.is_over and 0 < voters < FEWEST_SHOWN
    leads = rights.leads(conversation, part)
    return PollShown(
        poll,
        (form or VoteForm(poll=poll, options=options, chosen=chosen)) if may_vote else None,
        has_voted,
        voters,
        result_of(poll, options, votes) if votes and not is_withheld else None,
        is_withheld,
        leads,
        leads and not voters,
    )


def _votes(poll: Poll) -> list[Voted] | None:
    """Each vote with the key and the name of whoever voted, where the poll is open to look at. Nothing as long as it is
    secret and goes on: thousands may have voted, and only their number is shown.
    """
    if not poll.is_secret:
        return list(poll.votes.values_list("person", "person__name", "choices"))
    if poll.is_over:
        return [(None, None, choices) for choices in poll.ballots.values_list("choices", flat=True)]
    return None


def _mine(poll: Poll, part: TalkRights, votes: list[Voted]) -> tuple[list[int], bool]:
    """What the reader chose, and whether they voted."""
    if not isinstance(part.person, User):
        return [], False
    if not poll.is_secret:
        mine = next((choices for key, _name, choices in votes if key == part.person.pk), None)
        return mine or [], mine is not None
    ballot = secrecy.ballot_of(poll, part.person)
    if ballot is not None:
        return ballot.choices, True
    return [], Turnout.objects.filter(poll=poll, person=part.person).exists()


def result_of(poll: Poll, options: list[Option], votes: list[Voted]) -> PollResult:
    ballots = [choices for _key, _name, choices in votes]
    keys, texts = [option.pk for option in options], {option.pk: option.text for option in options}
    is_ranked = poll.method == Method.RANKED
    count = counting.run_off(keys, ballots) if is_ranked else counting.plain(keys, ballots)
    rounds = []
    for number, each in enumerate(count.rounds, start=1):
        longest = max(each.votes.values(), default=0) or 1
        whole = sum(each.votes.values()) if is_ranked else len(ballots)
        is_last = number == len(count.rounds)
        rows = [
            OptionResult(
                texts[key],
                votes_for,
                round(100 * votes_for / (whole or 1)),
                round(100 * votes_for / longest, 1),
                is_last and key in count.ahead,
                key in each.out,
                "" if is_ranked else _names(key, votes),
            )
            for key, votes_for in sorted(each.votes.items(), key=lambda one: -one[1])
        ]
        rounds.append(RoundShown(number, rows, each.spent))
    ahead = [texts[key] for key in keys if key in count.ahead]
    orders = _orders(texts, votes) if is_ranked else []
    return PollResult(
        rounds, ahead, len(ahead) > 1, count.turns_on_the_last, orders[:NAMED], max(0, len(orders) - NAMED)
    )


def _orders(texts: dict[int, str], votes: list[Voted]) -> list[tuple[str, str]]:
    """Who put the options in which order, in the order of names; nothing of a secret poll, which has no names."""
    named = ((name, ", ".join(texts[key] for key in choices if key in texts)) for _key, name, choices in votes if name)
    return sorted(named)


def _names(key: int, votes: list[Voted]) -> str:
    """Who chose it, in the order of names: the first hundred, where thousands vote."""
    names = sorted(name for _key, name, choices in votes if name and key in choices)
    more = [_("and %(n)d more") % {"n": len(names) - NAMED}] if len(names) > NAMED else []
    return ", ".join([*names[:NAMED], *more])
