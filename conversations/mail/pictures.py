"""Pictures that stand beside the words of an e-mail: what its author shows, and not the crest in their signature, what
they quote, or a pixel that counts readers.
"""

import re
from email.message import Message
from urllib.parse import unquote

from conversations.mail.cutting import cut
from conversations.mail.html import PICTURE, plain_of_html
from conversations.mail.parts import html_of, named, pictures_of
from conversations.mail.signatures import how_reached

TINY = 2000  # bytes: nothing that somebody photographs or draws
SMALL = 60_000  # bytes: a crest or a logo, and hardly a photograph


def pictures_beside_words(message: Message, name: str) -> list[tuple[str, bytes]]:
    """Names and contents. ``name`` is what the sender calls themselves. What stands nowhere in the words is shown, too:
    mail programs attach so.
    """
    parts = pictures_of(message)
    if not parts:
        return []
    marked: list[str] = []
    words = cut(plain_of_html(html_of(message), marked), name).words
    said = {marked[int(number)] for number in re.findall(rf"{PICTURE}(\d+)", words)}
    cut_out = {_key(each) for each in marked} - {_key(each) for each in said}
    signed = "\n".join(how_reached(words.split("\n")))
    crests = {_key(marked[int(number)]) for number in re.findall(rf"{PICTURE}(\d+)", signed)}
    found = [(_key(str(part.get("Content-ID"))), named(part)) for part in parts]
    return [
        (name, content)
        for key, (name, content) in found
        if key not in cut_out and len(content) > (SMALL if key in crests else TINY)
    ]


def _key(written: str) -> str:
    """What a picture is called in the words (``cid:…``) and at its own part (``<…>``)."""
    return unquote(written.strip()).strip("<> ")
