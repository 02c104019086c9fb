"""Who may do what with guidance."""

from communities.permissions import keeps_true
from core.audiences import Viewer
from core.editors import edits_everything
from knowledge.models import GuidancePage
from people.away import stood_in_for


def can_check(person: Viewer, page: GuidancePage) -> bool:
    """Whether ``person``, who reads the page, may say that it still holds: whoever keeps it, the facilitators of its
    community and whoever stands in for these know, and editors may always.
    """
    if not person.is_authenticated:
        return False
    if page.keeper_id == person.pk:
        return True
    if page.keeper_id and stood_in_for(person.pk).filter(person=page.keeper_id).exists():
        return True
    return bool(page.community and keeps_true(person, page.community)) or edits_everything(person)
