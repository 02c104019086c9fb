"""Who agrees to what somebody wrote: whoever publishes for its community, as the community's rule says."""

from collections.abc import Collection
from functools import reduce
from itertools import islice
from operator import or_
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PagePermissionTester, TaskState

from communities.approval.rules import forget, rules, rules_for
from communities.choices import Approval
from communities.models import CommunityContent, CommunityPage, Membership
from communities.permissions import communities_stewarded
from communities.rights import holds, lock
from communities.writing import writable_communities
from communities.writing.naming import content_pages, named_in, pages_of
from core.audiences import Viewer
from core.drafts import PageWithDrafts
from core.editing.access import is_open
from people.models import User

_STEWARDS = "_stewards_where"
LOOKED_AT = 30
"""Of what waits: whoever has that many to answer sees the oldest first, and the others when these are done."""
NOT_YOURS = _("What somebody wrote here needs another person’s word. Ask somebody who publishes for the community.")


class NotTheirs(PermissionDenied):
    """Somebody who may not, or may no longer, agree to it."""


class LacksWhatLivePagesNeed(PermissionDenied):
    """It lacks what a live page needs; the words say what."""


def communities_of(page: Page) -> frozenset[int | None]:
    """The communities that the row and the newest draft of ``page`` name."""
    if isinstance(page, CommunityPage):
        return frozenset({page.pk})
    return named_in(page) if isinstance(page, CommunityContent) else frozenset()


# -- where somebody publishes without asking, and where they agree -----------------------------------------------------
def agrees_in(person: Viewer, model: type) -> frozenset[int]:
    """The communities in which ``person`` agrees to pages of ``model`` that others wrote."""
    publishes = writable_communities.publishes_in(person, model)
    found = rules_for(person)
    if not found.are(Approval.STEWARD, publishes):
        return publishes
    stewarded = _stewarded(person)
    return frozenset(pk for pk in publishes if pk in stewarded or found.of(pk) is not Approval.STEWARD)


def publishes_at_once_in(person: Viewer, model: type) -> frozenset[int]:
    """Those in which what ``person`` writes needs nobody else's word."""
    agrees = agrees_in(person, model)
    found = rules_for(person) if agrees else None
    return frozenset(pk for pk in agrees if found and found.of(pk) is not Approval.ANOTHER)


def asks_first(person: Viewer, page: Page) -> bool:
    """Whether what ``person`` writes on ``page`` needs somebody else's word, whatever they may otherwise."""
    return isinstance(page, CommunityContent) and needs_a_word(person, type(page), {page.community_id})


def needs_a_word(person: Viewer, model: type, communities: Collection[int | None]) -> bool:
    """The same for one page type and the communities that a page of it names."""
    if person.is_superuser:
        return False
    found = rules_for(person)
    if found.are(Approval.ANOTHER, communities):
        return True
    stewards = {pk for pk in communities if found.of(pk) is Approval.STEWARD}
    return bool(stewards) and not stewards <= agrees_in(person, model)


def _stewarded(person: Viewer) -> frozenset[int]:
    known: frozenset[int] | None = person.__dict__.get(_STEWARDS)
    if known is None:
        known = person.__dict__[_STEWARDS] = frozenset(communities_stewarded(person))
    return known


# -- one page ----------------------------------------------------------------------------------------------------------
def approves(person: Viewer, page: Page) -> bool:
    """Whether ``person`` may agree to what waits on ``page``."""
    if not (person.is_authenticated and person.is_active and is_open(person, page)):
        return False
    named = communities_of(page)
    if not (person.is_superuser or _agrees(person, page, named)):
        return False
    return not (rules_for(person).are(Approval.ANOTHER, named) and is_theirs(person, page))


def _agrees(person: Viewer, page: Page, named: Collection[int | None]) -> bool:
    if not named or None in named:  # nobody's, or going to nobody: for the groups that the hub team lets in
        return bool(PagePermissionTester(person, page).can_publish())
    return set(named) <= agrees_in(person, type(page))


def is_theirs(person: Viewer, page: Page) -> bool:
    """Whether ``person`` made ``page``, or asked for it to be published."""
    state = page.current_workflow_state
    return page.owner_id == person.pk or bool(state and state.requested_by_id == person.pk)


def require_approval(person: Viewer, page: Page) -> None:
    """For the moment in which somebody agrees: rights and roles end before it, or after it."""
    for community in CommunityPage.objects.filter(pk__in=communities_of(page) - {None}).order_by("pk"):
        lock(community)
    forget(person)
    writable_communities.forget(person)
    person.__dict__.pop(_STEWARDS, None)
    if not approves(person, page):
        raise NotTheirs(NOT_YOURS)


def require_readiness(page: Page) -> None:
    """What a form asks before it publishes is asked here, too: a workflow publishes without a form."""
    draft = page.get_latest_revision_as_object()
    if isinstance(draft, PageWithDrafts) and (gaps := list(draft.asked_before_publishing())):
        raise LacksWhatLivePagesNeed(" ".join(map(str, gaps)))


