"""What the pages of conversations show."""

from bisect import bisect_left
from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from communities.models import CommunityPage
from conversations.choices import Kind, Level
from conversations.guest_tokens import guest_pks
from conversations.models import PER_PAGE, Conversation, Entry, ReadAhead, Standing, talk_of
from conversations.outcomes.listings import outcome_among, with_outcome
from conversations.permissions import part_of
from conversations.promise.rates import KeptPromises, figures_of, of_community
from conversations.querysets import ConversationQuerySet
from conversations.unread import only_unread, with_unread
from conversations.whom_to_ask import communities_for, communities_of
from core.audiences import Viewer, community_pks, viewer_tokens
from core.pagination import PER_PAGE as LISTED, page_of
from core.parameters import parameter
from people.models import User
from search.as_you_write import beside

LATEST = 4
ALL, OPEN, UNREAD = "all", "open", "unread"
LONGEST_TITLE = 200
FURTHEST = 50 * LISTED  # a list ends there, so that no database counts all that was ever said: search goes further


# -- lists -------------------------------------------------------------------------------------------------------------
def conversations_of_community(request: HttpRequest, community: CommunityPage) -> dict[str, Any] | None:
    """The newest on a community's page, as everybody sees them who sees that page alike."""
    shown = Conversation.objects.in_community(community).shown_to(request.user)
    told = shown.select_related("begun_by", "principal", "promise").with_gone()
    told = told.annotate(figures=figures_of(community.pk))
    latest = list(with_outcome(told.pinned_first(), shown)[:LATEST])
    if not latest and not part_of(request.user, community).is_open:
        return None
    kept = KeptPromises(**(latest[0].figures or {})) if latest else KeptPromises()  # type: ignore[attr-defined]  # annotated above
    url = reverse("conversations:of_community", args=[community.slug])
    return {"latest": latest, "kept": kept, "outcome": outcome_among(latest), "url": url}


def of_community_context(request: HttpRequest, community: CommunityPage) -> dict[str, Any]:
    """All that a community talks about, or one kind of it."""
    kind = parameter(request, "kind")
    shown = Conversation.objects.in_community(community).shown_to(request.user)
    if kind in Kind.values:
        shown = shown.filter(kind=kind)
    if (only := parameter(request, "only")) == OPEN:
        shown = shown.filter(closed=None, answer=None)
    elif only == UNREAD and request.user.is_authenticated:
        shown = only_unread(shown, request.user)
    return {
        "page": community,
        "part": part_of(request.user, community),
        "kept": SimpleLazyObject(lambda: of_community(community.pk)),
        "talk_scope": talk_of(community.pk),
        "conversations": _listed(request, shown.pinned_first()),
        "tabs": _tabs(request, kind, only),
        "is_narrowed": bool(kind or only),
    }


def everywhere_context(request: HttpRequest) -> dict[str, Any]:
    """What is talked about, the last words first: in my communities and where I asked, or wherever I may listen."""
    viewer, only = request.user, parameter(request, "only")
    shown = Conversation.objects.shown_to(viewer)
    if not viewer.is_authenticated:
        only = OPEN if only == OPEN else ALL
    listed = shown if only in {ALL, OPEN} else shown.filter(pk__in=_near(viewer))
    if only == UNREAD:
        listed = only_unread(listed, viewer)
    if only == OPEN:
        listed = listed.filter(kind=Kind.QUESTION, closed=None, answer=None)
    return {
        "conversations": _listed(request, listed.order_by("-last_posted", "-pk")),
        "tabs": _tabs_everywhere(request, only),
        "only": only,
    }


def _near(viewer: Viewer) -> QuerySet[Any, Any]:
    """The keys of those in somebody's communities, of those that they began or that were begun for them, that they
    follow wherever these stand now, and that they were invited to. A query for each, so that each finds its rows by its
    own index.
    """
    tokens = viewer_tokens(viewer)
    every = Conversation.objects.order_by().values("pk")
    begun = [every.filter(begun_by=viewer.pk), every.filter(principal=viewer.pk)]
    followed = Standing.objects.filter(person=viewer.pk, level=Level.FOLLOW).order_by().values("conversation")
    invited = every.filter(pk__in=guest_pks(tokens))
    return every.filter(community__in=community_pks(tokens)).union(*begun, followed, invited)


