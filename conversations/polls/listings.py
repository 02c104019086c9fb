"""What pages show of a poll."""

from dataclasses import dataclass

from conversations.choices import POLLED_IN, Method
from conversations.models import Conversation, Option, Poll, Turnout, Vote
from conversations.permissions import Part
from conversations.polls import counting, rights, secrecy
from conversations.polls.forms import VoteForm
from people.models import User

FEWEST_SHOWN = 5
"""Voters of a secret poll below whom no result is shown: among few, people guess."""


@dataclass(frozen=True, slots=True)
class Row:
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
    rows: list[Row]
    spent: int


@dataclass(frozen=True, slots=True)
class Result:
    """The last round first says who is ahead; the rounds say how it came to it."""

    rounds: list[RoundShown]
    ahead: list[str]
    is_level: bool

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
    result: Result | None
    is_withheld: bool  # the result, because too few voted
    leads: bool
    takes_back: bool


def poll_of(conversation: Conversation) -> Poll | None:
    if conversation.kind not in POLLED_IN:
        return None
    return Poll.objects.filter(conversation=conversation).select_related("closed_by", "conversation").first()


def shown(poll: Poll, conversation: Conversation, part: Part, form: VoteForm | None = None) -> PollShown:
    options = list(poll.options.all())
    ballots, names = _ballots(poll)
    may_vote = rights.votes(poll, conversation, part)
    chosen, has_voted = _mine(poll, part, names)
    is_withheld = poll.is_secret and poll.is_over and len(ballots) < FEWEST_SHOWN
    is_shown = ballots and (poll.is_over or not poll.is_secret) and not is_withheld
    leads = rights.leads(conversation, part)
    return PollShown(
        poll,
        (form or VoteForm(poll=poll, options=options, chosen=chosen)) if may_vote else None,
        has_voted,
        len(ballots),
        result_of(poll, options, ballots, names) if is_shown else None,
        is_withheld,
        leads,
        leads and not ballots,
    )


def _ballots(poll: Poll) -> tuple[list[list[int]], list[tuple[User | None, list[int]]]]:
    """What was chosen, and in an open poll by whom."""
    if poll.is_secret:
        return list(poll.ballots.values_list("choices", flat=True)), []
    votes = [(vote.person, vote.choices) for vote in Vote.objects.filter(poll=poll).select_related("person")]
    return [choices for _person, choices in votes], votes


def _mine(poll: Poll, part: Part, votes: list[tuple[User | None, list[int]]]) -> tuple[list[int], bool]:
    """What the reader chose, and whether they voted."""
    if not isinstance(part.person, User):
        return [], False
    if not poll.is_secret:
        mine = next((choices for person, choices in votes if person and person.pk == part.person.pk), None)
        return mine or [], mine is not None
    ballot = secrecy.ballot_of(poll, part.person)
    if ballot is not None:
        return ballot.choices, True
    return [], Turnout.objects.filter(poll=poll, person=part.person).exists()


def result_of(
    poll: Poll, options: list[Option], ballots: list[list[int]], votes: list[tuple[User | None, list[int]]]
) -> Result:
    keys, texts = [option.pk for option in options], {option.pk: option.text for option in options}
    is_ranked = poll.method == Method.RANKED
    count = counting.run_off(keys, ballots) if is_ranked else counting.plain(keys, ballots)
    rounds = []
    for number, each in enumerate(count.rounds, start=1):
        longest = max(each.votes.values(), default=0) or 1
        whole = sum(each.votes.values()) if is_ranked else len(ballots)
        is_last = number == len(count.rounds)
        rows = [
            Row(
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
    return Result(rounds, [texts[key] for key in keys if key in count.ahead], len(count.ahead) > 1)


def _names(key: int, votes: list[tuple[User | None, list[int]]]) -> str:
    return ", ".join(sorted(person.name for person, choices in votes if person and key in choices))
