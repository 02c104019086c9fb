"""What stands on the page "Account and security": one line for each thing that somebody can look after.

Packages of this room and rooms above add a line::

    LINES.add("sessions", sessions_line, order=40)
"""

from collections.abc import Callable
from dataclasses import dataclass

from core.registry import Registry
from core.text import Words
from people.requests import SignedInRequest


@dataclass(frozen=True, slots=True)
class AccountLine:
    """``term`` is what it is called, ``text`` how it stands, ``url`` and ``link`` where it is changed."""

    term: Words
    text: Words
    url: str
    link: Words
    is_wanting: bool = False  # something is asked of its person


LineOf = Callable[[SignedInRequest], AccountLine | None]
LINES: Registry[LineOf] = Registry("lines of one's account", taken_by="accounts")


def lines_for(request: SignedInRequest) -> list[AccountLine]:
    return [line for line_of in LINES if (line := line_of(request))]
