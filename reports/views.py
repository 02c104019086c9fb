"""Saying that something is wrong, and answering it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.rate_limits import limited
from people.requests import SignedInRequest
from reports import mail, services
from reports.finding import meant_by
from reports.forms import AnswerReportForm, ReportPageForm
from reports.listings import report_context
from reports.models import PageReport
from reports.permissions import can_be_hidden, may_answer, may_read


def get_report(request: HttpRequest, pk: int) -> PageReport:
    """The report with this number that this viewer sent or is to answer, or 404."""
    report = get_object_or_404(PageReport.objects.select_related("page", "reporter", "answered_by"), pk=pk)
    if not may_read(request.user, report):
        raise Http404
    return report


def get_asked(request: HttpRequest, pk: int) -> PageReport:
    """The report with this number that this viewer is to answer, or 404."""
    report = get_report(request, pk)
    if not may_answer(request.user, report):
        raise Http404
    return report


@require_http_methods(["GET", "HEAD", "POST"])
@limited("reports")
def send(request: HttpRequest) -> HttpResponse:
    """Say that something is wrong, with the page filled in."""
    person = request.user if request.user.is_authenticated else None
    form = ReportPageForm(request.POST if request.method == "POST" else None, is_known=person is not None)
    path = (request.POST if request.method == "POST" else request.GET).get("page", "")
    meant = meant_by(request.user, path)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data.get("email", "")
        report = services.send(meant, form.cleaned_data["text"], email, person)
        messages.success(request, _("Thank you. It has reached those who look after this page, and the hub’s team."))
        if email:
            messages.info(request, _("Check your e-mail and open the link, so that the answer comes to you."))
        return redirect(report if person else meant.path or reverse("reports:send"))
    return render(request, "reports/send.html", {"form": form, "meant": meant}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def prove(request: HttpRequest, key: str) -> HttpResponse:
    """The link that an address gets: whoever reads its mail says that it was they who reported something."""
    found = mail.proved_by(key)
    if found is None:
        raise Http404
    if request.method == "POST":
        services.prove(found)
        return redirect(request.path)
    return render(request, "reports/prove.html", {"report": found})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: SignedInRequest, pk: int) -> HttpResponse:
    """One report: what is wrong, and the answer."""
    found = get_report(request, pk) if request.method != "POST" else get_asked(request, pk)
    form, status, unsent = AnswerReportForm(request.POST if request.method == "POST" else None), 200, ""
    if request.method == "POST" and form.is_valid():
        try:
            services.answer(found, form.cleaned_data["answer"], by=request.user)
        except services.AlreadyAnswered as refusal:
            messages.error(request, str(refusal))
            found, status, unsent = get_report(request, pk), 409, form.cleaned_data["answer"]
        else:
            is_read = found.answer_address or found.reporter
            messages.success(request, _("Your answer is on its way.") if is_read else _("Your answer is kept here."))
            return redirect(found)
    context = {**report_context(request.user, found), "form": form, "unsent": unsent}
    return render(request, "reports/report.html", context, status=422 if form.errors else status)


@login_required
@require_POST
def hide(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take the page from everybody at once."""
    found = get_hideable(request, pk)
    services.hide(found, by=request.user)
    messages.success(request, _("Nobody sees the page now. You can show it again from here."))
    return redirect(found)


@login_required
@require_POST
def show_again(request: SignedInRequest, pk: int) -> HttpResponse:
    """Bring the page back as it stood."""
    found = get_hideable(request, pk)
    try:
        services.show_again(found, by=request.user)
    except services.IsNarrower as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The page is back as it stood."))
    return redirect(found)


def get_hideable(request: HttpRequest, pk: int) -> PageReport:
    """A report that this viewer is to answer, on a page that can be hidden, or 404."""
    found = get_asked(request, pk)
    if not can_be_hidden(found):
        raise Http404
    return found
