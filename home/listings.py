"""What the front page shows."""

from collections.abc import Collection
from typing import Any

from django.db.models import Count, QuerySet, Subquery, Value
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _, ngettext

from accounts.invitations.listings import held_invitations
from accounts.stays.listings import stays_to_review
from accounts.stays.models import scope_of
from communities.listings import my_communities, news_of_my_memberships, unattended
from communities.models import CommunityIndexPage, CommunityPage, Membership, Stage, State
from conversations.outcomes.listings import changed_because
from conversations.promise.keepers import duties_of
from core.audiences import Viewer
from core.editors import is_hub_team
from core.holdings import HOLDINGS
from design.templatetags.look import names
from home.first_hour.listings import on_the_front_page
from home.models import HomePage, PlainPage
from home.news import with_news
from home.to_do import AskedOfYou
from home.to_do_roles import asked_by_roles_of
from knowledge.listings import due_for
from knowledge.models import GuidancePage
from people.absence.listings import stood_in_by
from people.away import Leave, known_now, stands_in_for, today
from people.models import User
from reading.listings import for_you
from stories.listings import in_a_list, stories_shown_to
from surgeries.listings import next_sessions, sessions_i_mentor, sessions_without_mentor

PRIVACY = "privacy"
SESSIONS = 3
STORIES = 4
COMMUNITIES = 6
DUE = 3
UNATTENDED = 3
STOOD_IN = 3


def front_context(request: HttpRequest, page: HomePage) -> dict[str, Any]:
    """The front page: for somebody signed in what waits for them and their communities, for everybody what is
    happening.
    """
    person = request.user if request.user.is_authenticated else None
    stories = SimpleLazyObject(lambda: in_a_list(stories_shown_to(request.user)[:STORIES], request.user))
    mine = SimpleLazyObject(lambda: _counted(my_communities(request.user), request.user))
    communities = SimpleLazyObject(lambda: _counted(_lively(request.user), request.user))
    return {
        "sessions": SimpleLazyObject(lambda: next_sessions(request.user, SESSIONS)),
        "stories": stories,
        "mine": mine,
        "communities": communities,
        "outcomes": SimpleLazyObject(lambda: changed_because(request.user)),
        "communities_page": SimpleLazyObject(CommunityIndexPage.objects.first),
        "asked_scopes": _asked_scopes(request.user),
        "asked_of_me": SimpleLazyObject(lambda: asked_of(person, request) if person else []),
        "first_hour": on_the_front_page(request.user),
        "for_you": for_you(request, beside=stories),
        "community_count": lambda: next((one.of_all for one in mine or communities), 0),
        "host": SimpleLazyObject(lambda: host_of(page, request.user)),
    }


def plain_context(_request: HttpRequest, page: PlainPage) -> dict[str, Any]:
    """The page of what is held about people ends with what every room says that it holds."""
    return {"holdings": list(HOLDINGS) if page.slug == PRIVACY else []}


def host_of(page: HomePage, viewer: Viewer) -> User | None:
    """Who shows newcomers round, for those who may see them."""
    host: User | None = User.objects.shown_to(viewer).filter(pk=page.host_id).first() if page.host_id else None
    return host


def _lively(viewer: Viewer) -> Any:
    """For whoever has no community yet: those at work, the largest first."""
    at_work = CommunityPage.objects.shown_to(viewer).exclude(stage=Stage.CLOSED)
    return at_work.select_related("places").order_by("-places__taken", "title")


def _counted(communities: QuerySet[Any], viewer: Viewer) -> list[Any]:
    """The first of ``communities`` with their news; each says how many there are in all, in the same query."""
    shown = CommunityPage.objects.shown_to(viewer).order_by().annotate(one=Value(1)).values("one")
    of_all = Subquery(shown.annotate(n=Count("pk")).values("n"))
    return with_news(communities.annotate(of_all=of_all), viewer, COMMUNITIES)


def _asked_scopes(viewer: Viewer) -> str:
    """What also changes what waits for them."""
    away = stands_in_for(viewer.pk) if viewer.is_authenticated else frozenset()
    also = {"members", "stays", "invitations"} if is_hub_team(viewer) else {"members"} if away else set()
    return " ".join(sorted({scope_of(viewer.pk), *also, *map(scope_of, away)}))


def asked_of(person: User, request: HttpRequest | None = None, *, to_publish: bool = True) -> list[AskedOfYou]:
    """What waits for ``person``, most pressing first: what others decided about them, people who asked to join, what
    others wrote and ask to publish, communities that nobody looks after, sessions to hold, guidance that is due.
    """
    duties = duties_of(person)
    stewarded = duties.steward
    return [
        *_decided(person),
        *asked_by_roles_of(person, duties, to_publish=to_publish),
        *_unattended(person),
        *_invitations(person),
        *_stays(person, request),
        *_sessions(person),
        *_without_mentor(person, stewarded),
        *_checks(person, stewarded),
        *_absences(person),
    ]


def _decided(person: User) -> list[AskedOfYou]:
    return [
        _invited(news) if news.state == State.INVITED else _removed(news) for news in news_of_my_memberships(person)
    ]


def _removed(ended: Membership) -> AskedOfYou:
    return AskedOfYou(
        title=_("You are no longer a member of %(community)s") % {"community": ended.ended_name},
        text=ended.reason,
        action=_("Read it"),
        url=reverse("communities:removed", args=[ended.pk]),
    )


