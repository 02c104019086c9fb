"""The body of a page in one plain box: headings and text as one types them, and a line for each part that is no text.

Such a line (``[[2: picture “The lane”]]``) can be moved or taken out; the part itself stays as it is.
"""

import json
import re
import uuid
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from core.markup import shortened
from core.text import plain_text
from core.writing.plain import plain_of, rich_of

if TYPE_CHECKING:
    from wagtail.fields import StreamField

Block = dict[str, Any]
HEADING = re.compile(r"##[ \t]+(.+?)[ \t#]*")
PART = re.compile(r"\[\[\s*(\d{1,4})\b\s*:?\s*(.*?)\s*\]\]")
LONGEST_NAME = 40


def plain_of_body(blocks: Sequence[Block]) -> str:
    """The body as somebody finds it in the box."""
    return "\n\n".join(_plain_of_block(block, place) for place, block in enumerate(blocks, start=1))


def body_of_plain(text: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks of what was typed; ``blocks`` are those that the box was filled from. What did not change is kept."""
    known: dict[str, list[Block]] = {}
    for place, block in enumerate(blocks, start=1):
        known.setdefault(_plain_of_block(block, place), []).append(block)
    made = [_made(piece, known, blocks) for piece in _pieces(text)]
    return [block for block in made if block["value"]]


def holds_parts(blocks: Sequence[Block]) -> bool:
    """Whether something of it has no plain form."""
    return any(map(_is_part, blocks))


def put_body(page: Model, text: str) -> None:
    """Write what was typed on the page object, without saving it."""
    _put(page, lambda blocks: body_of_plain(text, blocks))


def append_block(page: Model, block: Block) -> None:
    """Put one more at the end of the body: its line in the box can be moved from there."""
    _put(page, lambda blocks: [*blocks, block])


def _put(page: Model, changed: Callable[[list[Block]], list[Block]]) -> None:
    field = cast("StreamField", page._meta.get_field("body"))
    blocks = changed(list(field.value_from_object(page).raw_data))
    setattr(page, field.attname, field.to_python(json.dumps(blocks)))


def _plain_of_block(block: Block, place: int) -> str:
    if block["type"] == "heading" and (words := " ".join(str(block["value"]).split())):
        return f"## {words}"
    text = plain_of(block["value"]) if block["type"] == "paragraph" else None
    is_typed = text and not any(HEADING.fullmatch(line) or PART.fullmatch(line) for line in text.split("\n"))
    return text if text and is_typed else f"[[{place}: {_name_of(block)}]]"


def _name_of(block: Block) -> str:
    """What stands for a part that is no text."""
    kinds = {"quote": _("quote"), "picture": _("picture"), "paragraph": _("text")}
    value = block["value"]
    words = plain_text(_words_in(value) if isinstance(value, dict) else str(value))
    words = shortened(" ".join(words.translate({ord(sign): " " for sign in "[]“”"}).split()), LONGEST_NAME)
    kind = kinds.get(block["type"], _("part"))
    return f"{kind} “{words}”" if words else kind


def _words_in(value: Block) -> str:
    image = value.get("image")
    shows = image.get("alt_text") if isinstance(image, dict) else ""
    return str(value.get("text") or value.get("caption") or shows or "")


def _pieces(text: str) -> list[str]:
    """Headings and lines that stand for a part are pieces of their own, and what stands between them is one."""
    pieces: list[str] = []
    lines: list[str] = []
    for line in [*text.replace("\r\n", "\n").split("\n"), "[[0]]"]:
        if HEADING.fullmatch(line.strip()) or PART.fullmatch(line.strip()):
            pieces += ["\n".join(lines).strip("\n"), line.strip()]
            lines = []
        else:
            lines.append(line.rstrip())
    return [piece for piece in pieces[:-1] if piece.strip()]


def _made(piece: str, known: dict[str, list[Block]], blocks: Sequence[Block]) -> Block:
    if same := known.get(piece):
        return same.pop(0) if len(same) > 1 else same[0]
    if part := PART.fullmatch(piece):
        return _part(int(part[1]), part[2], blocks)
    if heading := HEADING.fullmatch(piece):
        return _new("heading", heading[1])
    return _new("paragraph", rich_of(piece))


def _part(place: int, name: str, blocks: Sequence[Block]) -> Block:
    """What a line stands for. Its words are asked, too: somebody else may have written meanwhile, so that another part
    has its number now.
    """
    parts = {n: _name_of(block) for n, block in enumerate(blocks, start=1) if _is_part(block)}
    if place in parts and name in ("", parts[place]):
        return blocks[place - 1]
    same = [n for n, called in parts.items() if called == name]
    if len(same) == 1:
        return blocks[same[0] - 1]
    line = f"[[{place}: {name}]]" if name else f"[[{place}]]"
    raise ValidationError(_("Nothing stands for %(line)s. Take the line out.") % {"line": line})


def _is_part(block: Block) -> bool:
    return bool(PART.fullmatch(_plain_of_block(block, 1)))


def _new(kind: str, value: str) -> Block:
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}
