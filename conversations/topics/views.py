"""Saying what a conversation is about, after it was begun."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from conversations.access import get_part, home_of
from conversations.services import CannotPost
from conversations.topics import services
from conversations.topics.fields import TopicsForm
from core.topics import to_text
from people.requests import SignedInRequest

CONFLICT, UNPROCESSABLE = 409, 422


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def topics(request: SignedInRequest, pk: int) -> HttpResponse:
    """For whoever began it, and for those who moderate; 404 for everybody else."""
    found, part = get_part(request, pk)
    if not services.may_set(part, found):
        raise Http404
    form = TopicsForm(request.POST or None, initial={"topics": to_text(found.topics.all())})
    form.suggest(home_of(found))
    form.offer(request.user)
    status = 200
    if form.is_bound and form.is_valid():
        try:
            services.set_topics(found, request.user, form.topic_names)
        except CannotPost as refusal:
            form.add_error(None, str(refusal))
            status = CONFLICT
        else:
            return redirect(found.url)
    if form.errors and status != CONFLICT:
        status = UNPROCESSABLE
    context = {"form": form, "conversation": found, "page": home_of(found)}
    return render(request, "conversations/topics/edit.html", context, status=status)
