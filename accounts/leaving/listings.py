"""What the pages of hand-overs show."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from django.apps import apps
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from accounts.leaving.models import Departure, HandedOver
from accounts.leaving.permissions import may_bring_back, may_decide
from core.audiences import Viewer, may_see
from core.editors import is_hub_team
from core.pagination import page_of
from core.parameters import parameter
from core.text import Words
from people.addresses import owner_of
from people.handover import HANDOVERS, Handover, LookedAfter, pk_of
from people.models import User

FOUND = 8


@dataclass(frozen=True, slots=True)
class HandoverRow:
    """One thing, as this viewer may read of it."""

    key: str
    title: Words
    url: str
    detail: Words


@dataclass(slots=True)
class HandoverGroup:
    """Things of one kind. ``closed`` counts those that the viewer may not see: the hub team sees to them."""

    name: str
    kind: Handover
    rows: list[HandoverRow] = field(default_factory=list)
    closed: int = 0

    @property
    def can_be_given(self) -> bool:
        return self.kind.give is not None


def groups_of(person: User, viewer: Viewer) -> list[HandoverGroup]:
    """What ``person`` looks after, by kind, as far as ``viewer`` may read of it. Empty kinds are left out."""
    found = []
    for given in HANDOVERS.contributions():
        if given.value.private and viewer.pk != person.pk:
            continue
        group = HandoverGroup(given.name, given.value)
        for held in given.value.held(person):
            if row := _row(held, person, viewer, group):
                group.rows.append(row)
            elif group.can_be_given:
                group.closed += 1
        if group.rows or group.closed:
            found.append(group)
    return found


def _row(held: LookedAfter, person: User, viewer: Viewer, group: HandoverGroup) -> HandoverRow | None:
    """The hub team reads that there is something to give, by the name of its community. A sponsor reads what they may
    see. To which private communities somebody belongs is nobody's business: there is nothing to see to.
    """
    if viewer.pk == person.pk or may_see(viewer, held.thing):
        return HandoverRow(held.key, held.title, held.url, held.detail)
    return HandoverRow(held.key, held.closed_title, "", "") if is_hub_team(viewer) and group.can_be_given else None


def holds_anything(person: User) -> bool:
    """Whether there is something that could be given to somebody."""
    return any(any(True for _one in kind.held(person)) for kind in HANDOVERS if kind.give is not None)


# -- who is to have it -------------------------------------------------------------------------------------------------
def people_called(words: str, viewer: Viewer, leaver: User) -> list[User]:
    """People whom ``viewer`` may see and who are called so, or have this address."""
    shown = User.objects.shown_to(viewer).exclude(pk=leaver.pk).filter(_stays())
    if "@" in words:
        owner = owner_of(words.strip())
        return list(shown.filter(pk=owner.pk)) if owner else []
    return list(shown.named(words).by_name()[:FOUND]) if words.strip() else []


def chosen(slug: str, viewer: Viewer, leaver: User) -> User | None:
    """Who was chosen, as long as the viewer may see them."""
    return User.objects.shown_to(viewer).exclude(pk=leaver.pk).filter(_stays(), slug=slug).first()


def _stays() -> Q:
    return Q(leaves_on=None) | Q(leaves_on__gte=timezone.localdate())


def handover_context(request: HttpRequest, person: User) -> dict[str, Any]:
    """The page of one hand-over."""
    viewer = cast("User", request.user)
    words, to = parameter(request, "q"), chosen(parameter(request, "to"), viewer, person)
    found = people_called(words, viewer, person) if not to else []
    if len(found) == 1:
        to, found = found[0], []
    return {
        "person": person,
        "departure": Departure.objects.filter(person=person, returned=None).select_related("by").first(),
        "groups": groups_of(person, viewer),
        "given": _told(HandedOver.objects.filter(of=person, fell=False).select_related("to")[:FOUND], viewer),
        "to": to,
        "q": words,
        "found": found,
        "is_me": viewer.pk == person.pk,
        "is_hub_team": is_hub_team(viewer),
        "decides": may_decide(viewer, person),
        "brings_back": may_bring_back(viewer, person),
    }


# -- all of them -------------------------------------------------------------------------------------------------------
def leaving_context(request: HttpRequest) -> dict[str, Any]:
    """Hand-overs that are open, people who leave on a day to come, and what is done."""
    state = parameter(request, "state")
    away = Departure.objects.filter(returned=None, person__is_active=False).select_related("person", "by")
    soon = User.objects.here().filter(leaves_on__gte=timezone.localdate()).order_by("leaves_on", "sort_name")
    lists: dict[str, Any] = {
        "": away.filter(settled=None).order_by("-since", "-pk"),
        "soon": soon,
        "done": away.exclude(settled=None).order_by("-settled", "-pk"),
    }
    state = state if state in lists else ""
    return {
        "state": state,
        "rows": SimpleLazyObject(lambda: page_of(request, lists[state])),
        "counts": {"open": lists[""].count(), "soon": soon.count()},
    }


# -- what came to me ---------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Received:
    """A thing that was handed over; without a title where the viewer may not see it, or where it is gone."""

    given: HandedOver
    label: Words
    title: str
    url: str


def received_context(request: HttpRequest) -> dict[str, Any]:
    """What was handed over to the viewer; to the hub team also what fell to nobody else."""
    viewer = cast("User", request.user)
    mine = Q(to=viewer) | (Q(to=None, fell=True) if is_hub_team(viewer) else Q(pk__in=()))
    page = page_of(request, HandedOver.objects.filter(mine).select_related("of"))
    page.object_list = _told(page.object_list, viewer)
    return {"received": page}


def _told(given: Iterable[Any], viewer: Viewer) -> list[Received]:
    """What was given, as far as ``viewer`` may see it."""
    rows: list[HandedOver] = list(given)
    seen = things_seen((one.key for one in rows), viewer)
    return [_received(one, seen.get(one.key)) for one in rows]


def _received(given: HandedOver, thing: object) -> Received:
    kind = HANDOVERS.get(given.what)
    title = str(getattr(thing, "heading", "") or getattr(thing, "title", ""))
    return Received(given, kind.label if kind else "", title, str(getattr(thing, "url", "")) if thing else "")


def things_seen(keys: Iterable[str], viewer: Viewer) -> Mapping[str, Any]:
    """The things of these keys that ``viewer`` may see now: one query for each kind."""
    wanted: dict[str, set[int]] = {}
    for key in keys:
        wanted.setdefault(key.partition(":")[0], set()).add(pk_of(key))
    return {f"{label}:{thing.pk}": thing for label, pks in wanted.items() for thing in _seen(label, pks, viewer)}


def _seen(label: str, pks: Collection[int], viewer: Viewer) -> Iterable[Any]:
    return apps.get_model(label)._default_manager.shown_to(viewer).filter(pk__in=pks)
