"""What members, whoever asked and stewards do about a question's promise."""

import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.choices import Capability
from communities.models import CommunityPage, Membership
from communities.rights import require
from conversations import services as conversation_services
from conversations.choices import Ended, Kind
from conversations.models import CommunityPromise, Conversation, Post, Promise
from conversations.notices import tell_closed
from conversations.permissions import TalkRights
from conversations.promise import notices
from conversations.promise.calendars import rules_of
from conversations.promise.counting import count_again
from conversations.promise.progress import locked, of_askers, save
from conversations.services.locking import locked_with_rights
from conversations.side_effects import follow_up
from people.models import User
from search.services import changed


class CannotPromise(Exception):
    """It cannot be done; the words say why and what to do."""


@transaction.atomic
def look_into(conversation: Conversation, by: User) -> None:
    """A member says that they have seen it, by name. Said twice, the first word counts."""
    row, part = locked_with_rights(conversation, by)
    promise = locked(row)
    if promise is None or not promise.is_open or not may_help(row, part):
        raise CannotPromise(_("This question needs no word of yours any more."))
    if promise.acknowledged:
        return
    promise.acknowledged, promise.acknowledged_by, promise.acknowledged_with = timezone.now(), by, None
    save(promise)
    notices.tell_seen(row, by)


@transaction.atomic
def ask_back(conversation: Conversation, text: str, by: User, *, key: uuid.UUID, seen: int) -> Post:
    """Ask back. Until whoever asked says something, the clock of the answer stands still."""
    row, part = locked_with_rights(conversation, by)
    if not may_help(row, part) or (promise := locked(row)) is None or not promise.is_open:
        raise CannotPromise(_("This question does not wait for an answer any more."))
    post = conversation_services.reply(row, text, by, key=key, seen=seen)
    promise = locked(row)
    if promise and promise.is_open and not promise.is_waiting and not _said_since(row, post):
        promise.waiting_since, promise.waiting_by = post.posted, by
        save(promise)
    return post


def _said_since(conversation: Conversation, post: Post) -> bool:
    """Whether whoever asked spoke after it: a form that is sent twice asks nothing back."""
    theirs = conversation.posts.after(post.number).filter(of_askers(conversation))
    return not conversation.behind or bool(theirs.exists())


def may_help(conversation: Conversation, part: TalkRights) -> bool:
    """Members answer, and nobody their own question."""
    if conversation.kind != Kind.QUESTION or conversation.is_of(part.person):
        return False
    return part.is_member and part.replies(conversation)


@transaction.atomic
def withdraw(conversation: Conversation, word: str, by: User) -> None:
    """Whoever asked needs no answer any more, and says why. It is closed with that word."""
    row, part = locked_with_rights(conversation, by)
    promise = locked(row)
    if promise is not None and promise.ended_as == Ended.WITHDRAWN and row.closed_by_id == by.pk:
        return  # sent twice
    if promise is None or not promise.is_open or not part.owns(row):
        raise CannotPromise(_("This question is not open any more."))
    row.closed, row.closed_by, row.closing_word = timezone.now(), by, word
    _closed(row)
    tell_closed(row, by)


@transaction.atomic
def ask_again(conversation: Conversation, by: User) -> None:
    """Take a withdrawal back."""
    row, part = locked_with_rights(conversation, by)
    promise = locked(row)
    is_theirs = part.owns(row) and part.is_open
    if promise is not None and promise.is_open and is_theirs:
        return  # pressed twice
    if promise is None or promise.ended_as != Ended.WITHDRAWN or not is_theirs or not row.closed:
        raise CannotPromise(_("This question was not withdrawn by you."))
    row.closed, row.closed_by, row.closing_word = None, None, ""
    _closed(row)


def _closed(row: Conversation) -> None:
    """Write that it was closed or opened by whoever asked, who moderates nothing."""
    row.save(update_fields=["closed", "closed_by", "closing_word"])
    changed(row)
    follow_up(row)


# -- what stewards say -------------------------------------------------------------------------------------------------
@transaction.atomic
def set_rules(community: CommunityPage, rules: CommunityPromise, by: User) -> None:
    """Who keeps the promise, and what more is promised than by the organisation. Open questions keep their days; where
    the region is another now, its calendar counts for them.
    """
    require(by, Capability.MANAGE_MEMBERS, community)
    before = rules_of(community)
    for person in filter(None, (rules.keeper, rules.backup)):
        if not Membership.objects.active().filter(community=community, person=person, person__is_active=True).exists():
            raise CannotPromise(_("%(person)s is no member any more. Choose somebody else.") % {"person": person})
    CommunityPromise.objects.update_or_create(
        community=community,
        defaults={
            "region": rules.region,
            "acknowledge_within": rules.acknowledge_within,
            "answer_within": rules.answer_within,
            "keeper": rules.keeper,
            "backup": rules.backup,
        },
    )
    if before.region != rules.region:
        open_here = Promise.objects.filter(ended=None, conversation__community=community)
        count_again(open_here.values_list("pk", flat=True))
    notices.tell_rules(community, before, rules, by)


def calendar_changed() -> None:
    """Count the days of every open question anew."""
    count_again(Promise.objects.filter(ended=None).values_list("pk", flat=True))
