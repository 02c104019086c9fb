"""What of a story names somebody: shown to them when they are asked, and what their answer is to."""

import hashlib
import json
from collections.abc import Iterator

from django.db import models

from core.text import plain_text
from stories.named.models import NamedPerson
from stories.named.names import Forms, find, forms_of, forms_of_digests
from stories.named.story import StoryRow

NOT_WORDS = frozenset({"path", "url_path", "slug", "audience_token", "imported_id", "byline", "scene"})


def fields_with_words(story: StoryRow) -> Iterator[str]:
    """Every field of a story in which somebody writes."""
    for field in story._meta.concrete_fields:
        is_text = isinstance(field, (models.CharField, models.TextField)) and not field.choices
        if is_text and field.name not in NOT_WORDS:
            yield field.name


def forms(named: NamedPerson) -> Forms:
    """How the name may stand there: as it was given, and as its person is called now."""
    if named.is_gone:
        return forms_of_digests(named.digests)
    names = [named.name, named.person.name if named.person else ""]
    return forms_of(names, named.also)


def words_of(story: StoryRow) -> list[tuple[str, str]]:
    """All that readers read, field by field as plain text."""
    names = (name for name in fields_with_words(story) if name != "draft_title")
    return [(name, text) for name in names if (text := plain_text(str(getattr(story, name) or "")))]


def passages(story: StoryRow, named: NamedPerson, others: list[NamedPerson] | None = None) -> list[str]:
    """The paragraphs that name them, once each, in order."""
    known = forms(named)
    theirs = [forms(one) for one in others or () if one.pk != named.pk]
    paragraphs = (part.removeprefix("# ") for _name, text in words_of(story) for part in text.split("\n\n"))
    return list(dict.fromkeys(part for part in paragraphs if find(part, known, others=theirs)))


def shown_of(story: StoryRow, named: NamedPerson) -> list[str]:
    """A digest of each passage that names them."""
    return [hashlib.sha256(part.encode()).hexdigest()[:32] for part in passages(story, named)]


def picture_of(story: StoryRow, named: NamedPerson) -> int | None:
    """The photograph on which they can be seen."""
    return story.picture_id if named.on_picture else None


def fingerprint(story: StoryRow, named: NamedPerson) -> str:
    """Of all that somebody is shown when they are asked: their answer is to that."""
    seen = [shown_of(story, named), picture_of(story, named), story.audience]
    return hashlib.sha256(json.dumps(seen).encode()).hexdigest()
