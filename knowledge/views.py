"""What is due for another look, and saying that a page still holds."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.pagination import page_of
from knowledge import services
from knowledge.listings import due_for
from knowledge.models import GuidancePage
from knowledge.permissions import can_check
from people.requests import SignedInRequest


def get_guidance(request: HttpRequest, slug: str) -> GuidancePage:
    """The live page of guidance at ``slug`` that this viewer may see, or 404."""
    page: GuidancePage = get_object_or_404(GuidancePage.objects.shown_to(request.user), slug=slug)
    return page


@login_required
@require_safe
def due(request: SignedInRequest) -> HttpResponse:
    """What waits for the reader's eye: a facilitator's guidance, or everybody's for an editor."""
    return render(request, "knowledge/due.html", {"guidance": page_of(request, due_for(request.user))})


@login_required
@require_POST
def check(request: SignedInRequest, slug: str) -> HttpResponse:
    """Say that a page still holds."""
    page = get_guidance(request, slug)
    if not can_check(request.user, page):
        raise Http404
    due_again = services.check(page, request.user)
    messages.success(request, _("Checked. It is due again on %(day)s.") % {"day": date_format(due_again)})
    return redirect(page.url)
