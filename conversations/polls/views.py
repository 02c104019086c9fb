"""Setting up a poll, voting, and closing it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from conversations.access import get_part
from conversations.choices import Method, Voters
from conversations.models import Conversation, Poll
from conversations.permissions import TalkRights
from conversations.polls import listings, rights, services
from conversations.polls.forms import SECRET, PollForm, VoteForm
from conversations.services import CannotPost
from people.requests import SignedInRequest

CONFLICT, UNPROCESSABLE = 409, 422


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: SignedInRequest, pk: int) -> HttpResponse:
    """Add a poll to a conversation."""
    conversation, part = get_part(request, pk)
    if not rights.sets_up(conversation, part):
        raise Http404
    form = PollForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                _set_up(conversation, request, form)
            except CannotPost as refusal:
                form.add_error(None, str(refusal))
                status = CONFLICT
            else:
                return redirect(f"{conversation.url}#poll")
    context = {"conversation": conversation, "page": conversation.community, "form": form}
    return render(request, "conversations/polls/set_up.html", context, status=status)


def _set_up(conversation: Conversation, request: SignedInRequest, form: PollForm) -> None:
    said = form.cleaned_data
    services.set_up(
        conversation,
        request.user,
        said["question"],
        form.options,
        method=Method(said["method"]),
        is_secret=said["secrecy"] == SECRET,
        voters=Voters(said["voters"]),
        last_day=said["last_day"],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def poll(request: HttpRequest, pk: int) -> HttpResponse:
    """The poll by itself: to vote, and its result."""
    if request.method == "POST" and not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    conversation, part, found = _get_poll(request, pk)
    if request.method != "POST":
        return _page(request, found, conversation, part)
    form = VoteForm(request.POST, poll=found, options=list(found.options.all()), chosen=[])
    if not form.is_valid():
        return _page(request, found, conversation, part, form=form, status=UNPROCESSABLE)
    try:
        services.vote(found, request.user, form.choices)  # type: ignore[arg-type]  # somebody is signed in
    except CannotPost as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Your vote counts. You can change it until the poll is closed."))
    return redirect(f"{conversation.url}#poll")


def _page(
    request: HttpRequest,
    found: Poll,
    conversation: Conversation,
    part: TalkRights,
    form: VoteForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "conversation": conversation,
        "page": conversation.community,
        "shown": listings.shown(found, conversation, part, form),
    }
    return render(request, "conversations/polls/poll.html", context, status=status)


@login_required
@require_POST
def close(request: SignedInRequest, pk: int) -> HttpResponse:
    """Close a poll for good."""
    return _led(request, pk, services.close, _("The poll is closed."))


@login_required
@require_POST
def take_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """Remove a poll that nobody has voted in."""
    conversation, part = get_part(request, pk)
    if rights.leads(conversation, part) and listings.poll_of(conversation) is None:
        return redirect(conversation.url)  # pressed twice
    return _led(request, pk, services.take_back, _("The poll is gone."))


def _led(request: SignedInRequest, pk: int, service: services.Deed, said: str) -> HttpResponse:
    conversation, part, found = _get_poll(request, pk)
    if not rights.leads(conversation, part):
        raise Http404
    try:
        service(found, request.user)
    except CannotPost as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect(conversation.url)


def _get_poll(request: HttpRequest, pk: int) -> tuple[Conversation, TalkRights, Poll]:
    conversation, part = get_part(request, pk)
    found = listings.poll_of(conversation)
    if found is None:
        raise Http404
    return conversation, part, found
