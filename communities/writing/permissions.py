"""Who may write what the community says of itself."""

from communities.models import CommunityPage
from communities.permissions import is_steward
from core.audiences import Viewer


def may_edit_page(person: Viewer, community: CommunityPage) -> bool:
    """Whether ``person`` may change the community's page on the hub."""
    return is_steward(person, community)
