"""Topics: the one vocabulary for pages and people, as people type it, one topic however it is written."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any, ClassVar, cast

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Model, Q, prefetch_related_objects
from django.utils.text import slugify
from django.utils.translation import gettext as _, gettext_lazy
from modelcluster.contrib.taggit import ClusterTaggableManager, _ClusterTaggableManager
from taggit.managers import TaggableManager, _TaggableManager
from taggit.models import ItemBase, TagBase

from core.fields import LineField
from core.text import one_line
from core.versions import Versioned

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


def put_topics(page: Model, text: str) -> None:
    """Give the page object the topics that somebody typed, without saving it."""
    field = cast("ClusterTaggableManager", page._meta.get_field("topics"))
    field.save_form_data(page, from_text(text))


def to_text(topics: Iterable[Any]) -> str:
    """The topics as a form shows them, to be read by ``from_text`` again."""
    return ", ".join(sorted((topic.name for topic in topics), key=topic_key))


class TopicManager(models.Manager["Topic"]):
    """Topics by their names, however they are written."""

    def get_by_natural_key(self, name: str) -> "Topic":
        return self.get(key=topic_key(name))

    def called(self, name: str) -> "Topic":
        """The topic of this name, which is made where there is none."""
        if len(one_line(name)) > LONGEST:
            raise ValidationError(_("A topic has %(most)d letters at most.") % {"most": LONGEST})
        return self.get_or_create(key=topic_key(name), defaults={"name": name, "was_typed": True})[0]


class TopicKeyField(LineField):
    """Follows from the name, however the row is saved."""

    def pre_save(self, model_instance: Any, add: bool) -> str:
        model_instance.key = topic_key(model_instance.name)
        return str(model_instance.key)


class Topic(Versioned, TagBase):
    """What something is about and what somebody knows: one vocabulary for pages and for people.

    ``key`` is the name in the form in which names are compared, so that one topic stays one in every database.
    """

    name = LineField(gettext_lazy("name"), unique=True, max_length=LONGEST)
    key = TopicKeyField(max_length=LONGEST_KEY, unique=True, editable=False)
    summary = LineField(gettext_lazy("summary"), max_length=1000, blank=True)
    # It came of a word in somebody's draft or profile. Until something open has it, the word may be as private as that.
    was_typed = models.BooleanField(default=False, db_default=False, editable=False)
    free_tagging = True
    version_kind = "topics"
    is_shown_when_new = False

    objects: ClassVar[TopicManager] = TopicManager()

    class Meta:
        verbose_name = gettext_lazy("topic")
        verbose_name_plural = gettext_lazy("topics")
        ordering = ("name",)
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(slug=""), name="a_topic_has_an_address")]

    def clean(self) -> None:
        super().clean()
        if Topic.objects.filter(key=topic_key(self.name)).exclude(pk=self.pk).exists():
            raise ValidationError({"name": _("There is this topic already, in these letters or in capitals.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        fields = kwargs.get("update_fields")
        if fields is not None and "name" in fields:
            kwargs["update_fields"] = {*fields, "key"}
        super().save(*args, **kwargs)

    def slugify(self, tag: str, i: int | None = None) -> str:
        """An address of any script. A name of signs only has the word itself for one."""
        slug = slugify(one_line(tag), allow_unicode=True)[: LONGEST - 10].strip("-_") or "topic"
        return slug if i is None else f"{slug}_{i}"


class _OneTopicHoweverWritten:
    """Finds the topic that a name means before taggit would make another one."""

    through: type[ItemBase]

    def _to_tag_model_instances(self, tags: Iterable[Any], tag_kwargs: dict[str, Any]) -> list[Any]:
        topics = self.through.tag_model()._default_manager
        found = [topics.called(each) if isinstance(each, str) else each for each in tags]
        return list(dict.fromkeys(found))


class _TopicManager(_OneTopicHoweverWritten, _TaggableManager):
    """The topics of one thing."""


class _PageTopicManager(_OneTopicHoweverWritten, _ClusterTaggableManager):
    """The topics of one page, kept with its draft."""


def topics_of(page: models.Model) -> list[Topic]:
    """The topics of a page by name, fetched once for all that a request does with them."""
    prefetch_related_objects([page], "topics")
    topics: list[Topic] = list(page.topics.all())  # type: ignore[attr-defined]  # whatever has topics
    return sorted(topics, key=lambda topic: topic.name.casefold())


class TopicsField(TaggableManager):
    """What a thing is about. To migrations it is taggit's field."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **{"manager": _TopicManager, **kwargs})

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "taggit.managers.TaggableManager", args, kwargs


class PageTopicsField(ClusterTaggableManager):
    """What a page is about. To migrations it is modelcluster's field."""

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "modelcluster.contrib.taggit.ClusterTaggableManager", args, kwargs

    def __get__(self, instance: Model, model: type[models.Model]) -> Any:
        return _PageTopicManager(through=self.through, model=model, instance=instance, prefetch_cache_name=self.name)
