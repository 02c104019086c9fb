"""In which communities somebody writes: one query, however many communities there are."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import QuerySet, TextField, Value

from communities.choices import Capability
from communities.models import CommunityContent, Grant, Holding, Membership
from communities.rights import holds
from core.audiences import Viewer
from core.editing.access import ask_again

WRITING = (
    Capability.EDIT_PAGE,
    Capability.WRITE_STORIES,
    Capability.PUBLISH_STORIES,
    Capability.GUIDANCE,
    Capability.SURGERIES,
)
"""What there is to do in the editor. Whoever may do one of these somewhere enters it."""
_KNOWN = "_writes_where"
Where = Mapping[Capability, frozenset[int]]


def where(person: Viewer) -> Where:
    """The keys of the communities in which ``person`` has each of the capabilities, asked once per request."""
    known: Where | None = person.__dict__.get(_KNOWN)
    if known is None:
        known = person.__dict__[_KNOWN] = _ask(person)
    return known


def forget(person: Viewer) -> None:
    """Ask again at the next question: a right is used now."""
    person.__dict__.pop(_KNOWN, None)
    ask_again(person)


def _ask(person: Viewer) -> Where:
    """What ``rights.holds`` says, for all of ``WRITING`` at once: roles in effect, and grants to all or to such a role.

    A filter by ``holds`` for each capability took 20 subqueries, and longer to put together than the page to draw.
    """
    found: dict[str, set[int]] = {capability.value: set() for capability in WRITING}
    roles, granted = set(), []
    for community, role, by_role, by_grant in _rows(person) if person.is_authenticated and person.is_active else ():
        if by_grant:
            granted.append((community, role, by_grant))
            continue
        roles.add((community, role))
        for capability in found.keys() & set(by_role):
            found[capability].add(community)
    for community, role, capability in granted:
        if role is None or (community, role) in roles:
            found[capability].add(community)
    return {capability: frozenset(found[capability.value]) for capability in WRITING}


def _rows(person: Viewer) -> QuerySet[Any, tuple[int, int | None, Collection[str], str]]:
    """Community and role, and what the role gives or what a grant does, in one query."""
    mine, nothing = Membership.objects.active().filter(person=person.pk), Value("", output_field=TextField())
    held = Holding.objects.in_effect().filter(membership__in=mine).order_by()
    grants = Grant.objects.in_force().filter(community__in=mine.values("community"), capability__in=WRITING).order_by()
    rows: QuerySet[Any, Any] = held.values_list("membership__community_id", "role_id", "role__capabilities", nothing)
    return rows.union(grants.values_list("community_id", "role_id", nothing, "capability"), all=True)


def anywhere(person: Viewer) -> frozenset[int]:
    """The communities for which ``person`` writes something."""
    return frozenset().union(*where(person).values())


def writes_somewhere(person: Viewer) -> bool:
    """Whether ``person`` has anything to do in the editor."""
    return bool(anywhere(person))


def enters_the_editor(person: Viewer) -> bool:
    """Whether the editor's door opens to ``person``: whoever belongs to the organisation and writes somewhere.

    A grant to a whole community makes writers of its residents, too. They write on the hub's own pages; the editor is
    for those of them whom somebody gave a role.
    """
    if not writes_somewhere(person):
        return False
    held = Holding.objects.in_effect().filter(membership__person=person.pk, membership__state="active")
    return bool(getattr(person, "is_insider", False)) or held.exists()


def writes_one(person: Viewer, model: type[CommunityContent], community: int) -> bool:
    """The same for one community, where nothing else is asked: pages that people read ask this one thing."""
    gives = holds(*model.written_with)
    return Membership.objects.active().filter(gives, person=person.pk, community=community).exists()


def writes_in(person: Viewer, model: type) -> frozenset[int]:
    """The communities for which ``person`` writes pages of ``model``."""
    return _keys(person, getattr(model, "written_with", ()))


def publishes_in(person: Viewer, model: type) -> frozenset[int]:
    """Those whose pages of ``model`` they put before readers."""
    return _keys(person, getattr(model, "published_with", ()))


def _keys(person: Viewer, capabilities: Collection[Capability]) -> frozenset[int]:
    return frozenset().union(*(where(person)[one] for one in capabilities))
