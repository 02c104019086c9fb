"""What the pages of guidance show."""

from collections.abc import Collection
from typing import Any

from django.db.models import Case, CharField, Count, F, OuterRef, Q, Subquery, Value, When
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from communities.choices import Capability
from communities.content_writing.listings import writes_anywhere
from communities.listings import communities_stood_in_for
from communities.models import CommunityPage, Membership
from communities.permissions import communities_stewarded
from communities.shown_rights import rights_in
from core.audiences import Viewer
from core.editors import edits_everything
from core.models import Topic
from core.pagination import page_of
from core.parameters import parameter
from core.topics import topics_of
from knowledge.files.listings import linked_from
from knowledge.models import GuidanceIndexPage, GuidancePage
from knowledge.permissions import can_check
from people.away import stands_in_for, stood_in_for
from people.models import User
from reading.listings import save_button
from search.related import near

TOPICS_OFFERED = 18
ABOUT_A_TOPIC = 8


def guidance_shown_to(viewer: Viewer) -> Any:
    """The guidance that ``viewer`` may read, with what a list shows of it."""
    return (
        GuidancePage.objects.shown_to(viewer).select_related("community", "checked_by").defer("body").order_by("title")
    )


def index_context(request: HttpRequest, _page: GuidanceIndexPage) -> dict[str, Any]:
    """The index: by title, one topic where the reader chose one."""
    guidance = guidance_shown_to(request.user)
    slug = parameter(request, "topic")
    offered = (
        Topic.objects.filter(guidance_links__content_object__in=GuidancePage.objects.shown_to(request.user))
        .annotate(n=Count("guidance_links"))
        .order_by("-n", "name")
    )
    if slug:
        guidance = guidance.filter(topic_links__tag__slug=slug)
    return {
        "guidance": SimpleLazyObject(lambda: page_of(request, guidance)),
        "topic_slug": slug,
        "topic": offered.filter(slug=slug).first() if slug else None,
        "topics": offered[:TOPICS_OFFERED],
        "due": due_for(request.user).count() if request.user.is_authenticated else 0,
        "writes": writes_anywhere(request, Capability.GUIDANCE),
    }


def guidance_context(request: HttpRequest, page: GuidancePage) -> dict[str, Any]:
    """A page of guidance: who looks after it, and whether the reader may say that it still holds."""
    return {
        "checker": SimpleLazyObject(
            lambda: User.objects.mark_visible_to(request.user).filter(pk=page.checked_by_id).first()
        ),
        "topics": SimpleLazyObject(lambda: topics_of(page)),
        "can_check": can_check(request.user, page),
        "near": near(page, request.user, linked_from(page)),
        "save": save_button(request, page),
    }


def due_for(person: User, stewarded: Collection[int] | None = None) -> Any:
    """Guidance that is overdue and waits for ``person``: what they keep, a facilitator's communities' (whose keys may
    be known), and the same of whom they stand in for (``away`` names them); all of it for an editor.
    """
    overdue = guidance_shown_to(person).filter(due_on__lt=timezone.localdate()).order_by("due_on", "title")
    if edits_everything(person):
        return overdue.annotate(away=Value(""))
    own = Q(community__in=communities_stewarded(person, stewarded)) | Q(keeper=person)
    if not stands_in_for(person.pk):
        return overdue.filter(own).annotate(away=Value(""))
    theirs = Membership.objects.stewards().filter(community=OuterRef("community"))
    name = theirs.filter(person__in=stood_in_for(person.pk)).values("person__name")[:1]
    kept_by_others = Q(keeper__in=stood_in_for(person.pk))
    away = Case(
        When(own, then=Value("")),
        When(kept_by_others, then=F("keeper__name")),
        default=Subquery(name),
        output_field=CharField(),
    )
    others = Q(community__in=communities_stood_in_for(person)) | kept_by_others
    return overdue.filter(own | others).annotate(away=away)


def guidance_of_community(request: HttpRequest, community: CommunityPage) -> dict[str, Any] | None:
    """On a community's page: what it knows and keeps true."""
    guidance = list(guidance_shown_to(request.user).filter(community=community)[:8])
    return {"guidance": guidance} if guidance else None


def write_guidance(request: HttpRequest, community: CommunityPage) -> dict[str, Any] | None:
    """On a community's page: the way to write some, for whoever may. It stands in nothing that is kept."""
    if Capability.GUIDANCE not in rights_in(request, community):
        return None
    return {"url": reverse("knowledge:start", args=[community.slug])}


def guidance_about(request: HttpRequest, topic: Topic) -> dict[str, Any] | None:
    """On a topic's page: what is known and kept true about it."""
    guidance = list(guidance_shown_to(request.user).filter(topic_links__tag=topic)[: ABOUT_A_TOPIC + 1])
    url = f"/guidance/?topic={topic.slug}" if len(guidance) > ABOUT_A_TOPIC else ""
    return {"guidance": guidance[:ABOUT_A_TOPIC], "url": url} if guidance else None
