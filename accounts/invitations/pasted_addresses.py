"""Addresses as people paste them: one a line, with commas or semicolons, with or without names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from core.text import one_line
from people.fields import one_address, validate_address

IN_BRACKETS = re.compile(r"<([^<>]*)>")
QUOTED = re.compile(r'"[^"\n]*"')


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody to write to; the name is empty where none was typed."""

    email: str
    name: str = ""


def read(text: str) -> tuple[list[Addressee], list[str]]:
    """The addressees, each once, and the parts that hold no address."""
    found: dict[str, Addressee] = {}
    bad: list[str] = []
    for part in _parts(text):
        addressee = _addressee(part)
        if addressee is None:
            bad.append(part)
        elif addressee.name or addressee.email not in found:
            found[addressee.email] = addressee
    return list(found.values()), bad


def _parts(text: str) -> Iterator[str]:
    """Lines and semicolons always part two people. A comma does not where it parts a family name from a first one."""
    for line in re.split(r"[\n\r;]+", text):
        pieces = [piece.strip() for piece in _split_at_commas(line) if piece.strip()]
        waiting: list[str] = []
        for piece in pieces:
            waiting.append(piece)
            if "@" in piece:
                yield ", ".join(waiting)
                waiting = []
        if waiting:
            yield ", ".join(waiting)


def _split_at_commas(line: str) -> list[str]:
    """Commas within quotation marks part nothing, and blanks part bare addresses."""
    held: list[str] = []

    def hold(match: re.Match[str]) -> str:
        held.append(match[0])
        return f"\0{len(held) - 1}\0"

    marked = QUOTED.sub(hold, line.replace("\0", " "))
    words = marked.replace(",", " ").split()
    if all("@" in word for word in words):
        marked = ",".join(words)
    return [re.sub("\0(\\d+)\0", lambda match: held[int(match[1])], part) for part in marked.split(",")]


def _addressee(part: str) -> Addressee | None:
    match = IN_BRACKETS.search(part)
    name, email = (part[: match.start()], match[1]) if match else _bare(part)
    email = one_address(email.removeprefix("mailto:").strip(" .'\""))
    try:
        validate_address(email)
    except ValidationError:
        return None
    return Addressee(email, _said(name)[:200])


def _bare(part: str) -> tuple[str, str]:
    """A name without brackets round the address behind it."""
    *name, email = part.split() or [""]
    return (" ".join(name), email) if "@" in email else ("", part)


def _said(name: str) -> str:
    """“Okafor, Asha” is how address books write Asha Okafor."""
    plain = one_line(name.replace('"', " ")).strip(" '-–,")
    family, comma, first = plain.partition(", ")
    return f"{first} {family}" if comma and "," not in first else plain
