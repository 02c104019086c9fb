"""The hub team takes job descriptions out as a table; each time is an entry in the audit log."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from wagtail.log_actions import log

from communities.job_description.export import lines
from communities.job_description.forms import ExportForm
from core.editors import is_hub_team
from core.rate_limits import refusal
from people.requests import SignedInRequest


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: SignedInRequest) -> HttpResponseBase:
    """Choose whose and on which day; the answer is the table."""
    if not is_hub_team(request.user):
        raise Http404
    form = ExportForm(request.POST if request.method == "POST" else None, viewer=request.user)
    if not form.is_valid():
        status = 422 if form.errors else 200
        return render(request, "communities/job_description/export.html", {"form": form}, status=status)
    return refusal(request, "papers") or _table(request, form)


def _table(request: SignedInRequest, form: ExportForm) -> HttpResponse | StreamingHttpResponse:
    whose, day = form.chosen, form.day
    data = {"person": str(whose or ""), "day": f"{day.day:%Y-%m-%d}"}
    log(instance=whose or request.user, action="communities.job_descriptions_exported", user=request.user, data=data)
    response = StreamingHttpResponse(lines(request.user, day, whose), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="job-descriptions-{day.day:%Y-%m-%d}.csv"'
    return response