class ListedByKey:
    """Conversations in an order, cut to a page by their keys alone. What a row says is worked out for those of the page
    only: a database works out each column of everything that it puts in order.
    """

    def __init__(self, found: ConversationQuerySet, viewer: Viewer) -> None:
        self.found, self.viewer = found, viewer

    def count(self) -> int:
        """No further than the last page that there is."""
        return self.found.order_by().values("pk")[:FURTHEST].count()

    __len__ = count

    def __getitem__(self, cut: slice) -> Any:
        keys = list(self.found.values_list("pk", flat=True)[:FURTHEST][cut])
        rows = with_unread(Conversation.objects.filter(pk__in=keys).for_listing(), self.viewer).in_bulk()
        return [rows[key] for key in keys if key in rows]


def _listed(request: HttpRequest, found: ConversationQuerySet) -> Any:
    """A page of them, looked up where it is shown."""
    listed = ListedByKey(found, request.user)
    return SimpleLazyObject(lambda: page_of(request, listed))  # type: ignore[arg-type]  # it is counted and cut, no more


def _tabs_everywhere(request: HttpRequest, only: str) -> list[dict[str, Any]]:
    here = request.path
    mine = [
        {"title": _("In my communities"), "url": here, "current": only not in {ALL, OPEN, UNREAD}},
        {"title": _("New for me"), "url": f"?only={UNREAD}", "current": only == UNREAD},
    ]
    return [
        *(mine if request.user.is_authenticated else []),
        {"title": _("Everywhere"), "url": f"?only={ALL}", "current": only == ALL},
        {"title": _("Not answered yet"), "url": f"?only={OPEN}", "current": only == OPEN},
    ]


def ask_context(request: HttpRequest, person: User) -> dict[str, Any]:
    """Whom to ask, once it is said what about; before that the reader's own communities."""
    about = parameter(request, "about")[:LONGEST_TITLE]
    return {
        "trail": [
            {"title": _("Today"), "url": "/"},
            {"title": _("Conversations"), "url": reverse("conversations:everywhere")},
        ],
        "about": about,
        "nearest": communities_for(about, person) if about else [],
        "mine": [] if about else communities_of(person),
        "found": beside(about, person) if about else None,
    }


def _tabs(request: HttpRequest, kind: str, only: str) -> list[dict[str, Any]]:
    tabs = [{"title": _("All of them"), "url": request.path, "current": not (kind or only)}]
    if request.user.is_authenticated:
        tabs.append({"title": _("New for me"), "url": f"?only={UNREAD}", "current": only == UNREAD})
    tabs.append({"title": _("Not answered yet"), "url": f"?kind=question&only={OPEN}", "current": only == OPEN})
    plural = {
        Kind.QUESTION: _("Questions"),
        Kind.DISCUSSION: _("Discussions"),
        Kind.IDEA: _("Ideas"),
        Kind.CONSULTATION: _("Consultations"),
        Kind.ANNOUNCEMENT: _("Announcements"),
    }
    for each, title in plural.items():
        tabs.append({"title": title, "url": f"?kind={each}", "current": kind == each and not only})
    return tabs


# -- one conversation --------------------------------------------------------------------------------------------------
def standing_of(conversation: Conversation, viewer: Viewer) -> Standing | None:
    """Where the reader stands; ``None`` before they have read any of it."""
    if not viewer.is_authenticated:
        return None
    ahead = ReadAhead.objects.filter(standing=OuterRef("pk"))
    mine = Standing.objects.filter(person=viewer.pk, conversation=conversation)
    return mine.annotate(reads_ahead=Exists(ahead)).first()


def nothing_is_new(_number: int) -> bool:
    """For whoever reads it for the first time: they know that all of it is new."""
    return False


def new_since(standing: Standing | None) -> Callable[[int], bool]:
    """What the reader had not seen before."""
    return nothing_is_new if standing is None or not standing.read_to else lambda number: not standing.has_read(number)


def asked_page(request: HttpRequest, conversation: Conversation) -> int:
    """The page of the conversation that the address asks for; the nearest one where it asks for nonsense."""
    number = parameter(request, "page")
    asked = int(number) if number.isascii() and number.isdigit() and len(number) < 9 else 1
    return min(max(1, asked), conversation.pages)


def url_after_merge(request: HttpRequest, pk: int, into: Conversation) -> str:
    """Where the posts of the asked page of conversation ``pk`` stand in the one that it was put into. A number after #
    never comes here, and browsers keep it where the new address names none: it would be that of another post.
    """
    lines = Entry.objects.filter(conversation=into, action="merge", undone=None, data__source=pk)
    data = lines.order_by("-at", "-pk").values_list("data", flat=True).first()
    if data is None:
        return into.url
    asked = parameter(request, "page")
    page = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 1
    before = bisect_left(data["places"], (max(1, page) - 1) * PER_PAGE + 1)
    return into.url_of(data["from"] + 1 + min(before, len(data["places"]) - 1))
