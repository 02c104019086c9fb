"""Who works in the editor."""

from django.contrib.auth.models import Permission

from core.audiences import Viewer


def is_editor(person: Viewer) -> bool:
    """Whether ``person`` may enter Wagtail's editor, asked once per request.

    One query instead of the two by which Django gathers every permission that somebody has.
    """
    if not person.is_authenticated or not person.is_active:
        return False
    if person.is_superuser:
        return True
    known: bool | None = person.__dict__.get("_is_editor")
    if known is None:
        entry = Permission.objects.filter(codename="access_admin", content_type__app_label="wagtailadmin")
        known = person.__dict__["_is_editor"] = entry.filter(group__user=person.pk).exists()
    return known


def is_staff(person: Viewer) -> bool:
    """Whether ``person`` may enter Django's admin: the small team that runs the hub."""
    return bool(person.is_active and person.is_staff)


def is_hub_team(person: Viewer) -> bool:
    """Whether ``person`` runs the hub: they name facilitators, and answer where nobody else does."""
    return bool(person.is_authenticated and person.is_active and person.is_superuser)
