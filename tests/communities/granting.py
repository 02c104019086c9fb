"""Grants to test with."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from communities.choices import Capability
from communities.grants import services
from communities.grants.services import GrantDecision, GrantTerms
from communities.models import CommunityPage, Grant, Role
from people.models import User

CABINET = GrantDecision("Cabinet", date(2026, 3, 12), "minute 47")


def in_days(days: float) -> datetime:
    return timezone.now() + timedelta(days=days)


def given(
    community: CommunityPage,
    by: User,
    capability: str = Capability.EDIT_PAGE,
    *,
    since: float = -1,
    asset: str = "",
    role: Role | None = None,
    **terms: Any,
) -> Grant:
    """A grant that began a day ago and has no end, unless it is said otherwise."""
    return services.give(
        community, by, capability, CABINET, GrantTerms(in_days(since), **terms), asset=asset, role=role
    )
