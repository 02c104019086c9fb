"""Moderation in the audit log: an entry of the community, which names no title and quotes no word."""

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from conversations.models import Conversation, Post
from people.models import User

ACTIONS = {
    "conversations.close": (_("Close a conversation"), _("Closed a conversation")),
    "conversations.reopen": (_("Open a conversation again"), _("Opened a conversation again")),
    "conversations.pin": (_("Pin a conversation"), _("Pinned a conversation")),
    "conversations.unpin": (_("Unpin a conversation"), _("Unpinned a conversation")),
    "conversations.mark_answer": (_("Mark an answer"), _("Marked an answer")),
    "conversations.unmark_answer": (_("Take the mark off an answer"), _("Took the mark off an answer")),
    "conversations.remove": (_("Remove somebody’s post"), _("Removed somebody’s post")),
    "conversations.put_back": (_("Put a post back"), _("Put a post back")),
}


def note(action: str, conversation: Conversation, by: User, post: Post | None = None) -> None:
    """Write that ``by`` did it."""
    data = {"conversation": conversation.pk} | ({"post": post.number} if post else {})
    log(instance=conversation.community, action=f"conversations.{action}", user=by, data=data)
