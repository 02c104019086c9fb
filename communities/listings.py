"""What the pages of communities show: each function asks a fixed number of queries, however much there is."""

from collections.abc import Collection, Iterable
from typing import Any
from urllib.parse import quote

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Subquery, When
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from wagtail.models import PageLogEntry

from communities.choices import Capability
from communities.joining import decide
from communities.models import CommunityIndexPage, CommunityPage, Membership, Stage, State
from communities.models.membership_querysets import invited_since, rank_of
from communities.permissions import can_leave, communities_stewarded
from communities.rights import own_communities_where
from communities.roles.accepting import not_accepted_in
from communities.shown_rights import know
from communities.suspended_roles import suspended_in
from core.audiences import Viewer
from core.editors import is_hub_team
from core.fragments import FELLOWS, PAGE
from core.models import Topic
from core.pagination import PER_PAGE, page_of
from core.parameters import parameter
from core.pictures.shown import COVER, photograph_of, with_photographs
from core.sections import placed_sections, sections_of
from core.topics import topics_of
from people.away import stands_in_for, stood_in_for
from people.models import User
from people.permissions import shown_address
from reading.listings import save_button
from search.related import near

MEMBERS_SHOWN = 11
ABOUT_A_TOPIC = 6


def index_context(request: HttpRequest, _page: CommunityIndexPage) -> dict[str, Any]:
    """The index: what the reader may see, by stage and topic, their own first where they ask for it."""
    shown = CommunityPage.objects.shown_to(request.user)
    communities = shown.select_related("places").order_by("title")
    stage, topic = parameter(request, "stage"), parameter(request, "topic")
    mine = set(my_communities(request.user).values_list("pk", flat=True)) if request.GET.get("mine") else None
    if mine is not None:
        communities = communities.filter(pk__in=mine)
    if stage in Stage.values:
        communities = communities.filter(stage=stage)
    if topic:
        communities = communities.filter(topic_links__tag__slug=topic).distinct()
    return {
        "communities": SimpleLazyObject(lambda: page_of_communities(request, communities)),
        "stages": SimpleLazyObject(lambda: counted_stages(shown)),
        "stage": stage,
        "topic": Topic.objects.filter(slug=topic, community_links__content_object__in=shown).first() if topic else None,
        "topic_slug": topic,
        "mine": mine is not None,
    }


def page_of_communities(request: HttpRequest, communities: QuerySet[Any]) -> Page[CommunityPage]:
    """The page of the list that the address asks for, with the photographs that the reader may see."""
    page: Page[CommunityPage] = page_of(request, communities)
    page.object_list = with_photographs(page.object_list, request.user)
    return page


def counted_stages(communities: QuerySet[Any]) -> dict[str, Any]:
    """How many of ``communities`` are in each stage that any is in, and in all."""
    counts = dict(communities.order_by().values_list("stage").annotate(n=Count("pk")))
    each = [{"value": stage.value, "label": stage.label, "count": counts.get(stage.value, 0)} for stage in Stage]
    return {"total": sum(counts.values()), "each": [stage for stage in each if stage["count"]]}


def community_context(request: HttpRequest, community: CommunityPage) -> dict[str, Any]:
    """A community's own page."""
    last = Membership.objects.with_asked().last_of(request.user, community)
    membership = last if last is not None and last.state != State.ENDED else None
    steward = membership is not None and membership.is_steward
    decision = decide(request.user, community, membership, last)
    rights = know(request, community, membership)
    can_edit, manages = Capability.EDIT_PAGE in rights, Capability.MANAGE_MEMBERS in rights
    return {
        "membership": membership,
        "is_steward": steward,
        "manages": manages,
        "steward_pk": request.user.pk if steward else 0,  # a letter to the facilitators goes to none of themselves
        "members_reader": PAGE if membership is not None and membership.is_active else FELLOWS,
        "joining": decision,
        "can_join": decision.is_allowed,
        "can_leave": can_leave(membership),
        "can_edit": can_edit,
        "write_url": reverse("communities:edit", args=[community.slug]) if can_edit else "",
        "asked": last.asked if last is not None and manages else 0,
        "members": SimpleLazyObject(lambda: some_members(request, community)),
        "topics": SimpleLazyObject(lambda: topics_of(community)),
        "sections": (sections := placed_sections("community", request, community)),
        "tabs_scopes": " ".join(each.depends_on for each in sections),
        "beside": SimpleLazyObject(lambda: sections_of("beside a community", request, community)),
        "for_members": SimpleLazyObject(lambda: sections_of("for members of a community", request, community)),
        "facilitators": SimpleLazyObject(lambda: facilitators_of(request, community)),
        "near": near(community, request.user),
        "save": save_button(request, community),
        "photograph": SimpleLazyObject(lambda: photograph_of(community, request.user, COVER)),
    }


