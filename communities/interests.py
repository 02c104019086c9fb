"""What memberships say of somebody's interests."""

from collections.abc import Iterable

from communities.models import CommunityPage, Membership
from indexing.documents import key_for
from people.models import User
from reading.interests import Since


def communities_of(person: User) -> Iterable[tuple[str, Since]]:
    """Those they belong to: first those where they hold the highest role, then the newest."""
    joined = Membership.objects.active().filter(person=person).ranked().order_by("rank", "-since", "-pk")
    return ((key_for(CommunityPage, pk), since) for pk, since in joined.values_list("community_id", "since"))
