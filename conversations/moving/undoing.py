"""The way back, for ten minutes, and as long as nobody has written there since."""

from collections.abc import Callable, Collection, Mapping
from typing import Any, cast

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from communities.models import CommunityPage
from communities.rights import lock as lock_community
from conversations import undoable
from conversations.models import Conversation, Entry, Post
from conversations.moving import positions, setting_back, unsent
from conversations.moving.follow import MERGED, MOVED, SPLIT
from conversations.moving.services import put_into, save_last
from conversations.notices import number_changed
from conversations.permissions import part_of
from conversations.services.locking import CannotPost, home_of_row, locked
from conversations.services.log import note
from conversations.topics import services as topics
from core import versions
from core.audiences import Viewer
from people.models import User
from search.services import changed


def may_undo(entry: Entry, person: Viewer) -> bool:
    """Whoever did it, and those who moderate where it stands, in time."""
    in_time = entry.undone is None and entry.at > timezone.now() - undoable.FOR
    if not in_time or entry.action not in WAYS_BACK:
        return False
    return entry.by_id == person.pk or part_of(person, home_of_row(entry.conversation)).moderates


def last_undoable(conversation: Conversation, person: Viewer) -> undoable.Undoable | None:
    """What this person may take back on this page: what was done last, as long as nobody has written since.
    ``conversation.just_done`` came with its row.
    """
    pk = getattr(conversation, "just_done", None)
    if pk is None or not person.is_authenticated:
        return None
    entry: Entry = Entry.objects.get(pk=pk)
    entry.conversation = conversation
    if not (may_undo(entry, person) and _is_untouched(entry)):
        return None
    return undoable.Undoable(entry.pk, undoable.SAID[entry.action], entry.at + undoable.FOR)


def _is_over(entry: Entry) -> str:
    if entry.at <= timezone.now() - undoable.FOR:
        return _("The ten minutes are over, and nothing was changed. Use the buttons of the conversation instead.")
    return _("This cannot be undone any more, and nothing was changed.")


def _is_untouched(entry: Entry) -> bool:
    """Whether nobody wrote in what was moved, split off or merged, and nobody changed what was set."""
    data, here = entry.data, entry.conversation.last_number
    if entry.action in undoable.SET:
        return setting_back.is_untouched(entry.action, entry.conversation, data)
    if entry.action == undoable.SPLIT:
        apart = Conversation.objects.filter(pk=data["into"], last_number=data["count"], merged_into=None)
        return apart.exists()
    return bool(here == (data["last"] if entry.action == undoable.MOVE else data["from"] + len(data["places"])))


@transaction.atomic
def undo(entry: Entry, by: User) -> None:
    """Take it back, all of it or nothing."""
    lock_community(home_of_row(entry.conversation))
    row = locked(entry.conversation)
    line: Entry = Entry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    line.conversation = row
    if line.undone is not None:
        return
    if not may_undo(line, by):
        raise CannotPost(_is_over(line))
    WAYS_BACK[line.action](row, line.data)
    line.undone = timezone.now()
    line.save(update_fields=["undone"])
    note("undo", row, by)


def _nobody_wrote(conversation: Conversation, last: object) -> None:
    if conversation.last_number != last:
        raise CannotPost(_("Somebody has written there since, so it stays as it is."))


def _stands(where: Conversation, expected: Collection[object], found: Collection[object]) -> None:
    """All of it is where it was put: none of its posts, nor the conversation itself, went on to somewhere else."""
    if where.merged_into_id is not None or len(expected) != len(found):
        raise CannotPost(_("It was moved on since, so it stays as it is. Undo first what was done last."))


def _locked_by_key(pk: int) -> Conversation:
    return locked(Conversation(pk=pk))


def _move_back(row: Conversation, data: Mapping[str, Any]) -> None:
    _nobody_wrote(row, data["last"])
    here, before = home_of_row(row), CommunityPage.objects.live().filter(pk=data["before"]).first()
    if before is None:
        raise CannotPost(_("The community that it stood in is gone."))
    put_into(row, before, str(data["audience"]), parse_datetime(data["pinned"] or ""))
    versions.changed(*Conversation.scopes_in(here.pk))
    for follow in MOVED:
        follow(row, here)
    changed(row)
    number_changed(row)


def _join_again(row: Conversation, data: Mapping[str, Any]) -> None:
    """Each post back to its place. The conversation that was made for them goes."""
    apart = _locked_by_key(data["into"])
    _nobody_wrote(apart, data["count"])
    links = row.posts.filter(moved_to__conversation=apart).select_related("moved_to")
    found = list(links.order_by("number"))
    _stands(apart, range(data["count"]), found)
    positions.follow_join(row, apart, [link.number for link in found])
    posts, places = [cast("Post", link.moved_to) for link in found], [link.number for link in found]
    Post.objects.filter(pk__in=[link.pk for link in found]).delete()
    positions.put(posts, row, places)
    row.answer = _answer_among(posts, data["answer"]) or row.answer
    save_last(row)
    unsent.take(apart, row)
    for follow in SPLIT:
        follow(apart, row)
    apart.delete()
    changed(row)
    number_changed(row)


def _part_again(row: Conversation, data: Mapping[str, Any]) -> None:
    places, before = data["places"], data["from"]
    _nobody_wrote(row, before + len(places))
    source = _locked_by_key(data["source"])
    posts = list(row.posts.filter(number__gt=before).order_by("number"))
    _stands(row, places, posts)
    positions.put(posts, source, places)
    source.merged_into, source.answer = None, _answer_among(posts, data["answer"])
    source.withheld = posts[0].removed or posts[0].hidden  # which may have happened meanwhile
    source.save(update_fields=["withheld"])
    row.last_number = before
    if row.answer_id in {post.pk for post in posts}:
        row.answer = None
    positions.follow_parting(row, source, before, places, data["levels"])
    unsent.part(row, source, data.get("joined", []))
    unsent.take(row, source, data["drafts"])
    topics.part(row, data["topics"])
    save_last(source)
    save_last(row)
    for follow in MERGED:
        follow(row, source)
    changed(source)
    changed(row)
    number_changed(source)
    number_changed(row)


def _answer_among(posts: Collection[Post], key: object) -> Post | None:
    """The post that was marked, unless it was removed or hidden meanwhile."""
    return next((post for post in posts if post.pk == key and post.is_shown), None)


WAYS_BACK: dict[str, Callable[[Conversation, Mapping[str, Any]], None]] = {
    undoable.MOVE: _move_back,
    undoable.SPLIT: _join_again,
    undoable.MERGE: _part_again,
    **dict.fromkeys(undoable.SET, setting_back.set_back),
    **dict.fromkeys(undoable.OPENED, setting_back.close_or_lock_again),
}
