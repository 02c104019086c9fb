"""Notices new and changed files: Wagtail makes them in many places, and says so nowhere else."""

from django.db.models.signals import post_delete, post_save
from wagtail.models import Collection, CollectionViewRestriction

from core.models import HubDocument
from knowledge.files import services
from search.services import changed_queryset

FILE = {"file"}


def listen() -> None:
    post_save.connect(on_save, sender=HubDocument, dispatch_uid="knowledge.files.save")
    post_save.connect(on_collection, sender=Collection, dispatch_uid="knowledge.files.collection")
    for signal in (post_save, post_delete):
        signal.connect(on_restriction, sender=CollectionViewRestriction, dispatch_uid="knowledge.files.restriction")


def on_save(
    instance: HubDocument, update_fields: frozenset[str] | None = None, raw: bool = False, **_kwargs: object
) -> None:
    if not raw and (update_fields is None or not FILE.isdisjoint(update_fields)):
        services.put_off(instance)


def on_restriction(instance: CollectionViewRestriction, **_kwargs: object) -> None:
    """A collection was locked or opened, and all that are below it with it."""
    files_below_changed(instance.collection)


def on_collection(instance: Collection, created: bool, raw: bool = False, **_kwargs: object) -> None:
    """A collection may be about to move below a locked one.

    Nothing tells of the move itself. Wagtail's editor saves the collection first and moves it in the same transaction;
    what is queued here is looked at after that.
    """
    if not created and not raw:
        files_below_changed(instance)


def files_below_changed(collection: Collection) -> None:
    below = HubDocument.objects.filter(collection__path__startswith=collection.path)
    changed_queryset(HubDocument, below)
