"""How far everybody has read, once posts stand elsewhere: one number each, as before, and never a false one."""

from bisect import bisect_right
from collections.abc import Sequence

from django.db.models import F
from django.db.models.functions import Greatest, Least

from conversations.choices import Level
from conversations.models import Conversation, Standing


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
    unseen = list(target.posts.shown().filter(number__lte=before).values_list("number", "author"))
    for person, one in here.items():
        mine = there.get(person) or Standing(person_id=person, conversation=target, level=one.level)
        if not any(number > mine.read_to and author != person for number, author in unseen):
            mine.read_to = before + bisect_right(numbers, one.read_to)
        if one.level == Level.FOLLOW and mine.level == Level.NORMAL:
            mine.level = Level.FOLLOW
        mine.save()


def follow_join(
    source: Conversation, apart: Conversation, places: Sequence[int], authors: Sequence[int | None]
) -> None:
    """The posts of ``apart`` go back to their ``places``: whoever has not seen them begins at the first of them."""
    there = dict(apart.standings.values_list("person_id", "read_to"))
    for one in source.standings.filter(read_to__gte=min(places)):
        seen, me = there.get(one.person_id, 0), one.person_id
        unseen = [place for place, author in list(zip(places, authors, strict=True))[seen:] if author != me]
        if unseen and unseen[0] <= one.read_to:
            one.read_to = unseen[0] - 1
            one.save(update_fields=["read_to"])


def follow_parting(target: Conversation, source: Conversation, before: int, places: Sequence[int]) -> None:
    """The posts after ``before`` go back to where they were: what was read of them here was read."""
    for one in target.standings.filter(read_to__gt=before):
        read_to = places[one.read_to - before - 1]
        mine, _new = Standing.objects.get_or_create(person_id=one.person_id, conversation=source)
        Standing.objects.filter(pk=mine.pk).update(read_to=Greatest(F("read_to"), read_to))
    target.standings.update(read_to=Least(F("read_to"), before))
