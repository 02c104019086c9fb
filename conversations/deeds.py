"""What is done with a conversation by one press: each answers with the page where it was done.

A button says what it does, and not "the other way round": pressed twice, or after somebody else was quicker, it does
the same once. Whatever takes something back sends ``take_back``.
"""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from conversations import services
from conversations.access import get_part, get_post
from conversations.choices import Feeling, Level
from conversations.forms import CloseForm, RemovePostForm
from conversations.models import Conversation, Post
from conversations.permissions import TalkRights
from conversations.refusals import say_refused
from conversations.undoable import offered_at
from people.requests import SignedInRequest

UNPROCESSABLE = 422
TAKE_BACK = "take_back"


def _get_moderated(request: SignedInRequest, pk: int) -> Conversation:
    """A conversation that this viewer looks after, or 404."""
    conversation, part = get_part(request, pk)
    if not part.moderates:
        raise Http404
    return conversation


def _done(
    request: SignedInRequest,
    url: str,
    service: Callable[..., object],
    *given: object,
    said: str = "",
    words: str = "",
    lands: str = "",
) -> HttpResponse:
    """Do it, and go to ``lands``, or to ``url``. Where somebody else was quicker or a right has ended meanwhile, say so
    at ``url``.
    """
    try:
        service(*given)
    except services.CannotPost as refusal:
        say_refused(request, refusal, words)
        return redirect(url)
    if said:
        messages.success(request, said)
    return redirect(lands or url)


def _set(
    request: SignedInRequest, url: str, service: Callable[..., object], *given: object, words: str = ""
) -> HttpResponse:
    """The same for what can be undone for a while: go to where that is offered."""
    return _done(request, url, service, *given, words=words, lands=offered_at(url))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: SignedInRequest, pk: int) -> HttpResponse:
    """End it with a word that everybody reads."""
    conversation = _get_moderated(request, pk)
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        word = form.cleaned_data["word"]
        return _set(request, conversation.url, services.close, conversation, request.user, word, words=word)
    context = {"conversation": conversation, "page": conversation.community, "form": form}
    return render(request, "conversations/close.html", context, status=UNPROCESSABLE if form.errors else 200)


@login_required
@require_POST
def reopen(request: SignedInRequest, pk: int) -> HttpResponse:
    conversation = _get_moderated(request, pk)
    return _set(request, conversation.url, services.reopen, conversation, request.user)


@login_required
@require_POST
def pin(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put it first in the list of its community, or back in its place."""
    conversation = _get_moderated(request, pk)
    service = services.unpin if TAKE_BACK in request.POST else services.pin
    return _set(request, conversation.url, service, conversation, request.user)


@login_required
@require_POST
def follow(request: SignedInRequest, pk: int, level: str) -> HttpResponse:
    """How much of it reaches me."""
    conversation, _part = get_part(request, pk)
    if level not in Level.values:
        raise Http404
    services.set_level(conversation, request.user, Level(level))
    return redirect(conversation.url)


@login_required
@require_POST
def answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Mark a post as the answer, or take the mark back."""
    post, part = get_post(request, pk)
    if not post.is_shown or post.is_first or not part.marks_answer(post.conversation):
        raise Http404
    url = post.get_absolute_url()
    service = services.unmark_answer if TAKE_BACK in request.POST else services.mark_answer
    return _set(request, url, service, post, request.user)


@login_required
@require_POST
def say(request: SignedInRequest, pk: int, feeling: str) -> HttpResponse:
    """A word for a post, or the word taken back."""
    post, part = get_post(request, pk)
    if feeling not in Feeling.values or not post.is_shown or post.is_of(request.user) or not part.is_open:
        raise Http404
    service = services.take_word_back if TAKE_BACK in request.POST else services.react
    return _done(request, post.get_absolute_url(), service, post, request.user, Feeling(feeling))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask, and take a post away: one's own, or somebody else's with a reason."""
    post, part = get_post(request, pk)
    if not part.removes(post):
        return _gone_already(request, post, part)
    form = RemovePostForm(request.POST if request.method == "POST" else None, is_own=post.is_of(request.user))
    if request.method == "POST" and form.is_valid():
        said = _("The post was removed. Its place in the conversation stays.")
        url, reason = post.get_absolute_url(), form.cleaned_data.get("reason", "")
        return _done(request, url, services.remove, post, request.user, reason, said=said, words=reason)
    context = {"post": post, "page": post.conversation.community, "form": form}
    return render(request, "conversations/remove.html", context, status=UNPROCESSABLE if form.errors else 200)


def _gone_already(request: SignedInRequest, post: Post, part: TalkRights) -> HttpResponse:
    """Pressed twice it is removed once; whoever comes after somebody else reads so, with the reason that they typed."""
    is_theirs = post.is_of(request.user) or part.moderates
    if request.method != "POST" or post.removed is None or not is_theirs:
        raise Http404
    if post.removed_by_id != request.user.pk:
        refusal = services.CannotPost(_("This post was removed meanwhile."))
        say_refused(request, refusal, request.POST.get("reason", ""))
    return redirect(post.get_absolute_url())


@login_required
@require_POST
def put_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """Undo a removal."""
    post, part = get_post(request, pk)
    if not part.puts_back(post):
        if post.removed is None and (post.is_of(request.user) or part.moderates):
            return redirect(post.get_absolute_url())  # pressed twice, or somebody else was quicker
        raise Http404
    return _done(request, post.get_absolute_url(), services.put_back, post, request.user)
