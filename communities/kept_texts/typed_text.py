"""What somebody typed themselves in a form of the editor, as readable text: not what others wrote on the same page."""

import json
import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import CharField, Field, Model, TextField
from django.forms import model_to_dict
from django.http import QueryDict
from django.utils.text import capfirst
from wagtail.fields import StreamField
from wagtail.models import Page

from people.models import User

Piece = tuple[str, str]
STRUCTURE = re.compile(r"-(type|deleted|order|id|count)$")
LINE_ENDS = re.compile(r"</(?:p|li|h\d|blockquote|td|th|tr|div)>|<(?:br|hr)\s*/?>", re.IGNORECASE)
TAGS = re.compile(r"<[^>]+>")
NOT_TYPED = {"slug", "draft_title"}


def pieces(data: QueryDict, model: type[Model], thing: Model | None, person: User) -> list[Piece]:
    """By field, the lines that nobody else wrote there. A word changed in somebody's paragraph gives the paragraph."""
    others = _said_by_others(thing, person) if thing is not None else set()
    found: dict[str, list[str]] = {}
    for name, values in data.lists():
        if (field := _text_field(model, name)) is None:
            continue
        for line in (line for value in values for line in lines(str(value))):
            if _plain(line) not in others:
                found.setdefault(capfirst(str(field.verbose_name)), []).append(line)
    return [(label, "\n\n".join(said)) for label, said in found.items()]


def _text_field(model: type[Model], name: str) -> "Field[Any, Any] | None":
    """The field of text that a value of the form goes to, parts of a body included."""
    root = name.partition("-")[0]
    try:
        field = model._meta.get_field(root)
    except FieldDoesNotExist:
        return None
    if not isinstance(field, CharField | TextField | StreamField) or getattr(field, "choices", None):
        return None
    return None if root in NOT_TYPED or STRUCTURE.search(name) else field


def lines(value: str) -> list[str]:
    """The lines of a value, as the editor sends or keeps it: plain, HTML, or its script's own form of text."""
    loaded = _loaded(value)
    if isinstance(loaded, dict) and "blocks" in loaded:
        return [line for block in loaded["blocks"] for line in lines(str(block.get("text", "")))]
    if loaded is not None:
        return [line for text in _strings(loaded) for line in lines(text)]
    text = unescape(TAGS.sub("", LINE_ENDS.sub("\n", value))) if "<" in value else value
    return [line.strip() for line in text.split("\n") if line.strip() and not line.strip().isdigit()]


def _loaded(value: str) -> Any:
    """JSON of more than a number; ``None`` otherwise."""
    if not value.startswith(("{", "[")):
        return [] if value == "null" else None
    try:
        return json.loads(value)
    except ValueError:
        return None


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _strings(each)


def _plain(line: str) -> str:
    return " ".join(line.split())


def _said_by_others(thing: Model, person: User) -> set[str]:
    """What stands in versions that others made, and what readers have."""
    return {_plain(line) for content in _contents(thing, person) for text in _strings(content) for line in lines(text)}


def _contents(thing: Model, person: User) -> Iterable[Any]:
    if not isinstance(thing, Page):
        yield {name: str(value) for name, value in model_to_dict(thing).items()}
        return
    revisions = thing.revisions.exclude(user=person)
    yield from revisions.values_list("content", flat=True).iterator()
    if thing.live or not thing.revisions.filter(user=person).exists():
        yield json.loads(thing.to_json())
