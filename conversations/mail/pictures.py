"""Pictures that stand beside the words of an e-mail: what its author shows, and not the crest in their signature, what
they quote, or a pixel that counts readers.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from email.message import Message
from hashlib import sha256
from urllib.parse import unquote

from conversations.mail.cutting import cut
from conversations.mail.html import PICTURE, plain_of_html
from conversations.mail.parts import html_of, named, pictures_of
from conversations.mail.signatures import how_reached

TINY = 2000  # bytes: nothing that somebody photographs or draws
SMALL = 60_000  # bytes: a crest or a logo, and hardly a photograph


@dataclass(frozen=True)
class PicturesBeside:
    """Names and contents, and the fingerprints of those that may be a crest: only its coming again tells it from what
    somebody shows.
    """

    all: list[tuple[str, bytes]]
    crests: list[str]


def pictures_beside_words(message: Message, name: str) -> PicturesBeside:
    """``name`` is what the sender calls themselves. What stands nowhere in the words is shown, too: so mail
    programs attach it.
    """
    parts = pictures_of(message)
    if not parts:
        return PicturesBeside([], [])
    marked: list[str] = []
    words = cut(plain_of_html(html_of(message), marked), name).words
    said = {marked[int(number)] for number in re.findall(rf"{PICTURE}(\d+)", words)}
    cut_out = {_key(each) for each in marked} - {_key(each) for each in said}
    signed = "\n".join(how_reached(words.split("\n")))
    crests = {_key(marked[int(number)]) for number in re.findall(rf"{PICTURE}(\d+)", signed)}
    found = [(_key(str(part.get("Content-ID"))), named(part)) for part in parts]
    shown = [(key, each) for key, each in found if key not in cut_out and len(each[1]) > TINY]
    small = [fingerprint(content) for key, (_name, content) in shown if key in crests and len(content) <= SMALL]
    return PicturesBeside([each for _key_in_words, each in shown], small)


def without_crests(
    attached: list[tuple[str, bytes]], crests: Collection[str], came_before: Collection[str]
) -> list[tuple[str, bytes]]:
    """``attached`` without those ``crests`` that ``came_before`` with another e-mail of the same person."""
    known = set(crests) & set(came_before)
    return [(name, content) for name, content in attached if not known or fingerprint(content) not in known]


def fingerprint(content: bytes) -> str:
    return sha256(content).hexdigest()


def _key(written: str) -> str:
    """What a picture is called in the words (``cid:…``) and at its own part (``<…>``)."""
    return unquote(written.strip()).strip("<> ")
