"""Communities, who belongs to them, and what they look after."""

from communities.choices import FACILITATOR, Joining, Stage, State
from communities.models.approval import ApprovalRule, ApprovalSettings, CommunityApproval
from communities.models.claims import Claim, ClaimEvidence, ToldClaimEnds
from communities.models.collections import CommunityCollection
from communities.models.content import CommunityContent, ContentPage
from communities.models.grants import Grant
from communities.models.kept_text import KeptText
from communities.models.membership import Membership
from communities.models.membership_periods import PastMembership, Pause
from communities.models.pages import (
    CommunityIndexPage,
    CommunityPage,
    CommunityTopic,
    FirstFacilitator,
)
from communities.models.places import Places
from communities.models.qualifications import Award, Qualification, ToldAwardEnds, ToldGrantEnds
from communities.models.roles import EarlierAnswer, Holding, Responsibilities, Role

__all__ = [
    "FACILITATOR",
    "ApprovalRule",
    "ApprovalSettings",
    "Award",
    "Claim",
    "ClaimEvidence",
    "CommunityApproval",
    "CommunityCollection",
    "CommunityContent",
    "CommunityIndexPage",
    "CommunityPage",
    "CommunityTopic",
    "ContentPage",
    "EarlierAnswer",
    "FirstFacilitator",
    "Grant",
    "Holding",
    "Joining",
    "KeptText",
    "Membership",
    "PastMembership",
    "Pause",
    "Places",
    "Qualification",
    "Responsibilities",
    "Role",
    "Stage",
    "State",
    "ToldAwardEnds",
    "ToldClaimEnds",
    "ToldGrantEnds",
]
