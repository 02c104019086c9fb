"""Topics as people type them: with commas between, and one topic however it is written."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from modelcluster.contrib.taggit import ClusterTaggableManager, _ClusterTaggableManager
from taggit.managers import TaggableManager, _TaggableManager

from core.text import one_line

LONGEST = 100  # letters
LONGEST_KEY = 200  # one letter can become several
COMMAS = re.compile("[,،，、]")


def topic_key(name: str) -> str:
    """What all ways of writing one topic have in common: Élections and élections, composed or not."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", one_line(name)).casefold())[:LONGEST_KEY]


def from_text(text: str) -> list[str]:
    """The topics in what somebody typed: commas part them, blanks do not. Taggit's and Wagtail's forms ask it.

    Wagtail's own script puts quotation marks round several words; they say nothing here.
    """
    typed = (one_line(part.strip().strip('"')) for part in COMMAS.split(text or ""))
    names = list({topic_key(name): name for name in typed if name}.values())
    for name in names:
        if len(name) > LONGEST:
            detail = {"n": len(name), "most": LONGEST, "start": name[:20]}
            raise ValidationError(
                _("“%(start)s…” has %(n)d letters. A topic has %(most)d at most: put commas between several.") % detail
            )
    return names


def to_text(topics: Iterable[Any]) -> str:
    """The topics as a form shows them, to be read by ``from_text`` again."""
    return ", ".join(sorted((topic.name for topic in topics), key=topic_key))


class _OneTopicHoweverWritten:
    """Finds the topic that a name means before taggit would make another one."""

    through: Any

    def _to_tag_model_instances(self, tags: Iterable[Any], tag_kwargs: dict[str, Any]) -> list[Any]:
        topics = self.through.tag_model()._default_manager
        found = [topics.called(each) if isinstance(each, str) else each for each in tags]
        return list(dict.fromkeys(found))


class _TopicManager(_OneTopicHoweverWritten, _TaggableManager):
    """The topics of one thing."""


class _PageTopicManager(_OneTopicHoweverWritten, _ClusterTaggableManager):
    """The topics of one page, kept with its draft."""


class TopicsField(TaggableManager):
    """What a thing is about. To migrations it is taggit's field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"manager": _TopicManager, **kwargs})

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "taggit.managers.TaggableManager", args, kwargs


class PageTopicsField(ClusterTaggableManager):
    """What a page is about. To migrations it is modelcluster's field."""

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "modelcluster.contrib.taggit.ClusterTaggableManager", args, kwargs

    def __get__(self, instance: Any, model: Any) -> Any:
        return _PageTopicManager(through=self.through, model=model, instance=instance, prefetch_cache_name=self.name)
