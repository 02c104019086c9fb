"""Which cases somebody may see and decide.

Those who moderate a community decide about its posts. What nobody else there can decide, and what waits for long, is
the hub team's. Nobody decides about their own post or one in their name, nor about an appeal against what
they decided themselves.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from communities.choices import Capability
from communities.models import Membership
from communities.rights import memberships_with, own_communities_where
from conversations.models import Case, Post
from core.audiences import Viewer, may_see
from core.editors import is_hub_team
from people.models import User

LONG = timedelta(days=3)
"""What waits longer than this is the hub team's to decide, too."""
APPEALED = Q(appealed__isnull=False, answer="")
WAITING = Q(outcome="") | APPEALED
COMMUNITY = "post__conversation__community"


def moderated_by(person: Viewer) -> list[int]:
    """The keys of the communities in which ``person`` moderates as a member."""
    return list(own_communities_where(person, Capability.MODERATE))


def cases_of(person: Viewer, communities: Collection[int] | None = None) -> QuerySet[Case]:
    """Those that ``person`` looks after: in their communities, and as one who runs the hub. ``communities`` are those
    that they moderate, where that has been asked.

    Each case is asked for its post, so that no database goes through all posts of these communities.
    """
    if not (person.is_authenticated and person.is_active):
        return Case.objects.none()
    communities = moderated_by(person) if communities is None else communities
    theirs = Q(Exists(Post.objects.filter(pk=OuterRef("post"), conversation__community__in=communities)))
    if is_hub_team(person):
        theirs |= Q(pk__in=for_the_hub_team().order_by().values("pk"))
    return Case.objects.filter(theirs).exclude(Q(post__author=person.pk) | Q(post__principal=person.pk))


def decided_by(person: Viewer, communities: Collection[int] | None = None) -> QuerySet[Case]:
    """Those of them that wait for a decision which ``person`` may take."""
    return cases_of(person, communities).filter(WAITING).exclude(APPEALED & Q(decided_by=person.pk))


def may_read(person: Viewer, case: Case) -> bool:
    """Whether they read the post itself: who may see its conversation and, once its author appeals, whoever answers.
    The hub team hides what it may not read, and names somebody there who decides.
    """
    return may_see(person, case.post.conversation) or case.appealed is not None


def for_the_hub_team(at: datetime | None = None) -> QuerySet[Case]:
    """What was nobody else's to decide, and what has waited for long."""
    before = (at or timezone.now()) - LONG
    old = WAITING & (Q(appealed=None, opened__lt=before) | Q(appealed__lt=before))
    return Case.objects.filter(~Exists(_who_may_decide()) | old)


def _who_may_decide() -> QuerySet[Membership]:
    """The memberships that let somebody decide the case of the outer query."""
    able = memberships_with(Capability.MODERATE).filter(community=OuterRef(COMMUNITY), person__is_active=True)
    for part in ("post__author", "post__principal", "decided_by"):
        able = able.exclude(person=Coalesce(OuterRef(part), Value(0)))
    return able


def deciders(case: Case) -> list[int]:
    """The keys of those who may decide it: of its community or, where there is nobody, of the hub team."""
    able = memberships_with(Capability.MODERATE).filter(community=case.post.conversation.community_id)
    people = set(able.filter(person__is_active=True).values_list("person_id", flat=True))
    found = people - case.post.behind - {case.decided_by_id}
    return sorted(found) or [pk for pk in hub_team() if pk not in case.post.behind]


def hub_team() -> list[int]:
    return list(User.objects.here().filter(is_superuser=True).values_list("pk", flat=True))


def oldest_first(cases: QuerySet[Case]) -> QuerySet[Case]:
    return cases.annotate(since=Coalesce(F("appealed"), F("opened"))).order_by("since", "pk")
