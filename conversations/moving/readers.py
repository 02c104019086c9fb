"""Who would read what is moved: nobody who could not read it before."""

from communities.models import CommunityPage, Membership
from conversations.models import Conversation
from core.audiences import EVERYONE, ORGANISATION, Audience, community_pks
from core.writing.drafts import AUDIENCES
from people.models import User


def audience_there(conversation: Conversation, community: CommunityPage) -> Audience:
    """Its own audience, or that of the community where this is narrower."""
    return max(Audience(conversation.audience), Audience(community.audience), key=AUDIENCES.index)


def would_widen(before: str, after: str) -> bool:
    """Whether somebody who holds the token ``after`` may not read what has the token ``before``."""
    if before in {EVERYONE, after}:
        return False
    if not (there := community_pks([after])):
        return True
    members = Membership.objects.active().filter(community__in=there, person__is_active=True).values("person")
    people = User.objects.filter(pk__in=members)
    if before == ORGANISATION:
        return any(not person.is_insider for person in people)
    also = Membership.objects.active().filter(community__in=community_pks([before])).values("person")
    return people.exclude(pk__in=also).exists()
