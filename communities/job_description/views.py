"""One's own job description: on the page, on paper, and as a PDF."""

import logging
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from communities.job_description.days import ReferenceDay
from communities.job_description.descriptions import description_of
from communities.job_description.forms import DayForm
from communities.job_description.papers import STYLE, NoPapers, pdf_of
from core.parameters import parameter
from core.rate_limits import limited
from people.requests import SignedInRequest

TEMPLATES = "communities/job_description"
logger = logging.getLogger(__name__)


def _context(request: SignedInRequest) -> dict[str, Any]:
    """The description on the day that the address asks for; today's where it asks for none or for one that is wrong."""
    form = DayForm.asked(parameter(request, "on"))
    return {
        "description": description_of(request.user, form.day, request.user),
        "day": form.day,
        "form": form,
        "person": request.user,
    }


def _page(request: SignedInRequest, context: dict[str, Any]) -> HttpResponse:
    is_wrong = context["form"].errors
    return render(request, f"{TEMPLATES}/page.html", context, status=422 if is_wrong else 200)


@login_required
@never_cache
@require_safe
def own(request: SignedInRequest) -> HttpResponse:
    """What one is here, today or on another day."""
    return _page(request, _context(request))


@login_required
@never_cache
@require_safe
def on_paper(request: SignedInRequest) -> HttpResponse:
    """The same as a document, to be printed."""
    context = _context(request)
    if context["form"].errors:
        return _page(request, context)
    return render(request, f"{TEMPLATES}/paper.html", {**context, "stylesheet": STYLE})


@login_required
@never_cache
@require_safe
@limited("papers", methods=("GET",))
def as_pdf(request: SignedInRequest) -> HttpResponse:
    """The same as a file."""
    context = _context(request)
    if context["form"].errors:
        return _page(request, context)
    html = render_to_string(f"{TEMPLATES}/paper.html", context, request)
    try:
        response = HttpResponse(pdf_of(html), content_type="application/pdf")
    except NoPapers:
        logger.exception("No PDF can be made here: install Pango (docs/operators.md).")
        messages.error(request, _("No PDF can be made here at present. Print this page instead."))
        on_that_day = {"on": context["day"].day.isoformat()}
        return redirect(f"{reverse('job_description:own')}?{urlencode(on_that_day)}")
    response["Content-Disposition"] = f'attachment; filename="{file_name(request.user.name, context["day"])}"'
    return response


def file_name(name: str, day: ReferenceDay) -> str:
    """In plain letters, which every file system takes."""
    whose = slugify(name) or pgettext("in the name of a file", "mine")
    return f"{slugify(_('Job description')) or 'job-description'}-{whose}-{day.day:%Y-%m-%d}.pdf"
