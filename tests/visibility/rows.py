"""What a row of the table says: an address, and what each viewer gets there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.test import Client

from tests.visibility.world import Shelf

AUDIENCES = ("public", "organisation", "private")

VIEWERS = ("nobody", "carys", "bryn", "asha", "dev", "hub_team")
"""Nobody is not signed in; Carys belongs to nothing; Bryn is a member and Asha a facilitator of the public community;
Dev is a resident and a member of the private one; the hub's team are members of nothing."""

ANYBODY = "200 200 200 200 200 200"

INSIDERS = "404 200 200 200 404 200"

MEMBERS = "404 404 404 404 200 404"

NO_ONE = "404 404 404 404 404 404"

WHO_SIGNED_IN = "sign-in 200 200 200 200 200"

SIGNED_IN_INSIDERS = "sign-in 200 200 200 404 200"

SIGNED_IN_MEMBERS = "sign-in 404 404 404 200 404"

FACILITATOR = "sign-in 404 404 302 404 404"

NOT_EVEN_MEMBERS = "sign-in 404 404 404 404 404"

HUB_TEAM_ALONE = "sign-in 404 404 404 404 200"

HUB_TEAM = "sign-in sign-in sign-in sign-in sign-in 200"

EDITORS = "sign-in sign-in sign-in 200 sign-in 200"

TO_SIGN_IN = "sign-in sign-in sign-in sign-in sign-in sign-in"

STRANGERS = "200 302 302 302 302 302"

THEN_SENT_ON = "sign-in 302 302 302 302 302"

HAVE_NONE = "sign-in 404 404 404 404 404"

HELPED = "sign-in 404 404 404 404 302"

WRITERS = ("sign-in 404 404 200 404 200", "sign-in 404 404 404 404 200", NOT_EVEN_MEMBERS)
"""Whoever may write what a community says: its facilitators, and the hub team where they may see the community."""

DONE_BY_WRITERS = tuple(answer.replace("200", "302") for answer in WRITERS)

READERS = (WHO_SIGNED_IN, SIGNED_IN_INSIDERS, SIGNED_IN_MEMBERS)
DONE_BY_READERS = tuple(row.replace("200", "302") for row in READERS)
SAID_BY_READERS = tuple(row.replace("200", "204") for row in READERS)


def posted(status: str) -> list[str]:
    """As ``WRITERS``; a member reads why not, because the right may have ended while they wrote."""
    public, organisation, private = (answers.replace("200", status) for answers in WRITERS)
    return [
        public.replace("404 404", "404 403", 1),
        organisation,
        private.replace("404 404 404 404", "404 404 404 403"),
    ]


@dataclass(frozen=True)
class Row:
    """What each viewer gets at one address, for a thing of each audience."""

    address: Callable[[Shelf], str]
    public: str
    organisation: str
    private: str
    method: str = "get"
    data: tuple[tuple[str, str], ...] = ()
    shared: bool = False

    @property
    def audiences(self) -> tuple[str, ...]:
        """The shelves to ask for; one is enough where nothing private stands behind the address."""
        return ("public",) if self.shared else AUDIENCES

    def ask(self, browser: Client, shelf: Shelf) -> Any:
        """The response; ``data`` is posted where the method is."""
        return getattr(browser, self.method)(self.address(shelf), dict(self.data) or None)


def same(address: str, answers: str, method: str = "get") -> Row:
    """An address with nothing private behind it."""
    return Row(lambda _shelf: address, answers, answers, answers, method, shared=True)


def by_audience(address: Callable[[Shelf], str]) -> Row:
    """A thing that is read by its audience."""
    return Row(address, ANYBODY, INSIDERS, MEMBERS)


def by_facilitator(address: Callable[[Shelf], str], facilitator: str = FACILITATOR, **data: str) -> Row:
    """Something that only the community's facilitators do."""
    return Row(address, facilitator, NOT_EVEN_MEMBERS, NOT_EVEN_MEMBERS, "post", tuple(data.items()))


def by_facilitator_or_hub_team(address: Callable[[Shelf], str], **data: str) -> Row:
    """What facilitators do in their community, and the hub team in every one."""
    others = "sign-in 404 404 404 404 302"
    return Row(address, "sign-in 404 404 302 404 302", others, others, "post", tuple(data.items()))


def by_hub_team(address: Callable[[Shelf], str], method: str = "get") -> Row:
    """What only those do who run the hub."""
    answers = HUB_TEAM_ALONE.replace("200", "302") if method == "post" else HUB_TEAM_ALONE
    return Row(address, answers, answers, answers, method, shared=True)


def by_whoever_answers(address: Callable[[Shelf], str]) -> Row:
    """What facilitators do, and the hub team where there are none."""
    others = "sign-in 404 404 404 404 302"
    return Row(address, FACILITATOR, others, others, "post")
