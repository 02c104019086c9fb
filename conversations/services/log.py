"""Moderation in the audit log: an entry of the community, which names no title and quotes no word."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from conversations.models import Conversation, Entry, Post
from core.text import Words
from people.models import User

ACTIONS = {
    "conversations.close": (_("Close a conversation"), _("Closed a conversation")),
    "conversations.reopen": (_("Open a conversation again"), _("Opened a conversation again")),
    "conversations.pin": (_("Pin a conversation"), _("Pinned a conversation")),
    "conversations.unpin": (_("Unpin a conversation"), _("Unpinned a conversation")),
    "conversations.mark_answer": (_("Mark an answer"), _("Marked an answer")),
    "conversations.unmark_answer": (_("Take the mark off an answer"), _("Took the mark off an answer")),
    "conversations.remove": (_("Remove somebody’s post"), _("Removed somebody’s post")),
    "conversations.hide": (_("Hide a post"), _("Hid a post until it is decided about")),
    "conversations.show": (_("Show a hidden post"), _("Showed a hidden post again")),
    "conversations.keep": (_("Leave a reported post"), _("Left a reported post as it is")),
    "conversations.uphold": (_("Answer an appeal"), _("Let a removal stay after an appeal")),
    "conversations.move": (_("Move a conversation"), _("Moved a conversation here from another community")),
    "conversations.split": (_("Split a conversation"), _("Put posts into a conversation of their own")),
    "conversations.merge": (_("Merge two conversations"), _("Put another conversation into this one")),
    "conversations.lock": (_("Lock a conversation"), _("Locked a conversation for a time")),
    "conversations.unlock": (_("Unlock a conversation"), _("Unlocked a conversation")),
    "conversations.undo": (_("Undo what was just done"), _("Undid what was just done")),
    "conversations.topics": (_("Say what a conversation is about"), _("Changed what it is about")),
    "conversations.stage": (_("Set the stage of an idea"), _("Set the stage")),
    "conversations.poll": (_("Begin a poll"), _("Began a poll")),
    "conversations.close_poll": (_("Close a poll"), _("Closed a poll")),
    "conversations.invite_guest": (_("Invite a guest to a conversation"), _("Invited a guest")),
    "conversations.keep_guest": (_("Let a guest of a conversation stay"), _("Let a guest stay")),
    "conversations.end_guest": (_("End the stay of a guest"), _("Ended the stay of a guest")),
    "conversations.put_back": (_("Put a post back"), _("Put a post back")),
}


PRIVATE = {"keep", "uphold", "undo"}
"""What stands in the log for those who moderate, and not in the history that everybody reads."""


def note(
    action: str,
    conversation: Conversation,
    by: User,
    post: Post | None = None,
    *,
    word: str = "",
    keys: Mapping[str, object] | None = None,
) -> Entry | None:
    """Write that ``by`` did it: in the log of the community and in the conversation's own history, with the ``word``
    that everybody reads there. ``keys`` are kept with the line, to undo it by.
    """
    data = {"conversation": conversation.pk} | ({"post": post.number} if post else {})
    log(instance=conversation.community, action=f"conversations.{action}", user=by, data=data)
    if action in PRIVATE:
        return None
    entry: Entry = conversation.history.create(action=action, by=by, word=word, data={**data, **(keys or {})})
    return entry


def in_words(action: str) -> Words:
    """What a line of the history says was done."""
    return ACTIONS[f"conversations.{action}"][1] if f"conversations.{action}" in ACTIONS else action
