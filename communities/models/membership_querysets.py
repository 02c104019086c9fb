"""Querysets of memberships."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.db.models.functions import Coalesce
from django.dispatch import Signal
from django.utils import timezone

from communities.models.membership_periods import belonged
from communities.models.roles import Holding
from core import versions
from core.alters_data import alters_data
from core.audiences import Viewer

if TYPE_CHECKING:
    from communities.models import CommunityPage, Role

LAST = 32_767  # the rank of whoever is a member and no more
INVITED_FOR = timedelta(days=30)
"""How long an invitation can be accepted."""
memberships_changing = Signal()
memberships_changed = Signal()
"""Sent with the keys of communities before and after many memberships change their state or community at once."""
came_in = Signal()
"""Sent with the ``membership`` of somebody who was let in, or waits for a place: nobody needs to invite them now."""


def invited_since() -> datetime:
    """Invitations from this moment on can be accepted."""
    return timezone.now() - INVITED_FOR


class MembershipQuerySet(models.QuerySet[Any]):
    """Who belongs to what."""

    @alters_data
    @transaction.atomic
    def update(self, **values: object) -> int:
        """Places are counted anew where many memberships change their state or their community at once."""
        versions.rows_changed(self, values)
        if values.get("state") == "active":
            values.setdefault("joined", Coalesce("joined", timezone.now()))
        if not {"state", "community", "community_id"}.intersection(values):
            return super().update(**values)
        before = dict(self.values_list("pk", "community_id"))
        memberships_changing.send(self.model, communities=set(before.values()))
        changed = super().update(**values)
        after = self.model._default_manager.filter(pk__in=before).values_list("community_id", flat=True)
        memberships_changed.send(self.model, communities={*before.values(), *after})
        return changed

    @alters_data
    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> Any:
        """Whoever is a member became one at some moment."""
        objs = list(objs)
        for membership in objs:
            membership.note_joined()
        return super().bulk_create(objs, *args, **kwargs)

    def active(self, at: datetime | None = None) -> "MembershipQuerySet":
        """Those who are members today, or were at a moment."""
        return self.filter(belonged(at) if at else models.Q(state="active"))

    def asked(self) -> "MembershipQuerySet":
        """Those who asked and wait for a facilitator's answer, longest waiting first."""
        return self.filter(state="asked").order_by("since", "pk")

    def with_asked(self) -> "MembershipQuerySet":
        """With ``asked``: how many wait for an answer in the community of each, in no query of its own."""
        others = self.model._default_manager.filter(community=models.OuterRef("community")).asked().order_by()
        count = others.values("community").annotate(n=models.Count("pk")).values("n")
        return self.annotate(asked=Coalesce(models.Subquery(count), 0))

    def waiting(self) -> "MembershipQuerySet":
        """Those for whom there was no place, first come first."""
        return self.filter(state="waiting").order_by("since", "pk")

    def invited(self) -> "MembershipQuerySet":
        """Those who were invited and can still say yes."""
        return self.filter(state="invited", since__gte=invited_since()).order_by("since", "pk")

    def unanswered(self) -> "MembershipQuerySet":
        """Every invitation that was not answered, that of somebody whose account is off and may come back included."""
        return self.filter(models.Q(state="invited") | models.Q(state="paused", resumes="invited"))

    def current(self) -> "MembershipQuerySet":
        """Every membership that has not ended."""
        return self.exclude(state="ended")

    def last_of(self, person: Viewer, community: "CommunityPage") -> Any:
        """The person's present membership of the community, or else the one that ended last, or ``None``.

        It says whether they were ever removed: to ask again and to take that back does not undo it.
        """
        if not person.is_authenticated:
            return None
        mine = self.filter(person=person.pk, community=community)
        removed = mine.filter(state="ended").exclude(reason="")
        marked = mine.marked().annotate(was_removed=models.Exists(removed))
        return marked.order_by(models.F("until").desc(nulls_first=True), "-pk").first()

    # -- roles ---------------------------------------------------------------------------------------------------------
    def stewards(self) -> "MembershipQuerySet":
        """Active members who hold a role that may manage the community, in effect now."""
        return self.active().filter(models.Exists(_held().stewarding()))

    def holding(self, role: "Role") -> "MembershipQuerySet":
        """Whose the role is, or will be once they are members again."""
        held = Holding.objects.kept().filter(membership=models.OuterRef("pk"), role=role)
        return self.filter(models.Exists(held))

    def marked(self) -> "MembershipQuerySet":
        """With ``manages`` and ``holds``, so that nothing more is asked for it."""
        ever = Holding.objects.filter(membership=models.OuterRef("pk"))
        return self.annotate(manages=models.Exists(_held().stewarding()), holds=models.Exists(ever))

    def with_roles(self) -> "MembershipQuerySet":
        """With the roles in effect, in one more query for the whole list."""
        held = Holding.objects.in_effect().shown()
        return self.prefetch_related(models.Prefetch("holdings", held, to_attr="roles_now"))

    def ranked(self) -> "MembershipQuerySet":
        """With ``rank``, by which lists are ordered: their highest role's; ``top_role`` is its name."""
        name = _held().order_by("role__rank", "role__name").values("role__name")[:1]
        return self.annotate(rank=rank_of(models.OuterRef("pk")), top_role=models.Subquery(name))

    def by_name(self) -> "MembershipQuerySet":
        """In the order of rank, then in that of a telephone book."""
        return self.ranked().order_by("rank", "person__sort_name", "pk")


def _held() -> Any:
    return Holding.objects.in_effect().filter(membership=models.OuterRef("pk"))


def rank_of(membership: models.OuterRef) -> Coalesce:
    """The rank of the highest role in effect of a ``membership``; after all of them for whoever holds none."""
    held = Holding.objects.in_effect().filter(membership=membership).order_by("role__rank")
    return Coalesce(models.Subquery(held.values("role__rank")[:1]), LAST)
