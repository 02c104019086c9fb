"""How far everybody has read, once posts stand elsewhere: one number each, as before, and never a false one."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from django.db.models import F
from django.db.models.functions import Least

from conversations.choices import Level
from conversations.models import Conversation, Post, Standing

TOGETHER = 500


def put(posts: Sequence[Post], conversation: Conversation, numbers: Sequence[int]) -> None:
    """Give these posts of one conversation their places in another one: in one query where all move by as much."""
    steps = {number - post.number for post, number in zip(posts, numbers, strict=True)}
    if len(steps) == 1:
        first, last, step = posts[0].number, posts[-1].number, steps.pop()
        there = Post.objects.filter(conversation=posts[0].conversation_id, number__range=(first, last))
        if there.count() == len(posts):
            there.update(conversation=conversation, number=F("number") + step)
            return
    for post, number in zip(posts, numbers, strict=True):
        post.conversation, post.number = conversation, number
    Post.objects.bulk_update(posts, ["conversation", "number"], batch_size=TOGETHER)


def follow_split(source: Conversation, target: Conversation, numbers: Sequence[int]) -> None:
    """Whoever had read up to a place has read as many of the posts that went as stood before it."""
    Standing.objects.bulk_create(
        Standing(
            person_id=one.person_id, conversation=target, level=one.level, read_to=bisect_right(numbers, one.read_to)
        )
        for one in source.standings.all()
    )


def follow_merge(source: Conversation, target: Conversation, before: int, numbers: Sequence[int]) -> None:
    """Whoever had read all of ``target`` (up to ``before``) goes on where they were in ``source``; whoever had not
    begins where they were. A post that they have read may be new to them again, but nothing is hidden from them, and a
    conversation is unread only where something in it is.
    """
    there = {one.person_id: one for one in target.standings.all()}
    here = {one.person_id: one for one in source.standings.all()}
    unseen = list(target.posts.shown().filter(number__lte=before).order_by("number").values_list("number", "author"))
    places = [number for number, _author in unseen]
    changed: list[Standing] = []
    for person, one in here.items():
        mine = there.get(person) or Standing(person_id=person, conversation=target, level=one.level)
        rest = unseen[bisect_right(places, mine.read_to) :]
        if not any(author != person for _number, author in rest):
            mine.read_to = before + bisect_right(numbers, one.read_to)
        if one.level == Level.FOLLOW and mine.level == Level.NORMAL:
            mine.level = Level.FOLLOW
        changed.append(mine)
    _save(changed)


def _save(standings: Iterable[Standing]) -> None:
    """New ones and known ones, in a few queries: thousands of people may have read it."""
    rows = list(standings)
    new = [one for one in rows if one.pk is None]
    Standing.objects.bulk_create(new, batch_size=TOGETHER, ignore_conflicts=True)  # whoever opens it now has a row
    known = [one for one in rows if one.pk is not None]
    Standing.objects.bulk_update(known, ["read_to", "level"], batch_size=TOGETHER)


def follow_join(
    source: Conversation, apart: Conversation, places: Sequence[int], authors: Sequence[int | None]
) -> None:
    """The posts of ``apart`` go back to their ``places``: whoever has not seen them begins at the first of them."""
    there = dict(apart.standings.values_list("person_id", "read_to"))
    back = list(zip(places, authors, strict=True))
    changed = []
    for one in source.standings.filter(read_to__gte=min(places)):
        seen, me = there.get(one.person_id, 0), one.person_id
        first = next((place for place, author in back[seen:] if author != me), None)
        if first is not None and first <= one.read_to:
            one.read_to = first - 1
            changed.append(one)
    _save(changed)


def follow_parting(target: Conversation, source: Conversation, before: int, places: Sequence[int]) -> None:
    """The posts after ``before`` go back to where they were: what was read of them here was read."""
    there = {one.person_id: one for one in source.standings.all()}
    changed = []
    for one in target.standings.filter(read_to__gt=before):
        mine = there.get(one.person_id) or Standing(person_id=one.person_id, conversation=source)
        mine.read_to = max(mine.read_to, places[one.read_to - before - 1])
        changed.append(mine)
    _save(changed)
    target.standings.update(read_to=Least(F("read_to"), before))
