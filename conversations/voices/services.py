"""Marking what speaks for a community."""

from django.utils.translation import gettext as _

from communities.choices import Capability
from communities.models import CommunityPage
from communities.rights import RightsAnswer, grant_behind
from conversations.models import Post, Voice


def keep_voice(post: Post, community: CommunityPage, right: RightsAnswer) -> Voice:
    """Write down by which right ``post`` speaks for ``community``: its author's, or that of whoever its author writes
    for. Whoever calls has asked for the right under the lock
    of the community.
    """
    speaker = post.principal if post.is_for_another else post.author
    grant = grant_behind(speaker, Capability.SPEAK, community) if speaker else None
    voice: Voice = Voice.objects.create(
        post=post,
        community=community,
        grant=grant,
        role=str(grant.role or "") if grant else right.role,
        authority=grant.on_what_authority if grant else "",
        last_day=grant.last_day if grant else None,
    )
    return voice


def why_not_changed(post: Post) -> str:
    """Why its author may not change it, where that is because it speaks for the community."""
    if post.spoken_for is None:
        return ""
    return _("This is said for the community. Only those who speak for it change it; you can remove it.")