# -- many --------------------------------------------------------------------------------------------------------------
def answered_by(person: Viewer, states: QuerySet[TaskState]) -> QuerySet[TaskState]:
    """Those of ``states`` to which ``person`` may agree: one subquery a page type, however many communities."""
    if not (person.is_authenticated and person.is_active):
        return states.none()
    if not person.is_superuser:
        theirs = (Q(pk__in=pages_of(kind, agrees_in(person, kind)).values("pk")) for kind in _kinds())
        states = _about(states, reduce(or_, theirs))
    if strict := _where_another_agrees(person):
        own = Page.objects.filter(reduce(or_, (Q(pk__in=_in(kind, strict)) for kind in _kinds())))
        of_own = states.filter(workflow_state__object_id__in=_keys(own.filter(owner=person.pk)))
        asked = states.filter(workflow_state__requested_by=person.pk, workflow_state__object_id__in=_keys(own))
        states = states.exclude(pk__in=of_own.values("pk")).exclude(pk__in=asked.values("pk"))
    return states


def waiting_anywhere() -> QuerySet[TaskState]:
    """What waits for the word of whoever publishes there."""
    return TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, task__communityapproval__isnull=False)


def waiting_for(person: Viewer, most: int) -> list[TaskState]:
    """What waits for ``person``'s word, longest first; of those who run the hub only where nobody else is left. Each
    has its page, as ``page``. Of a community that ``person`` does not see nothing is told; whoever runs the hub hears
    that something waits there, and is told what where they ``may_see`` it.
    """
    asked = waiting_anywhere() if person.is_superuser else answered_by(person, waiting_anywhere())
    states = list(asked.select_related("workflow_state__requested_by").order_by("started_at", "pk")[:LOOKED_AT])
    pages = _shown(person, [int(state.workflow_state.object_id) for state in states]) if states else {}
    for state in states:
        state.page = pages.get(int(state.workflow_state.object_id))
    there = (state for state in states if state.page is not None)
    return list(islice((each for each in there if not person.is_superuser or _is_left_to(person, each.page)), most))


def _shown(person: Viewer, keys: Collection[int]) -> dict[int, Any]:
    """The pages of these keys whose communities ``person`` sees; to whoever runs the hub, of all."""
    open_to = CommunityPage.objects.live() if person.is_superuser else CommunityPage.objects.shown_to(person)
    found: dict[int, Any] = {page.pk: page for page in open_to.filter(pk__in=keys)}
    for kind in content_pages():
        pages = kind.objects.filter(pk__in=keys, community__in=open_to.order_by().values("pk"))
        found |= {page.pk: page for page in pages.select_related("community")}
    return found


def _is_left_to(person: Viewer, page: Page) -> bool:
    """Whether whoever runs the hub is asked: as one of those who publish there, or because there is nobody else."""
    named = approvers_of(page)
    return not named or person.pk in named


def _kinds() -> list[Any]:
    return [CommunityPage, *content_pages()]


def _about(states: QuerySet[TaskState], pages: Q) -> QuerySet[TaskState]:
    return states.filter(workflow_state__object_id__in=_keys(Page.objects.filter(pages)))


def _keys(pages: QuerySet[Any]) -> QuerySet[Any]:
    """As workflows keep them."""
    return pages.annotate(text=Cast("pk", CharField())).values("text")


def _in(kind: type[CommunityPage | CommunityContent], communities: Collection[int]) -> QuerySet[Any]:
    key = "pk" if issubclass(kind, CommunityPage) else "community"
    pages: QuerySet[Any] = kind._default_manager.filter(**{f"{key}__in": communities}).values("pk")
    return pages


def _where_another_agrees(person: Viewer) -> list[int]:
    found = rules_for(person)
    if Approval.ANOTHER not in found.chosen.values() and found.default is not Approval.ANOTHER:
        return []
    return [pk for pk in CommunityPage.objects.values_list("pk", flat=True) if found.of(pk) is Approval.ANOTHER]


def approvers_of(page: Any) -> list[int]:
    """The people who may agree to what waits on ``page``, without whoever asked; none where nobody is left."""
    named = communities_of(page)
    if not named or None in named:
        return []
    found, model = rules(), type(page)
    state = page.current_workflow_state
    without = {state.requested_by_id} if state else set()
    people: set[int] | None = None
    for community in sorted(named - {None}, key=int):  # type: ignore[arg-type]  # None is taken out
        rule = found.of(community)
        gives = holds(*model.published_with)
        mine = Membership.objects.active().filter(gives, community=community, person__is_active=True)
        if rule is Approval.STEWARD:
            mine = mine.stewards()
        here = set(mine.values_list("person_id", flat=True))
        people = here if people is None else people & here
        if rule is Approval.ANOTHER:
            without.add(page.owner_id)
    return sorted((people or set()) - without)


def hub_team() -> list[int]:
    return list(User.objects.here().filter(is_superuser=True).values_list("pk", flat=True))
