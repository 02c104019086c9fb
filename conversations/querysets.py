"""Sets of conversations, of posts and of questions that wait."""

from datetime import datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from wagtail.models import Page

from communities.models import CommunityPage
from core.audiences import AudienceQuerySet, Viewer

UNSHOWN = Q(removed__isnull=False) | Q(hidden__isnull=False)
"""Posts that others do not read."""


def in_live_community() -> Exists:
    """Which conversations stand in a community that is live. It is asked of each row, and not joined: SQLite would go
    from community to community, and put all that was ever said there in order to show one page of it.
    """
    return Exists(Page.objects.filter(pk=OuterRef("community"), live=True))


class ConversationQuerySet(AudienceQuerySet):
    """Conversations, each seen by its audience as long as its community is there."""

    def shown_to(self, viewer: Viewer) -> "ConversationQuerySet":
        """Those that ``viewer`` may read, without what was withheld or stands in another one now."""
        return self.within_reach_of(viewer).filter(withheld=None, merged_into=None)

    def shown_in_general_to(self, viewer: Viewer) -> "ConversationQuerySet":
        """Those of them that everybody may read who belongs where ``viewer`` belongs."""
        shown: ConversationQuerySet = self.visible_in_general_to(viewer).filter(  # type: ignore[assignment]  # it stays of this class
            in_live_community(), withheld=None, merged_into=None
        )
        return shown

    def within_reach_of(self, viewer: Viewer) -> "ConversationQuerySet":
        """Those that are for ``viewer``. What stands in a community that is not live is a draft's."""
        shown: ConversationQuerySet = self.visible_to(viewer).filter(in_live_community())  # type: ignore[assignment]  # it stays of this class
        return shown

    def in_community(self, community: CommunityPage) -> "ConversationQuerySet":
        return self.filter(community=community)

    def for_listing(self) -> "ConversationQuerySet":
        """With everything that a row of a list says, and no more: a community's page and a person have many columns."""
        promise = self.model._meta.get_field("promise").related_model
        names = [field.attname for field in self.model._meta.concrete_fields]
        names += [f"promise__{field.attname}" for field in promise._meta.concrete_fields]
        related = self.select_related("community", "begun_by", "principal", "promise")
        return related.only(*names, "community__title", "begun_by__name", "principal__name").with_gone()

    def to_answer(self) -> "ConversationQuerySet":
        """With what is asked before somebody answers, and no more: a community's page has many columns."""
        own = [field.attname for field in self.model._meta.concrete_fields]
        community = [f"community__{name}" for name in ("stage", "live", "audience_token")]
        return self.select_related("community").only(*own, *community)

    def with_gone(self) -> "ConversationQuerySet":
        """With ``gone`` for each: how many places after its first post hold nothing that others read. They are few, and
        have an index of their own.
        """
        posts = apps.get_model("conversations", "Post")
        there = posts._base_manager.filter(UNSHOWN, conversation=OuterRef("pk"), number__gt=1).order_by()
        counted = there.values("conversation").annotate(n=Count("pk")).values("n")
        return self.annotate(gone=Coalesce(Subquery(counted), 0))

    def pinned_first(self) -> "ConversationQuerySet":
        """What is pinned, then by the last post."""
        return self.order_by(F("pinned").desc(nulls_last=True), "-last_posted", "-pk")


class PostQuerySet(models.QuerySet[Any]):
    """What was written."""

    def shown(self) -> "PostQuerySet":
        """Those that nobody took away or hid."""
        return self.filter(removed=None, hidden=None)

    def replies(self) -> "PostQuerySet":
        """Those of one conversation that others read, without its first one."""
        return self.shown().filter(number__gt=1)

    def after(self, number: int) -> "PostQuerySet":
        return self.filter(number__gt=number)

    def between(self, first: int, last: int) -> "PostQuerySet":
        return self.filter(Q(number__gte=first, number__lte=last))

    def for_reading(self) -> "PostQuerySet":
        """In their order. What they show is looked up for all of them together (``conversations.showing``)."""
        return self.select_related("voice").order_by("number")


# -- the promise -------------------------------------------------------------------------------------------------------
def half(now: datetime) -> Q:
    """Where half of the time is over, of either clock."""
    today = timezone.localdate(now, timezone.get_default_timezone())
    return Q(acknowledged=None, acknowledge_from__lte=today) | Q(answer_from__lte=today)


def due(now: datetime) -> Q:
    """Where the last day has come, or is over."""
    zone = timezone.get_default_timezone()
    tomorrow = timezone.localdate(now, zone) + timedelta(days=1)
    return _too_late_at(datetime.combine(tomorrow, time(), tzinfo=zone))


def late(now: datetime) -> Q:
    return _too_late_at(now)


def _too_late_at(moment: datetime) -> Q:
    return Q(acknowledged=None, acknowledge_by__lte=moment) | Q(answer_by__lte=moment)


class PromiseQuerySet(models.QuerySet[Any]):
    """Questions, as the promise sees them."""

    def open(self) -> "PromiseQuerySet":
        """Those of communities that go on talking, which nobody has answered, withdrawn or closed."""
        talked_in = ("proposed", "pilot", "active", "paused")
        return self.filter(ended=None, conversation__community__live=True, conversation__community__stage__in=talked_in)

    def running(self) -> "PromiseQuerySet":
        """Those that do not wait for whoever asked."""
        return self.open().filter(waiting_since=None)
