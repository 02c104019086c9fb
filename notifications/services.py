"""What changes how far somebody has read, and how much they hear."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from communities.models import CommunityPage, Membership
from core.versions import news_for
from notifications.choices import NoticeLevel
from notifications.models import Happening, Mark, Notice
from people.models import User


@transaction.atomic
def read(person: User, happening: Happening) -> None:
    """Somebody opened what happened. Of what happens in a community it is remembered apart, ahead of their mark."""
    made, is_new = Notice.objects.get_or_create(
        person=person, happening=happening, defaults={"read_at": timezone.now()}
    )
    if is_new or made.read_at is None:
        Notice.objects.filter(pk=made.pk, read_at=None).update(read_at=timezone.now())
        _number_changed(person)


@transaction.atomic
def read_all(person: User, up_to: int) -> datetime:
    """Everything up to a position is read: what came after the reader's page was made stays new.

    Returns the moment, by which all of it is taken back.
    """
    moment = timezone.now()
    newest = Happening.objects.aggregate(newest=Max("pk"))["newest"] or 0
    up_to = min(up_to, newest)  # what has not happened yet cannot be read
    addressed = Notice.objects.unread().filter(person=person, happening__lte=up_to)
    addressed.update(read_at=moment)
    mine = Membership.objects.active().filter(person=person).values_list("community_id", flat=True)
    _make_marks(person, mine)
    behind = Mark.objects.filter(person=person, community__in=mine, position__lt=up_to)
    behind.update(before=F("position"), position=up_to, moved_at=moment)
    _number_changed(person)
    return moment


@transaction.atomic
def take_back(person: User, moment: datetime) -> None:
    """What was marked as read at that moment is new again. What was read in another way stays read."""
    Notice.objects.filter(person=person, read_at=moment).update(read_at=None)
    moved = Mark.objects.filter(person=person, moved_at=moment)
    moved.update(position=F("before"), moved_at=None)
    _number_changed(person)


@transaction.atomic
def set_level(person: User, community: CommunityPage, level: NoticeLevel) -> None:
    """How much of what happens in a community somebody hears. What happened while they heard nothing is not new."""
    _make_marks(person, [community.pk])
    mark = Mark.objects.select_for_update().get(person=person, community=community)
    if mark.level == NoticeLevel.NOTHING != level:
        happened = Happening.objects.filter(community=community).aggregate(newest=Max("pk"))
        mark.position = max(mark.position, happened["newest"] or 0)
    mark.level = level
    mark.save(update_fields=["level", "position"])
    _number_changed(person)


def _make_marks(person: User, communities: Iterable[int]) -> None:
    marks = [Mark(person=person, community_id=pk) for pk in communities]
    Mark.objects.bulk_create(marks, ignore_conflicts=True)


def _number_changed(person: User) -> None:
    news_for([person.pk])
