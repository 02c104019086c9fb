"""Who looks after the dates of a surgery, and how views get it: the surgery, or 404."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from communities.choices import Capability
from communities.permissions import membership_of
from communities.rights import Answer, NotAllowed, can
from core.audiences import Viewer, may_see
from core.editing.access import is_open
from surgeries.models import LeftOut, Pattern, Session, SurgeryPage


def looks_after(person: Viewer, surgery: SurgeryPage) -> Answer | None:
    """Whether they may, and why; None where they may not see it, be it that they run the hub."""
    community = surgery.community
    if community is not None and not (community.live and may_see(person, community)):
        return None
    if not (may_see(person, surgery) and is_open(person, surgery)):
        return None
    return can(person, Capability.SURGERIES, surgery)


def _require(request: HttpRequest, surgery: SurgeryPage) -> None:
    """404; a member whose right ended while they wrote reads why, and gets back what they typed."""
    answer = looks_after(request.user, surgery)
    if answer:
        return
    membership = membership_of(request.user, surgery.community) if surgery.community else None
    if request.method == "POST" and answer is not None and membership is not None and membership.is_active:
        raise NotAllowed(answer)
    raise Http404


def get_surgery(request: HttpRequest, pk: int) -> SurgeryPage:
    """The surgery that this viewer looks after, or 404."""
    found: SurgeryPage = get_object_or_404(SurgeryPage.objects.select_related("community"), id=pk)
    _require(request, found)
    return found


def get_pattern(surgery: SurgeryPage, pk: int) -> Pattern:
    patterns = Pattern.objects.select_related("surgery__community")
    found: Pattern = get_object_or_404(patterns, pk=pk, surgery=surgery)
    return found


def get_left_out(surgery: SurgeryPage, pk: int) -> LeftOut:
    days = LeftOut.objects.select_related("pattern__surgery__community")
    found: LeftOut = get_object_or_404(days, pk=pk, pattern__surgery=surgery)
    return found


def get_date(request: HttpRequest, pk: int) -> Session:
    """A session of a surgery that this viewer looks after, or 404."""
    found: Session = get_object_or_404(Session.objects.select_related("surgery__community", "pattern"), pk=pk)
    _require(request, found.surgery)
    return found
