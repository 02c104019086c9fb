"""Reporting, the queue of those who moderate, and appeals."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from conversations.access import get_post
from conversations.choices import AppealDecision, ModerationOutcome, ReportReason
from conversations.models import Case, Post, Report
from conversations.moderation import listings, services
from conversations.moderation.cases import cases_of, moderated_by
from conversations.moderation.forms import AppealForm, ModerationDecisionForm, ReportPostForm
from conversations.refusals import say_refused
from conversations.services import CannotPost
from core.audiences import may_see
from core.editors import is_hub_team
from core.numbers import LARGEST
from core.rate_limits import limited
from people.models import User
from people.requests import SignedInRequest

CONFLICT, UNPROCESSABLE = 409, 422


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@limited("reports")
def report(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say what is wrong with a post; once said, see what came of it."""
    sent = Report.objects.filter(post=min(pk, LARGEST), by=request.user).select_related("case").first()
    try:
        post, part = get_post(request, pk)
    except Http404:
        if sent is None:
            raise
        return render(request, "conversations/report.html", {"sent": sent})  # what came of it, and nothing of the post
    if not (sent or part.reports(post)):
        raise Http404
    if sent and request.method == "POST":
        return redirect(post.get_absolute_url())  # sent twice
    form = ReportPostForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            services.report(post, request.user, ReportReason(said["reason"]), said["word"])
        except CannotPost as refusal:
            say_refused(request, refusal, said["word"])
        else:
            messages.success(request, _("Thank you. Those who moderate look at it."))
        return redirect(post.get_absolute_url())
    context = {"post": post, "form": form, "sent": sent, "page": post.conversation.community}
    status = UNPROCESSABLE if request.method == "POST" and form.errors else 200
    return render(request, "conversations/report.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: SignedInRequest, pk: int) -> HttpResponse:
    """Why a post of mine was hidden or removed; ask somebody else to look at it again."""
    theirs = Q(author=request.user) | Q(principal=request.user)
    mine = Post.objects.filter(theirs).select_related("conversation__community")
    post = get_object_or_404(mine, pk=min(pk, LARGEST))
    case = services.last_removal(post)
    if case is None and post.hidden is None:
        raise Http404
    form = AppealForm(request.POST or None)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            services.appeal(post, request.user, form.cleaned_data["words"])
        except CannotPost as error:
            refusal = str(error)
        else:
            messages.success(request, _("Somebody else looks at it again. You hear what they decide."))
            return redirect(request.path)
    appeals = bool(case and post.removed and post.why_removed and not case.appealed)
    context = {"post": post, "case": case, "form": form, "appeals": appeals, "refusal": refusal}
    context["is_seen"] = may_see(request.user, post.conversation)
    status = CONFLICT if refusal else UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "conversations/appeal.html", context, status=status)


# -- for those who moderate --------------------------------------------------------------------------------------------
@login_required
@require_safe
def queue(request: SignedInRequest) -> HttpResponse:
    """What waits for a decision of mine."""
    communities = moderated_by(request.user)
    if not (communities or is_hub_team(request.user)):
        raise Http404
    return render(request, "conversations/queue.html", listings.queue_context(request, request.user, communities))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def case(request: SignedInRequest, pk: int) -> HttpResponse:
    """One case, and the decision about it."""
    related = (
        "post__author",
        "post__principal",
        "post__conversation__community",
        "taken_by",
        "hidden_by",
        "decided_by",
        "answered_by",
    )
    found = get_object_or_404(cases_of(request.user).select_related(*related), pk=min(pk, LARGEST))
    deed = request.POST.get("deed", "")
    form = ModerationDecisionForm(request.POST or None, deed=deed, is_appealed=found.is_appealed)
    if request.method == "POST":
        if deed not in {"take", *DEEDS}:
            raise Http404
        if form.is_valid():
            word = form.cleaned_data["word"]
            try:
                if deed == "take":
                    services.take(found, request.user, _key(request.POST.get("from", "")))
                else:
                    DEEDS[deed](found, request.user, word)
            except CannotPost as refusal:
                if not _said_before(found, request.user, deed, word):
                    say_refused(request, refusal, word)
            return redirect(found.get_absolute_url())
    context = {**listings.case_context(request.user, found), "form": form}
    return render(request, "conversations/case.html", context, status=UNPROCESSABLE if form.errors else 200)


def _key(number: str) -> int | None:
    return int(number) if number.isascii() and number.isdigit() and len(number) < 19 else None


def _said_before(found: Case, by: User, deed: str, word: str) -> bool:
    """Whether ``by`` decided just this: the button was pressed twice."""
    found.refresh_from_db()
    decided = (found.decided_by_id, ENDS.get(deed, deed), word) == (by.pk, found.outcome, found.word)
    answered = (found.answered_by_id, ENDS.get(deed, deed), word) == (by.pk, found.answer, found.answering_word)
    return decided or answered


ENDS = {
    "keep": ModerationOutcome.KEPT,
    "remove": ModerationOutcome.REMOVED,
    "uphold": AppealDecision.UPHELD,
    "put_back": AppealDecision.PUT_BACK,
}
DEEDS: dict[str, Callable[[Case, User, str], object]] = {
    "hand_back": lambda found, by, _word: services.hand_back(found, by),
    "hide": services.hide,
    "show": lambda found, by, _word: services.show(found, by),
    "keep": services.keep,
    "remove": services.remove,
    "uphold": lambda found, by, word: services.answer(found, by, AppealDecision.UPHELD, word),
    "put_back": lambda found, by, word: services.answer(found, by, AppealDecision.PUT_BACK, word),
}
