"""Moving, splitting, merging and locking. Rights are asked under the locks of community and conversation."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.models import CommunityPage
from communities.rights import lock as lock_community
from conversations.choices import Kind
from conversations.models import Conversation, Entry, Guest, Poll, Post
from conversations.moving import positions, unsent
from conversations.moving.follow import MERGED, MOVED, SPLIT
from conversations.moving.notices import tell_merged, tell_moved, tell_split
from conversations.moving.readers import audience_there, would_widen
from conversations.notices import number_changed
from conversations.permissions import part_of
from conversations.services.changing import change
from conversations.services.locking import CannotPost, home_of_row, locked_to_moderate
from conversations.services.log import note
from conversations.topics import services as topics
from core import versions
from people.models import User
from search.services import changed


@transaction.atomic
def move(conversation: Conversation, to: CommunityPage, by: User, why: str) -> Entry | None:
    """Put it into another community. Its address stays, and nobody reads it who could not read it before."""
    lock_community(min(home_of_row(conversation), to, key=lambda one: one.pk))
    lock_community(max(home_of_row(conversation), to, key=lambda one: one.pk))
    row = locked_to_moderate(conversation, by)
    before = home_of_row(row)
    if before.pk == to.pk:
        return None  # somebody was quicker
    if not row.is_whole:
        raise CannotPost(_("This cannot be moved there."))
    if row.kind == Kind.ANNOUNCEMENT:
        raise CannotPost(
            _("An announcement speaks for its community, so it stays there. Announce it where it belongs.")
        )
    if Kind(row.kind) not in part_of(by, to).begins:
        raise CannotPost(_("You cannot begin such a conversation there, so you cannot move one there."))
    token, audience, pinned = row.audience_token, row.audience, row.pinned
    put_into(row, to, audience_there(row, to))
    if would_widen(token, row.audience_token):
        raise CannotPost(
            _("Others would read there what was written for the readers here. Ask its author to begin there.")
        )
    keys = {"before": before.pk, "audience": audience, "last": row.last_number}
    keys["pinned"] = pinned.isoformat() if pinned else None
    entry = note("move", row, by, word=why, keys=keys)
    _follow_move(row, before)
    tell_moved(row, by)
    return entry


def put_into(row: Conversation, community: CommunityPage, audience: str, pinned: datetime | None = None) -> None:
    row.community, row.audience, row.pinned = community, audience, pinned
    row.save(update_fields=["community", "audience", "pinned"])


def _follow_move(row: Conversation, before: CommunityPage) -> None:
    versions.changed(*Conversation.scopes_in(before.pk))
    for follow in MOVED:
        follow(row, before)
    changed(row)
    number_changed(row)


@transaction.atomic
def split(
    conversation: Conversation, numbers: Iterable[int], kind: Kind, title: str, by: User, why: str
) -> tuple[Conversation, Entry | None]:
    """Put some of its posts into a conversation of their own. A link stays at the place of each."""
    row = locked_to_moderate(conversation, by)
    found = row.posts.shown().filter(number__in=set(numbers), number__gt=1).order_by("number")
    posts: list[Post] = list(found.select_for_update(of=("self",)))
    if not posts or not row.is_whole:
        raise CannotPost(_("These posts are not there any more."))
    new: Conversation = Conversation.objects.create(
        community=row.community,
        kind=kind,
        title=title,
        audience=row.audience,
        begun=posts[0].posted,
        begun_by=posts[0].author,
        principal=posts[0].principal,
        is_for_another=posts[0].is_for_another,
        last_number=len(posts),
        last_posted=posts[-1].posted,
    )
    places = [post.number for post in posts]
    answer = next((post for post in posts if post.pk == row.answer_id), None)
    if answer is not None:
        row.answer, new.answer = None, answer if kind == Kind.QUESTION and answer != posts[0] else None
        new.save(update_fields=["answer"])
    _leave_links(row, posts, new)
    positions.follow_split(row, new, places)
    save_last(row)
    keys = {"into": new.pk, "answer": answer and answer.pk, "count": len(posts)}
    entry = note("split", row, by, word=why, keys=keys)
    for follow in SPLIT:
        follow(row, new)
    changed(row)
    changed(new)
    number_changed(row)
    number_changed(new)
    tell_split(new, by)
    return new, entry


def _leave_links(row: Conversation, posts: Sequence[Post], new: Conversation) -> None:
    """Their places in the new conversation, and a link at each place that they leave."""
    links = [
        Post(conversation=row, number=post.number, posted=post.posted, removed=timezone.now(), moved_to=post)
        for post in posts
    ]
    positions.put(posts, new, range(1, len(posts) + 1))
    Post.objects.bulk_create(links)


def save_last(row: Conversation) -> None:
    """When it was last written in, by what stands there now."""
    last = row.posts.shown().order_by("-posted").values_list("posted", flat=True).first()
    row.last_posted = last or row.begun
    row.save(update_fields=["answer", "last_number", "last_posted", "merged_into"])


@transaction.atomic
def merge(source: Conversation, into: Conversation, by: User, why: str) -> Entry | None:
    """Put all posts of one conversation at the end of another one, where their numbers go on. The old address leads
    there.
    """
    lock_community(home_of_row(source))
    first, second = sorted((source, into), key=lambda one: one.pk)
    rows = {one.pk: locked_to_moderate(one, by) for one in (first, second)}
    row, target = rows[source.pk], rows[into.pk]
    alike = (row.community_id, row.audience_token) == (target.community_id, target.audience_token)
    if row.pk == target.pk or not alike or not (row.is_whole and target.is_whole) or target.closed:
        raise CannotPost(
            _("These two cannot become one: they need the same community and the same readers, and to be open.")
        )
    if Guest.objects.going_on().filter(conversation=target).exists():
        raise CannotPost(
            _("The other one has guests, who were not invited to this. End their stay, or put it the other way round.")
        )
    owes_outcome = row.kind == Kind.CONSULTATION != target.kind  # whoever answers was told that one comes of it
    if owes_outcome or Poll.objects.filter(conversation=row).exists() or row.steps.exists():
        raise CannotPost(
            _("It has a poll or an outcome, or owes one, which would be lost there. Put the other one into this.")
        )
    posts, before = list(row.posts.order_by("number")), target.last_number
    places = [post.number for post in posts]
    positions.put(posts, target, range(before + 1, before + len(posts) + 1))
    levels = positions.follow_merge(row, target, before, places)
    takes_answer = bool(row.answer_id and not target.answer_id and target.kind == Kind.QUESTION)
    data = {"source": row.pk, "from": before, "places": places, "answer": row.answer_id, "levels": levels}
    if takes_answer:
        target.answer = row.answer
    row.answer, row.merged_into = None, target
    target.last_number = before + len(posts)
    save_last(target)
    row.save(update_fields=["answer", "merged_into"])
    data |= {"drafts": unsent.take(row, target), "joined": unsent.join(row, target)}
    data["topics"] = topics.join(row, target)
    entry = note("merge", target, by, word=f"{row.title}: {why}"[:300], keys=data)
    for follow in MERGED:
        follow(row, target)
    changed(row)
    changed(target)
    number_changed(target)
    tell_merged(row, by)
    return entry


@transaction.atomic
def lock(conversation: Conversation, by: User, days: int, word: str) -> Entry | None:
    """Nobody adds anything for some days. It opens again by itself."""
    row = locked_to_moderate(conversation, by)
    if row.is_locked:
        last: Entry | None = row.history.filter(action="lock").order_by("-at", "-pk").first()
        if last is not None and last.by_id == by.pk:
            return last
        raise CannotPost(_("Somebody else has locked it meanwhile."))
    return change(row, by, "lock", word=word, locked_until=timezone.now() + timedelta(days=days))


@transaction.atomic
def unlock(conversation: Conversation, by: User) -> None:
    row = locked_to_moderate(conversation, by)
    if row.is_locked:
        change(row, by, "unlock", locked_until=None)
