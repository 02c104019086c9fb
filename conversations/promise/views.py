"""The promise: what members, whoever asked and stewards do about it, and how it is kept."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities.access import get_community
from conversations import posting_rate
from conversations.access import get_part
from conversations.models import CommunityPromise, Conversation
from conversations.permissions import part_of
from conversations.promise import services
from conversations.promise.calendars import rules_of
from conversations.promise.forms import AskBackForm, RulesForm, WithdrawQuestionForm
from conversations.promise.listings import promise_context
from conversations.services import CannotPost, Meanwhile
from people.requests import SignedInRequest

CONFLICT, UNPROCESSABLE = 409, 422
ASK_BACK = "conversations/promise/ask_back.html"


@require_safe
def kept(request: HttpRequest) -> HttpResponse:
    """What is promised to whoever asks, and how it is kept."""
    return render(request, "conversations/promise/kept.html", promise_context(request))


@login_required
@require_POST
def look(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say that I look into it."""
    conversation, part = get_part(request, pk)
    if not services.may_help(conversation, part):
        raise Http404
    try:
        services.look_into(conversation, request.user)
    except (services.CannotPromise, CannotPost) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Whoever asked sees that you look into it."))
    return redirect(conversation.url)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask whoever asked: the answer waits for their next word."""
    conversation, part = get_part(request, pk)
    if not services.may_help(conversation, part):
        raise Http404
    form = AskBackForm(request.POST or None, initial={"seen": conversation.last_number})
    context: dict[str, object] = {
        "conversation": conversation,
        "page": conversation.community,
        "form": form,
        "part": part,
    }
    status = UNPROCESSABLE if form.errors else 200
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            posting_rate.see_to(request.user, said["key"])
            post = services.ask_back(conversation, said["text"], request.user, key=said["key"], seen=said["seen"])
        except Meanwhile as meanwhile:
            seen = max(each.number for each in meanwhile.posts)
            context["form"] = AskBackForm(initial={"text": said["text"], "key": said["key"], "seen": seen})
            context["newer"] = meanwhile.posts
            status = CONFLICT
        except (services.CannotPromise, CannotPost) as refusal:
            form.add_error(None, str(refusal))
            return posting_rate.slowed(render(request, ASK_BACK, context, status=CONFLICT), refusal)
        else:
            return redirect(conversation.url_of(post.number))
    return render(request, ASK_BACK, context, status=status)


def _get_own(request: SignedInRequest, pk: int) -> Conversation:
    """A question of this viewer's own, or 404."""
    conversation, part = get_part(request, pk)
    if not part.owns(conversation) or getattr(conversation, "promise", None) is None:
        raise Http404
    return conversation


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """I need no answer any more."""
    conversation = _get_own(request, pk)
    form = WithdrawQuestionForm(request.POST or None)
    status = UNPROCESSABLE if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            services.withdraw(conversation, form.cleaned_data["word"], request.user)
        except (services.CannotPromise, CannotPost) as refusal:
            form.add_error(None, str(refusal))
            status = CONFLICT
        else:
            messages.success(request, _("Your question is withdrawn. You can ask it again."))
            return redirect(conversation.url)
    context = {"conversation": conversation, "page": conversation.community, "form": form}
    return render(request, "conversations/promise/withdraw.html", context, status=status)


@login_required
@require_POST
def ask_again(request: SignedInRequest, pk: int) -> HttpResponse:
    """I need an answer after all."""
    conversation = _get_own(request, pk)
    try:
        services.ask_again(conversation, request.user)
    except (services.CannotPromise, CannotPost) as refusal:
        messages.error(request, str(refusal))
    return redirect(conversation.url)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: SignedInRequest, slug: str) -> HttpResponse:
    """Who keeps this community's promise, for whoever looks after it."""
    community = get_community(request, slug)  # it shows members, so the hub team must see it, too
    if not part_of(request.user, community).manages:
        raise Http404
    known = rules_of(community)
    form = RulesForm(request.POST or None, instance=known, community=community)
    status = UNPROCESSABLE if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            services.set_rules(community, _asked_for(form), request.user)
        except services.CannotPromise as refusal:
            form.add_error(None, str(refusal))
            status = CONFLICT
        else:
            messages.success(request, _("Saved. What was promised to whoever asked already stays."))
            return redirect("conversations:of_community", slug=slug)
    return render(request, "conversations/promise/rules.html", {"page": community, "form": form}, status=status)


def _asked_for(form: RulesForm) -> CommunityPromise:
    row: CommunityPromise = form.instance
    return row
