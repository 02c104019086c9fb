"""What of surgeries lies on the editor's desk."""

from collections import defaultdict
from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.choices import Capability
from communities.desk import DEEDS, DeskAction
from communities.models import CommunityPage
from surgeries.models import SurgeryPage


def new_session(communities: Sequence[CommunityPage]) -> dict[int, str]:
    """Of communities that have a surgery to put it into: on its own page, or in the editor where there are several."""
    surgeries: dict[int, list[int]] = defaultdict(list)
    live = SurgeryPage.objects.live().filter(community__in=communities)
    for community, surgery in live.order_by("pk").values_list("community_id", "pk"):
        surgeries[community].append(surgery)
    return {community: _address(keys) for community, keys in surgeries.items()}


def _address(surgeries: Sequence[int]) -> str:
    if len(surgeries) == 1:
        return reverse("surgeries:add_date", args=surgeries)
    return reverse("wagtailsnippets_surgeries_session:add")


def lay_out() -> None:
    """Put it on the desk."""
    DEEDS.add("a session", DeskAction(_("New session"), [Capability.SURGERIES], new_session), order=20)