def some_members(request: HttpRequest, community: CommunityPage) -> dict[str, Any]:
    """The first members, and how many more there are."""
    shown = list(visible_members(request, community)[: MEMBERS_SHOWN + 1])
    return {
        "shown": shown[:MEMBERS_SHOWN],
        "more": max(0, community.taken - MEMBERS_SHOWN) if len(shown) > MEMBERS_SHOWN else 0,
    }


def facilitators_of(request: HttpRequest, community: CommunityPage) -> dict[str, Any]:
    """Who facilitates the community, as far as the reader may see them, and the address of a letter to all of these."""
    shown = list(visible_members(request, community).stewards())
    addresses = [shown_address(request.user, one.person) for one in shown if one.person_id != request.user.pk]
    return {
        "shown": shown,
        "count": len(shown) or Membership.objects.stewards().filter(community=community).count(),
        "letter": letter_to(addresses, community.title),
    }


def letter_to(addresses: Iterable[str], subject: str) -> str:
    """A ``mailto:`` to all of ``addresses`` that there are; nothing where there is none."""
    written = ",".join(quote(address, safe="@+") for address in addresses if address)
    return f"mailto:{written}?subject={quote(subject)}" if written else ""


def visible_members(request: HttpRequest, community: CommunityPage) -> Any:
    """The active members whose page the reader may see, facilitators first."""
    people = User.objects.shown_to(request.user)
    return Membership.objects.active().filter(community=community, person__in=people).select_related("person").by_name()


def my_communities(person: Viewer) -> Any:
    """The communities that ``person`` is an active member of, those they facilitate first."""
    if not person.is_authenticated:
        return CommunityPage.objects.none()
    mine = Q(memberships__person=person.pk, memberships__state=State.ACTIVE)
    found = CommunityPage.objects.live().filter(mine).annotate(rank=rank_of(OuterRef("memberships__pk")))
    return found.select_related("places").order_by("rank", "title")


def communities_stood_in_for(person: Viewer) -> Any:
    """The keys of the communities whose facilitator ``person`` stands in for today. They need be no member: what is
    shown of these is what they may see.
    """
    return Membership.objects.stewards().filter(person__in=stood_in_for(person.pk or 0)).values("community_id")


def people_who_asked(person: User, stewarded: Collection[int] | None = None) -> Any:
    """Who waits for an answer from ``person``, longest waiting first: as a facilitator, or as the stand-in of one; for
    the hub team also where there is none, as far as they may see the community.
    """
    own, away = communities_stewarded(person, stewarded), stands_in_for(person.pk)
    mine = facilitated = Q(community__in=own)
    if away:
        theirs = Membership.objects.stewards().filter(person__in=away)
        seen = CommunityPage.objects.shown_to(person)
        mine |= Q(community__in=theirs.values("community_id")) & Q(community__in=seen)
        facilitated |= Q(community__in=theirs.values("community_id"))
    if is_hub_team(person):
        mine |= Q(community__in=without_facilitator().visible_to(person))
    is_mine = Case(When(facilitated, then=True), default=False)
    asked = Membership.objects.asked().filter(mine).annotate(is_mine=is_mine)
    return asked.select_related("person", "community")


def news_of_my_memberships(person: User) -> list[Membership]:
    """What others decided about ``person``: memberships that were ended for a reason not read yet, and invitations
    not answered yet; the oldest first.
    """
    ended = Q(state=State.ENDED, reason_read=None) & ~Q(reason="")
    invited = Q(state=State.INVITED, since__gte=invited_since(), community__live=True)
    news = Membership.objects.filter(ended | invited, person=person).order_by("state", "since", "pk")
    return list(news.select_related("community", "invited_by")[:10])


def without_facilitator() -> Any:
    """Live communities that go on and that nobody looks after."""
    led = Membership.objects.stewards().filter(community=OuterRef("pk"))
    return CommunityPage.objects.live().exclude(stage=Stage.CLOSED).filter(~Exists(led))


def sponsor_gone() -> Any:
    """Live communities that go on and whose sponsor's account is off or was deleted."""
    lost = PageLogEntry.objects.filter(action="communities.sponsor_gone").values("page_id")
    gone = Q(sponsor__is_active=False) | Q(sponsor=None, pk__in=lost)
    return CommunityPage.objects.live().exclude(stage=Stage.CLOSED).filter(gone)


