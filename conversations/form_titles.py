"""What a form about talk goes to, in words, for whoever finds it again after they had been signed out."""

import re

from communities.models import CommunityPage
from conversations.models import Conversation
from core.audiences import Viewer

TALK = re.compile(r"/conversations/(\d{1,9})/")
POST = re.compile(r"/conversations/posts/(\d{1,9})/")
COMMUNITY = re.compile(r"/conversations/in/([^/]+)/")


def title_at(path: str, person: Viewer) -> str:
    """The title of the conversation, or of the community where one is begun, as far as ``person`` may see it now."""
    conversations = Conversation.objects.shown_to(person)
    if found := TALK.match(path):
        return conversations.filter(pk=found[1]).values_list("title", flat=True).first() or ""
    if found := POST.match(path):
        return conversations.filter(posts=found[1]).values_list("title", flat=True).first() or ""
    if found := COMMUNITY.match(path):
        shown = CommunityPage.objects.shown_to(person).filter(slug=found[1])
        return shown.values_list("title", flat=True).first() or ""
    return ""
