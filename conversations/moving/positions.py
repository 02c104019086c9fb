"""How far everybody has read, once posts stand elsewhere: exactly what they had read, and nothing else.

What somebody has read is a list of stretches (first and last number, both included). The one that begins at 1 is their
place in the conversation, as it is for nearly everybody; what they have read after an unread post is ``ReadAhead``.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import F
from django.db.models.functions import Least

from conversations.choices import Level
from conversations.models import Conversation, Post, ReadAhead, Standing

TOGETHER = 500
Stretches = list[tuple[int, int]]
Levels = list[tuple[int, str]]
"""People, by their keys, and how much of a conversation reaches them."""


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


# -- stretches ---------------------------------------------------------------------------------------------------------
def joined(stretches: Iterable[tuple[int, int]]) -> Stretches:
    """The same numbers in as few stretches as there can be, in their order."""
    found: Stretches = []
    for first, last in sorted(stretches):
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def among(stretches: Stretches, places: Sequence[int]) -> Stretches:
    """Which of ``places``, counted from 1, are in the stretches."""
    ends = ((bisect_left(places, first) + 1, bisect_right(places, last)) for first, last in stretches)
    return joined((first, last) for first, last in ends if first <= last)


def put_at(stretches: Stretches, places: Sequence[int]) -> Stretches:
    """The way back: of what is counted from 1, the places."""
    there: Stretches = []
    for first, last in stretches:
        here = places[first - 1 : last]
        if here and here[-1] - here[0] == len(here) - 1:  # nothing stood between them
            there.append((here[0], here[-1]))
        else:
            there += [(place, place) for place in here]
    return joined(there)


def without(stretches: Stretches, places: Sequence[int]) -> Stretches:
    """The stretches with a gap at each of ``places``."""
    rest: Stretches = []
    for start, last in stretches:
        first = start
        for place in places[bisect_left(places, first) : bisect_right(places, last)]:
            rest += [(first, place - 1)] if first < place else []
            first = place + 1
        rest += [(first, last)] if first <= last else []
    return rest


def within(stretches: Stretches, first: int, last: int) -> Stretches:
    """What of them is between two numbers, both included, counted from the first of these."""
    cut = ((max(one, first), min(other, last)) for one, other in stretches)
    return [(one - first + 1, other - first + 1) for one, other in cut if one <= other]


def after(stretches: Stretches, before: int) -> Stretches:
    """The same, further on by ``before``."""
    return [(first + before, last + before) for first, last in stretches]


# -- who has read what -------------------------------------------------------------------------------------------------
def _standings(conversation: Conversation) -> dict[int, Standing]:
    """Where each stands, locked: whoever reads at this moment goes on after it."""
    rows = conversation.standings.select_for_update(of=("self",)).prefetch_related("ahead")
    return {one.person_id: one for one in rows.order_by("pk")}


def _read(standing: Standing | None) -> Stretches:
    if standing is None:
        return []
    ahead = [(one.first, one.last) for one in standing.ahead.all()] if standing.pk else []
    return joined([*([(1, standing.read_to)] if standing.read_to else []), *ahead])


def _save(changed: Mapping[int, tuple[Standing, Stretches]], conversation: Conversation) -> None:
    """New ones and known ones, in a few queries: thousands of people may have read it."""
    for standing, read in changed.values():
        standing.read_to = read[0][1] if read and read[0][0] == 1 else 0
    rows = [standing for standing, _read in changed.values()]
    new = [one for one in rows if one.pk is None]
    Standing.objects.bulk_create(new, batch_size=TOGETHER, ignore_conflicts=True)  # whoever opens it now has a row
    known = [one for one in rows if one.pk is not None]
    Standing.objects.bulk_update(known, ["read_to", "level"], batch_size=TOGETHER)
    ReadAhead.objects.filter(standing__in=[one.pk for one in known]).delete()
    keys = dict(conversation.standings.values_list("person", "pk"))
    ReadAhead.objects.bulk_create(
        (
            ReadAhead(standing_id=keys[person], first=first, last=last)
            for person, (_standing, read) in changed.items()
            for first, last in read
            if first > 1
        ),
        batch_size=TOGETHER,
    )


# -- what follows posts ------------------------------------------------------------------------------------------------
def follow_split(source: Conversation, target: Conversation, numbers: Sequence[int]) -> None:
    """Whoever has read posts that went has read them where they are now."""
    there = {}
    for person, one in _standings(source).items():
        mine = Standing(person_id=person, conversation=target, level=one.level)
        there[person] = (mine, among(_read(one), numbers))
    _save(there, target)


def follow_merge(source: Conversation, target: Conversation, before: int, numbers: Sequence[int]) -> Levels:
    """What anybody has read in ``source`` they have read at the end of ``target``, after ``before``. The answer is what
    reaches whom of ``target`` because of that, and did not before.
    """
    there, changed, levels = _standings(target), {}, []
    for person, one in _standings(source).items():
        mine = there.get(person) or Standing(person_id=person, conversation=target)
        if (person not in there or one.level == Level.FOLLOW) and mine.level == Level.NORMAL != one.level:
            mine.level = one.level
            levels.append((person, one.level))
        changed[person] = (mine, joined([*_read(mine), *after(among(_read(one), numbers), before)]))
    _save(changed, target)
    return levels


def follow_join(source: Conversation, apart: Conversation, places: Sequence[int]) -> None:
    """The posts of ``apart`` go back to their ``places``: they are read by those who have read them apart."""
    there, here = _standings(apart), _standings(source)
    changed = {}
    for person in here.keys() | there.keys():
        mine = here.get(person) or Standing(person_id=person, conversation=source, level=there[person].level)
        before, seen = _read(mine), put_at(_read(there.get(person)), places)
        if (now := joined([*without(before, places), *seen])) != before:
            changed[person] = (mine, now)
    _save(changed, source)


def follow_parting(
    target: Conversation, source: Conversation, before: int, places: Sequence[int], levels: Levels
) -> None:
    """The posts after ``before`` go back to where they were: what was read of them here was read. ``levels`` came with
    them, and goes, too, where nobody chose otherwise since.
    """
    there, changed = _standings(source), {}
    for person, one in _standings(target).items():
        if read := within(_read(one), before + 1, before + len(places)):
            mine = there.get(person) or Standing(person_id=person, conversation=source)
            changed[person] = (mine, joined([*_read(mine), *put_at(read, places)]))
    _save(changed, source)
    target.standings.update(read_to=Least(F("read_to"), before))
    for level in {level for _person, level in levels}:
        theirs = target.standings.filter(person__in=[person for person, one in levels if one == level], level=level)
        theirs.update(level=Level.NORMAL)
    ahead = ReadAhead.objects.filter(standing__conversation=target, last__gt=before)
    ahead.filter(first__gt=before).delete()
    ahead.update(last=before)
