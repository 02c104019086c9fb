"""Notices what changes, so that apps rarely have to say so.

Saving and deleting are noticed for every registered model. A page's address and visibility also follow from its
ancestors', so that moving, renaming or unpublishing a page queues what stands below it.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Model, QuerySet
from django.db.models.signals import post_delete, post_save, pre_delete
from django.utils import timezone
from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from indexing import documents, queue
from indexing.documents import model_of


def listen() -> None:
    """Notice every change of what can be found, and of what its documents tell of."""
    for source in documents.sources():
        for model in (source.model, *source.depends_on):
            listen_to(model)
    listen_to_pages()


def listen_to(model: type[Model]) -> None:
    label = model._meta.label_lower
    post_save.connect(on_save, sender=model, dispatch_uid=f"indexing.save.{label}")
    pre_delete.connect(before_delete, sender=model, dispatch_uid=f"indexing.delete.{label}")
    post_delete.connect(on_delete, sender=model, dispatch_uid=f"indexing.deleted.{label}")


def listen_to_pages() -> None:
    page_published.connect(on_publish, dispatch_uid="indexing.published")
    page_unpublished.connect(on_page, dispatch_uid="indexing.unpublished")
    post_page_move.connect(on_page, dispatch_uid="indexing.moved")
    page_slug_changed.connect(on_page, dispatch_uid="indexing.slug")


def on_save(
    sender: type[Model], instance: Model, update_fields: frozenset[str] | None = None, **kwargs: object
) -> None:
    source = documents.source_for(sender)
    quiet = frozenset(getattr(sender, "quiet_fields", ())).union(source.quiet_fields if source else ())
    if not update_fields or not quiet.issuperset(update_fields):
        _noticed(instance)


def before_delete(sender: type[Model], instance: Model, **kwargs: object) -> None:
    """Afterwards nothing leads from a topic to what was about it, nor from a person to what they did."""
    depending_changed(instance)
    source = documents.source_for(sender)
    if source and source.is_person:
        people_changed([instance.pk])


def on_delete(sender: type[Model], instance: Model, **kwargs: object) -> None:
    if documents.source_for(sender) and not queue.is_paused():
        queue.put(sender, [instance.pk])


def on_publish(instance: Page, **kwargs: object) -> None:
    _noticed(instance.specific_deferred)


def on_page(instance: Page, **kwargs: object) -> None:
    """A page came, went or moved, and all below it with it."""
    _noticed(instance.specific_deferred)
    below = instance.get_descendants()
    for source in documents.sources():
        if issubclass(source.model, Page):
            changed_queryset(source.model, source.model._default_manager.filter(pk__in=below.values("pk")))


def changed(*objects: Model) -> None:
    """Queue things, and those whose documents tell of them. LookupError for one that nobody can find and nothing tells
    of: whoever asks for it believes that search will hear of it.
    """
    for obj in objects:
        if not documents.is_told_of(model_of(obj)):
            raise LookupError(f"Nothing of {model_of(obj)._meta.label} is in the index.")
        _noticed(obj)


def grown(obj: Model, before: datetime) -> None:
    """Queue a thing to which one more of many was added, the last one ``before``, and nothing that tells of it. What
    is added to often is brought every half minute: all of it is read each time.
    """
    if not queue.is_paused():
        is_lively = timezone.now() - before < queue.REST
        queue.put(model_of(obj), [obj.pk], queue.REST if is_lively else timedelta())


def people_changed(people: Collection[int]) -> None:
    """Queue people who go, or whose accounts were switched off or on, and all that names them."""
    for source in documents.sources():
        for field in ("pk",) if source.is_person else source.people_fields:
            changed_queryset(source.model, source.model._default_manager.filter(**{f"{field}__in": people}))


def _noticed(obj: Model) -> None:
    """Queue a thing if its model is indexed, and in any case what tells of it: many pages are lists of other things."""
    if documents.source_for(model_of(obj)) and not queue.is_paused():
        queue.put(model_of(obj), [obj.pk])
    depending_changed(obj)


def depending_changed(obj: Model) -> None:
    for queryset in documents.depending_on(obj):
        changed_queryset(queryset.model, queryset)


def changed_queryset(model: type[Model], queryset: QuerySet[Any]) -> None:
    """Queue many things of one model. LookupError where the model is not indexed."""
    if not queue.is_paused():
        queue.put(model, queryset.values_list("pk", flat=True))