def sponsor_is_gone(community: CommunityPage) -> bool:
    """Whether this is one of them."""
    return bool(sponsor_gone().filter(pk=community.pk).exists())


def with_one_steward() -> Any:
    """Live communities that go on and that one person alone looks after."""
    led = Membership.objects.stewards().filter(community=OuterRef("pk")).order_by().values("community")
    counted = CommunityPage.objects.live().exclude(stage=Stage.CLOSED)
    return counted.annotate(stewards=Subquery(led.annotate(n=Count("pk")).values("n"))).filter(stewards=1)


def unattended(*, with_few: bool = False) -> Any:
    """What the hub team has to see to: communities without a facilitator, and those whose sponsor is gone; on its list
    also ``with_few``, before they are lost.
    """
    lacking = CommunityPage.objects.filter(
        Q(pk__in=without_facilitator()) | Q(pk__in=sponsor_gone()) | _few(with_few=with_few)
    )
    marked = lacking.annotate(lacks_sponsor=Exists(sponsor_gone().filter(pk=OuterRef("pk"))))
    waiting = Count("memberships", filter=Q(memberships__state=State.ASKED))
    lacks = ~Exists(Membership.objects.stewards().filter(community=OuterRef("pk")))
    few = Exists(with_one_steward().filter(pk=OuterRef("pk")))
    return marked.annotate(asked=waiting, lacks_facilitator=lacks, has_one_steward=few).order_by("title")


def helping(person: Viewer) -> Any:
    """The communities in which ``person`` has the right to help others that lack people, as a query to build on."""
    return own_communities_where(person, Capability.HELP_COMMUNITIES)


def unattended_for(person: Viewer) -> Any:
    """What lacks people and ``person`` may see: a private community is the hub team's to see to."""
    return unattended(with_few=True).visible_to(person)


def _few(*, with_few: bool) -> Q:
    return Q(pk__in=with_one_steward().values("pk")) if with_few else Q()


def pending_of(community: CommunityPage) -> list[Membership]:
    """Who asked to join and who waits for a place, longest first."""
    pending = Membership.objects.filter(community=community, state__in=(State.ASKED, State.WAITING))
    return list(pending.select_related("person").order_by("state", "since"))


def members_context(
    request: HttpRequest, community: CommunityPage, *, steward: bool, manages: bool, answers: bool, invites: bool
) -> dict[str, Any]:
    """The members page; what people said to their roles is for a ``steward`` alone, who was invited for whoever
    ``manages`` members, who asked for whoever ``answers``.
    """
    return {
        "page": community,
        "members": page_of(request, visible_members(request, community).with_roles()),
        "manages": manages or is_hub_team(request.user),
        "answers": answers,
        "pending": pending_of(community) if answers else [],
        "not_accepted": _not_accepted(request, community) if steward else None,
        "suspended": suspended_in(community) if steward else [],
        "beside": _beside_members(request, community, manages=manages, invites=invites),
        "is_hub_team": is_hub_team(request.user),
    }


def _beside_members(request: HttpRequest, community: CommunityPage, *, manages: bool, invites: bool) -> list[Any]:
    if manages:
        return list(sections_of("members of a community", request, community))
    return list(sections_of("who invites into a community", request, community)) if invites else []


def _not_accepted(request: HttpRequest, community: CommunityPage) -> Page[Any]:
    """One page of those who have not accepted what their roles ask; ``answers`` in the address says which."""
    return Paginator(not_accepted_in(community), PER_PAGE).get_page(request.GET.get("answers"))


def communities_about(request: HttpRequest, topic: Topic) -> dict[str, Any] | None:
    """On a topic's page: the communities that work on it."""
    about = CommunityPage.objects.shown_to(request.user).filter(topic_links__tag=topic).distinct().order_by("title")
    communities = with_photographs(about[: ABOUT_A_TOPIC + 1], request.user)
    url = f"/communities/?topic={topic.slug}" if len(communities) > ABOUT_A_TOPIC else ""
    return {"communities": communities[:ABOUT_A_TOPIC], "url": url} if communities else None


def communities_of_person(request: HttpRequest, person: User) -> dict[str, Any] | None:
    """On a person's page: their memberships, which are their job description."""
    memberships = list(
        Membership.objects.active()
        .filter(person=person, community__in=CommunityPage.objects.shown_to(request.user))
        .select_related("community")
        .ranked()
        .with_roles()
        .order_by("rank", "community__title")
    )
    with_photographs([membership.community for membership in memberships], request.user)
    return {"memberships": memberships, "is_mine": request.user.pk == person.pk} if memberships else None
