"""Which community to ask: those that have most to do with a question, by what the reader may see of them."""

from collections import defaultdict

from communities.models import CommunityPage
from conversations.permissions import TALKED_IN
from core.audiences import Viewer, community_pks, viewer_tokens
from core.querysets import HubPageQuerySet
from indexing.engines.base import Request
from search import services as search

NEAREST = 40  # things that speak for their communities
OFFERED = 4


def communities_for(question: str, viewer: Viewer) -> list[CommunityPage]:
    """At most ``OFFERED`` communities that talk, the likeliest first: each has the nearness of its nearest things.

    Empty where nothing is near, and while search is away.
    """
    tokens = viewer_tokens(viewer)
    found = search.asked(Request(question, tokens, passages=False, size=NEAREST)).hits
    nearness: defaultdict[int, float] = defaultdict(float)
    for stored in found:
        if stored.community_key:
            nearness[int(stored.community_key.rpartition(":")[2])] += stored.score
    keys = sorted(nearness, key=lambda key: (-nearness[key], key))
    open_ones = {page.pk: page for page in _open_to(viewer).filter(pk__in=keys)}
    return [open_ones[key] for key in keys if key in open_ones][:OFFERED]


def communities_of(viewer: Viewer) -> list[CommunityPage]:
    """Those that the viewer belongs to, by name."""
    mine = community_pks(viewer_tokens(viewer))
    return list(_open_to(viewer).filter(pk__in=mine).order_by("title")) if mine else []


def _open_to(viewer: Viewer) -> HubPageQuerySet:
    shown: HubPageQuerySet = CommunityPage.objects.shown_to(viewer).filter(stage__in=TALKED_IN)
    return shown
