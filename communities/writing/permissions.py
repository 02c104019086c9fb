"""Who may write what the community says of itself."""

from communities.choices import Capability
from communities.models import CommunityPage
from communities.rights import can
from core.audiences import Viewer


def may_edit_page(person: Viewer, community: CommunityPage) -> bool:
    """Whether ``person`` may change the community's page on the hub, as a member of it."""
    return can(person, Capability.EDIT_PAGE, community).is_own
