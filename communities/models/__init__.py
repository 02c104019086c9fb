"""Communities, who belongs to them, and what they look after."""

from communities.choices import Joining, Role, Stage, State
from communities.models.content import CommunityContent
from communities.models.grants import Grant
from communities.models.membership import Membership
from communities.models.pages import (
    CommunityIndexPage,
    CommunityPage,
    CommunityTopic,
    FirstFacilitator,
)
from communities.models.places import Places

__all__ = [
    "CommunityContent",
    "CommunityIndexPage",
    "CommunityPage",
    "CommunityTopic",
    "FirstFacilitator",
    "Grant",
    "Joining",
    "Membership",
    "Places",
    "Role",
    "Stage",
    "State",
]
