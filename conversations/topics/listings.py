"""What pages show of topics: the conversations about one."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from conversations.models import Conversation
from core.models import Topic

SHOWN = 6


def conversations_about(request: HttpRequest, topic: Topic) -> dict[str, Any] | None:
    """On a topic's page: what was said about it, the last words first."""
    shown = Conversation.objects.shown_to(request.user).filter(topic_links__tag=topic)
    found = list(shown.for_listing().order_by("-last_posted", "-pk")[: SHOWN + 1])
    asked = urlencode({"kind": "conversation", "topic": topic.name})
    url = f"{reverse('search:search')}?{asked}" if len(found) > SHOWN else ""
    return {"conversations": found[:SHOWN], "url": url} if found else None
