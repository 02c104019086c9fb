"""Who works in the editor."""

from django.contrib.auth.models import Permission
from django.db.models import Exists, OuterRef, QuerySet

from core.audiences import Viewer

KNOWN = "enters_the_editor"
"""Where an account that was read for a request says whether it is an editor's."""


def is_editor(person: Viewer) -> bool:
    """Whether ``person`` may enter Wagtail's editor, asked once per request: with the account where that is read for
    the request, otherwise in one query instead of the two by which Django gathers every permission that somebody has.
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


def enters_the_editor() -> Exists:
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
