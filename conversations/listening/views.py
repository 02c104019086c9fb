"""The pages about listening."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from communities.access import get_community
from conversations.listening.figures import Listening, counted
from conversations.models import Conversation, posts_of, talk_of
from core.fragments import GENERAL, RIGHTS, Dependencies, keep, key_of
from core.working_days.services import working_calendar

A_DAY = 24 * 60 * 60  # seconds; at midnight another one is counted
TEMPLATE = "conversations/listening/page.html"


@require_safe
def of_community(request: HttpRequest, slug: str) -> HttpResponse:
    """Whether one community listens, for all who may see the same of it until something is said there."""
    community = get_community(request, slug)
    shown = Conversation.objects.in_community(community).shown_to(request.user)
    talk = {"title": _("Conversations"), "url": reverse("conversations:of_community", args=[community.slug])}
    trail = [*community.trail_with_self, talk]
    said = f"{talk_of(community.pk)} {posts_of(community.pk)}"
    closed = sorted(working_calendar().closed)  # answers are counted in working days, and these raise no version
    needs = Dependencies(of=community, also=said, reader=RIGHTS)
    key = key_of(request, "what a community hears", [community.pk, closed], needs)
    figures = keep(request, key, A_DAY, lambda: counted(Listening(shown)))
    return render(request, TEMPLATE, {"community": community, "listening": figures, "trail": trail})


@require_safe
def of_hub(request: HttpRequest) -> HttpResponse:
    """Whether the whole hub listens. Communities are not set one beside another here: there is no league.

    What is open to everyone or to the organisation is counted once a day for all who belong there, so that the page
    costs the same however much is said, and two people who talk about a figure see the same one.
    """
    trail = [
        {"title": _("Today"), "url": "/"},
        {"title": _("Conversations"), "url": reverse("conversations:everywhere")},
    ]
    shown = Conversation.objects.shown_in_general_to(request.user)
    key = key_of(request, "what the hub hears", (), Dependencies(reader=GENERAL))
    figures = keep(request, key, A_DAY, lambda: counted(Listening(shown)))
    return render(request, TEMPLATE, {"listening": figures, "trail": trail})
