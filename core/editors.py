"""Who works in the editor."""

from collections.abc import Callable

from django.contrib.auth.models import Permission
from django.db.models import Exists, OuterRef, QuerySet

from core.audiences import Viewer
from core.registry import Registry

KNOWN = "edits_everything"
"""Where an account that was read for a request says whether a group lets it into the editor."""
ENTRIES: Registry[Callable[[Viewer], bool]] = Registry("who else enters the editor", taken_by="core")
"""Each says whether somebody has anything to do there."""


def is_editor(person: Viewer) -> bool:
    """Whether ``person`` may enter Wagtail's editor: those who edit everything, and whom rooms above let in."""
    if not person.is_authenticated or not person.is_active:
        return False
    return edits_everything(person) or any(entry(person) for entry in ENTRIES)


def edits_everything(person: Viewer) -> bool:
    """Whether ``person`` edits what belongs to nobody, too: the hub team, and the groups that the hub team lets in.

    Asked once per request: with the account where that is read for the request, otherwise in one query instead of the
    two by which Django gathers every permission that somebody has.
    """
    if not person.is_authenticated or not person.is_active:
        return False
    if person.is_superuser:
        return True
    known: bool | None = getattr(person, KNOWN, None)
    if known is None:
        known = _entry().filter(group__user=person.pk).exists()
        setattr(person, KNOWN, known)
    return known


def is_let_in_by_a_group() -> Exists:
    """The same of every account of a query, to be annotated as ``KNOWN``."""
    return Exists(_entry().filter(group__user=OuterRef("pk")))


def _entry() -> "QuerySet[Permission]":
    return Permission.objects.filter(codename="access_admin", content_type__app_label="wagtailadmin")


def is_staff(person: Viewer) -> bool:
    """Whether ``person`` may enter Django's admin: the small team that runs the hub."""
    return bool(person.is_active and person.is_staff)


def is_hub_team(person: Viewer) -> bool:
    """Whether ``person`` runs the hub: they name facilitators, and answer where nobody else does."""
    return bool(person.is_authenticated and person.is_active and person.is_superuser)
