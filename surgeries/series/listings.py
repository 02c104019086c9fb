"""What the page of a surgery's dates shows to those who look after it."""

from typing import Any

from django.db.models import Count
from django.http import HttpRequest
from django.utils import timezone

from communities.choices import Stage
from core.pagination import page_of
from surgeries.models import LeftOut, Session, SurgeryPage

PER_PAGE = 30


def dates_context(request: HttpRequest, surgery: SurgeryPage) -> dict[str, Any]:
    """Its patterns, its dates to come, and the days that are left out."""
    sessions = Session.objects.filter(surgery=surgery).upcoming().select_related("surgery")
    left_out = LeftOut.objects.filter(pattern__surgery=surgery, date__gte=timezone.localdate())
    return {
        "surgery": surgery,
        "patterns": list(surgery.patterns.all()),
        "sessions": page_of(request, sessions.annotate(helpers=Count("mentor_links")), per_page=PER_PAGE),
        "left_out": list(left_out.select_related("pattern")[:PER_PAGE]),
        "is_closed": surgery.community is not None and surgery.community.stage == Stage.CLOSED,
    }
