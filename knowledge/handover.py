"""Guidance that somebody keeps, for whoever takes it over when they leave."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext, gettext_lazy as _

from communities.handover import facilitators_of
from core.audiences import may_see
from indexing.documents import key_for
from knowledge import services
from knowledge.models import GuidancePage
from people.handover import CannotGive, Handover, LookedAfter
from people.models import User


def kept_by(person: User) -> Any:
    """What ``person`` keeps: what they were given, and what they checked last where nobody was."""
    return GuidancePage.objects.live().filter(Q(keeper=person) | Q(keeper=None, checked_by=person))


def held(person: User) -> Iterator[LookedAfter]:
    for page in kept_by(person).select_related("community").defer("body").order_by("title", "pk"):
        community = page.community
        closed = gettext("Guidance of %(community)s") % {"community": community.title} if community else _("Guidance")
        detail = community.title if community else ""
        yield LookedAfter(key_for(GuidancePage, page.pk), page, page.title, page.url, detail, closed)


def give(person: User, pk: int, to: User, by: User) -> None:
    """Whoever is to keep it must be able to read it."""
    page = kept_by(person).select_for_update(of=("self",), no_key=True).filter(pk=pk).first()
    if page is None:
        raise CannotGive(gettext("Somebody else keeps this by now."))
    if not may_see(to, page):
        words = gettext("%(person)s cannot read “%(title)s”. Choose somebody who can.")
        raise CannotGive(words % {"person": to, "title": page.title})
    services.hand_over(page, to, by)


def heirs(pks: Collection[int]) -> Mapping[int, Collection[int]]:
    """The facilitators of the community that looks after it."""
    communities = dict(GuidancePage.objects.filter(pk__in=pks).values_list("pk", "community_id"))
    facilitators = facilitators_of({pk for pk in communities.values() if pk})
    return {page: facilitators.get(community, ()) for page, community in communities.items() if community}


GUIDANCE = Handover(
    label=_("Guidance looked after"),
    rest=_("The facilitators of its community are asked when it is due."),
    held=held,
    give=give,
    heirs=heirs,
    icon="guidance",
)
