"""Whom the demo's people invited, and what became of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from accounts.invitations import tokens
from accounts.invitations.choices import InvitationOutcome
from accounts.models import Invitation
from communities.models import Role
from demo.cast import by_name, is_team
from demo.kind import Content, ContentKind, Council, Faults
from demo.kinds.communities import COMMUNITIES
from demo.kinds.people import PEOPLE
from people.choices import PersonKind

BECAME = ("on its way", "sent", "link too old", "held", "said no", "not answered", "came in", "withdrawn")


@dataclass(frozen=True, slots=True)
class Invited:
    """``became`` says what came of it; ``person`` is who came in. Without a ``community`` it is to the hub."""

    email: str
    by: str
    days_ago: int
    became: str
    kind: str = "resident"
    name: str = ""
    organisation: str = ""
    community: str = ""
    role: str = ""
    word: str = ""
    person: str = ""


class Invitations(ContentKind[Invited, Invitation]):
    name, word, table = "invitations", "invitation", "invited"
    needs = ("people", "communities")
    shape = Invited
    choices: ClassVar = {"kind": PersonKind.values, "became": BECAME}

    def key(self, row: Invited) -> str:
        return f"{row.email} {row.community}"

    def names(self, row: Invited) -> Iterator[tuple[str, Iterable[str]]]:
        yield "people", (name for name in (row.by, row.person) if name and not is_team(name))
        yield "communities", filter(None, (row.community,))

    def check(self, row: Invited, content: Content) -> Faults:
        if bool(row.person) is not (row.became == "came in"):
            yield f"{self.key(row)}: whoever came in has an account, and nobody else."

    def add(self, council: Council, row: Invited) -> Invitation:
        since = council.now - timedelta(days=row.days_ago)
        made: Invitation = Invitation.objects.create(
            email=row.email,
            name=row.name,
            kind=row.kind,
            organisation=row.organisation,
            community=council[COMMUNITIES][row.community] if row.community else None,
            role=Role.objects.get(slug=row.role) if row.role else None,
            word=row.word,
            invited_by=by_name(row.by, council[PEOPLE]),
            since=since,
            is_held=row.became == "held",
            person=council[PEOPLE][row.person] if row.person else None,
            **_what_came_of_it(row.became, since),
        )
        return made


def _what_came_of_it(became: str, since: datetime) -> dict[str, object]:
    """A day after it was sent, where somebody answered."""
    answered = since + timedelta(days=1)
    sent: dict[str, object] = {"link_until": since + tokens.GOOD_FOR}
    fates: dict[str, dict[str, object]] = {
        "sent": sent | {"token_digest": tokens.digest(f"{since.isoformat()} opens nothing")},
        "link too old": sent,
        "not answered": sent,
        "said no": {"declined": answered, "link_until": answered},
        "came in": {"outcome": InvitationOutcome.ACCEPTED, "ended": answered},
        "withdrawn": {"outcome": InvitationOutcome.WITHDRAWN, "ended": answered},
    }
    return fates.get(became, {})


INVITATIONS = Invitations()
