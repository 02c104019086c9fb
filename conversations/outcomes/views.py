"""Saying what comes of an idea, and until when a consultation asks."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from conversations.access import get_part
from conversations.choices import IdeaStage
from conversations.outcomes import rights, services
from conversations.outcomes.forms import ClosingDayForm, StageForm
from conversations.outcomes.listings import to_choose_from
from conversations.services import CannotPost
from people.requests import SignedInRequest

CONFLICT, UNPROCESSABLE = 409, 422


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def stage(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say where it has come to, and why."""
    conversation, part = get_part(request, pk)
    if not rights.sets_stage(conversation, part):
        raise Http404
    form = StageForm(request.POST or None, posts=to_choose_from(conversation), initial={"stage": conversation.stage})
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            said = form.cleaned_data
            try:
                keys = [int(key) for key in said["said"]]
                services.set_stage(conversation, request.user, IdeaStage(said["stage"]), said["word"], keys)
            except CannotPost as refusal:
                form.add_error(None, str(refusal))
                status = CONFLICT
            else:
                messages.success(request, _("Everybody who took part hears of it."))
                return redirect(conversation.url)
    context = {"conversation": conversation, "page": conversation.community, "form": form}
    return render(request, "conversations/outcomes/stage.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def closing_day(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask for longer, or end it sooner."""
    conversation, part = get_part(request, pk)
    if not rights.sets_closing_day(conversation, part):
        raise Http404
    form = ClosingDayForm(request.POST or None, initial={"day": conversation.closing_day})
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                services.set_closing_day(conversation, request.user, form.cleaned_data["day"])
            except CannotPost as refusal:
                messages.error(request, str(refusal))
            return redirect(conversation.url)
    context = {"conversation": conversation, "page": conversation.community, "form": form}
    return render(request, "conversations/outcomes/closing_day.html", context, status=status)