def _invited(invited: Membership) -> AskedOfYou:
    who = invited.invited_by or _("A facilitator")
    return AskedOfYou(
        title=_("%(person)s invites you to %(community)s") % {"person": who, "community": invited.community.title},
        text=invited.community.purpose,
        action=_("Answer"),
        url=reverse("communities:invitation", args=[invited.community.slug]),
    )


def _unattended(person: User) -> list[AskedOfYou]:
    """For the hub team. A community that they may not see is counted and not named here."""
    if not is_hub_team(person):
        return []
    shown = list(unattended().visible_to(person)[: UNATTENDED + 1])
    asked = [
        AskedOfYou(
            title=_("Nobody looks after %(community)s") % {"community": community.title}
            if community.lacks_facilitator
            else _("The sponsor of %(community)s is gone") % {"community": community.title},
            text=_("Requests to join come to you.") if community.lacks_facilitator else _("Name another one."),
            action=_("See to it"),
            url=reverse("communities:facilitators", args=[community.slug]),
        )
        for community in shown[:UNATTENDED]
    ]
    if more := unattended(with_few=True).count() - len(asked):
        words = (
            ngettext("One more community to see to", "%(n)s more communities to see to", more)
            if asked
            else ngettext("One community to see to", "%(n)s communities to see to", more)
        ) % {"n": more}
        asked.append(AskedOfYou(title=words, text="", action=_("See them all"), url=reverse("communities:unattended")))
    return asked


def _invitations(person: User) -> list[AskedOfYou]:
    """For the hub team: others say of somebody that they work here, and no rule says so."""
    if not is_hub_team(person) or not (waiting := held_invitations().count()):
        return []
    words = ngettext(
        "One colleague is invited, and waits for your word", "%(n)s colleagues wait for your word", waiting
    )
    return [
        AskedOfYou(
            title=words % {"n": waiting},
            text=_("Whoever invited them says that they work here. The e-mail goes out when you say so, too."),
            action=_("Look at it"),
            url=f"{reverse('invitations')}?state=held",
        )
    ]


def _stays(person: User, request: HttpRequest | None) -> list[AskedOfYou]:
    due = list(stays_to_review(request, person)[: DUE + 1])
    asked = [
        AskedOfYou(
            title=_("Does %(person)s stay?") % {"person": stay.person},
            text=_("%(purpose)s. To be looked at again by %(day)s.")
            % {"purpose": stay.purpose.rstrip("."), "day": date_format(stay.review_on, "j F Y")},
            action=_("Extend or end"),
            url=reverse("stay", args=[stay.pk]),
        )
        for stay in due[:DUE]
    ]
    if len(due) > DUE:
        more = stays_to_review(request, person).count() - DUE
        words = ngettext("One more stay to look at", "%(n)s more stays to look at", more) % {"n": more}
        asked.append(AskedOfYou(words, "", _("See them all"), f"{reverse('stays')}?state=due"))
    return asked


def _sessions(person: User) -> list[AskedOfYou]:
    return [
        AskedOfYou(
            title=_("You are there to help: %(session)s") % {"session": session.heading},
            text=session.where,
            action=_("See the session"),
            url=session.url,
            due=session.starts,
        )
        for session in sessions_i_mentor(person, 2)
    ]


def _without_mentor(person: User, stewarded: Collection[int]) -> list[AskedOfYou]:
    words = _("%(people)s cannot be there: %(session)s")
    return [
        AskedOfYou(
            title=words % {"people": names(lacking), "session": session.heading},
            text=_("Away that day. Find somebody else, move it or cancel it."),
            action=_("See the session"),
            url=session.url,
            due=session.starts,
        )
        for session, lacking in sessions_without_mentor(person, 2, stewarded)
    ]


def _absences(person: User) -> list[AskedOfYou]:
    """One's own absence that has no end, and whom one stands in for today."""
    leaves = known_now()
    mine = [leave for leave in leaves.get(person.pk, ()) if leave.last is None and leave.first < today()]
    return [*map(_back, mine), *(_stood_in(other, leave) for other, leave in stood_in_by(person, leaves)[:STOOD_IN])]


def _back(leave: Leave) -> AskedOfYou:
    return AskedOfYou(
        title=_("Are you back?"),
        text=_("You are shown as away since %(day)s.") % {"day": date_format(leave.first, "j F Y")},
        action=_("Say so"),
        url=reverse("people:away"),
    )


def _stood_in(person: User, leave: Leave) -> AskedOfYou:
    return AskedOfYou(
        title=_("You stand in for %(person)s") % {"person": person},
        text=_("Away %(days)s.") % {"days": leave.days},
        action=_("See their page"),
        url=person.get_absolute_url(),
    )


def _checks(person: User, stewarded: Collection[int]) -> list[AskedOfYou]:
    due = list((guidance := due_for(person, stewarded))[: DUE + 1])
    asked = [
        AskedOfYou(
            title=_("Does it still hold? %(page)s") % {"page": page.title},
            text=_due(page),
            action=_("Look at it again"),
            url=page.url,
        )
        for page in due[:DUE]
    ]
    if len(due) > DUE:
        more = guidance.count() - DUE
        words = ngettext("One more page is due", "%(n)s more pages are due", more) % {"n": more}
        asked.append(AskedOfYou(title=words, text="", action=_("See them all"), url=reverse("knowledge:due")))
    return asked


def _due(page: GuidancePage) -> str:
    words = {
        "day": date_format(page.due_on, "j F Y") if page.due_on else "",
        "person": page.away,
    }
    if page.away:
        return _("For %(person)s, who is away. Was to be checked by %(day)s.") % words
    return _("Was to be checked by %(day)s.") % words
