"""Who looks after the dates of a surgery, and how views get it: the surgery, or 404."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from communities.choices import Capability
from communities.content_writing.access import require_page
from surgeries.models import LeftOut, Pattern, Session, SurgeryPage


def get_surgery(request: HttpRequest, pk: int) -> SurgeryPage:
    """The surgery that this viewer looks after, or 404."""
    found: SurgeryPage = get_object_or_404(SurgeryPage.objects.select_related("community"), id=pk)
    require_page(request, found, Capability.SURGERIES)
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
    require_page(request, found.surgery, Capability.SURGERIES)
    return found
