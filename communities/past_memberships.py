"""What people keep of a community whose page is deleted."""

from datetime import datetime

from django.utils import timezone

from communities.models import CommunityPage, Holding, Membership
from communities.models.membership_periods import PastMembership


def keep_past_of(community: CommunityPage) -> None:
    """Before it goes with all its memberships: who was a member from when until when, and in which roles."""
    now = timezone.now()
    memberships = Membership.objects.filter(community=community.pk, joined__isnull=False)
    PastMembership.objects.bulk_create(
        PastMembership(
            person_id=one.person_id,
            name=one.known_as or community.title,
            joined=one.joined or one.since,
            until=one.until or now,
            roles=[_role(held, one.until or now) for held in one.holdings.all()],
        )
        for one in memberships.prefetch_related("holdings__role").iterator(chunk_size=500)
    )


def _role(held: Holding, end: datetime) -> dict[str, str]:
    until = held.until or end
    return {"name": str(held.role), "since": held.since.isoformat(), "until": until.isoformat()}
