"""Who may do what with guidance."""

from communities.permissions import keeps_true
from core.audiences import Viewer
from core.editors import is_editor
from knowledge.models import GuidancePage


def can_check(person: Viewer, page: GuidancePage) -> bool:
    """Whether ``person`` may say that the page still holds: whoever keeps it, its community's facilitators and whoever
    stands in for them know, and editors may always.
    """
    if not person.is_authenticated:
        return False
    if page.keeper_id == person.pk:
        return True
    return bool(page.community and keeps_true(person, page.community)) or is_editor(person)
