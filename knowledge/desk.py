"""What of guidance lies on the editor's desk."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _, ngettext

from communities.choices import Capability
from communities.desk import DEEDS, NOTES, DeskAction
from communities.models import CommunityPage
from core.desk.rows import DeskLink
from knowledge.listings import due_for

if TYPE_CHECKING:
    from people.models import User


def new_guidance(communities: Sequence[CommunityPage]) -> dict[int, str]:
    return {each.pk: reverse("knowledge:start", args=[each.slug]) for each in communities}


def due(request: HttpRequest, communities: Sequence[CommunityPage]) -> dict[int, DeskLink]:
    """How many pages of each are to be looked at again."""
    overdue = due_for(cast("User", request.user)).filter(community__in=communities).order_by()
    counts = overdue.values_list("community_id").annotate(n=Count("pk"))
    words = "One page of guidance is due", "%(n)d pages of guidance are due"
    return {key: DeskLink(ngettext(*words, n) % {"n": n}, reverse("knowledge:due")) for key, n in counts}


def lay_out() -> None:
    """Put it on the desk."""
    DEEDS.add("guidance", DeskAction(_("New guidance"), [Capability.GUIDANCE], new_guidance), order=30)
    NOTES.add("guidance", due)
