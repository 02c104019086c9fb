"""Roles that are suspended because a qualification is missing or has ended: which, why, and who is told.

Nothing marks a role as suspended. ``HoldingQuerySet.suspended`` asks each time, so that what was renewed a second ago
brings the role back.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _, gettext_lazy

from communities.choices import AwardState
from communities.models import Award, CommunityPage, Grant, Holding, Membership, Qualification, Role
from communities.notices import its_community, where
from core.audiences import Person, Viewer
from core.notices import Happened, NoticeKind, NoticeWords
from core.outbox import emit
from people.models import User

SUSPENDED = "communities.role_suspended"


@dataclass(frozen=True, slots=True)
class Suspended:
    """A role that opens nothing, and what is missing for it."""

    holding: Holding
    lacks: Mapping[Qualification, Award | None]  # the newest award of each, if there was any

    @property
    def because(self) -> str:
        """What is missing, as one clause."""
        return get_text_list([_clause(*each) for each in self.lacks.items()], _("and"))

    @property
    def is_waiting(self) -> bool:
        """Whether its person has done what they can, and others look at the evidence."""
        return all(award is not None and award.is_waiting for award in self.lacks.values())


def _clause(what: Qualification, award: Award | None) -> str:
    state = award.state if award is not None else None
    if state is AwardState.WAITING:
        return _("%(what)s waits to be verified") % {"what": what}
    if award is not None and award.ended_on:
        words = _("%(what)s was withdrawn on %(day)s") if award.withdrawal else _("%(what)s ended on %(day)s")
        return words % {"what": what, "day": date_format(award.ended_on, "j F Y")}
    return (_("%(what)s was not verified") if award else _("%(what)s is missing")) % {"what": what}


# -- which -------------------------------------------------------------------------------------------------------------
def suspended_of(person: User) -> list[Suspended]:
    """Their own, in four queries."""
    return _with_what_lacks(Holding.objects.suspended().filter(membership__person=person))


def suspended_in(community: CommunityPage) -> list[Suspended]:
    """For the stewards alone, in four queries."""
    return _with_what_lacks(Holding.objects.suspended().filter(membership__community=community))


def suspended_that_give(person: Viewer, capability: str, community: CommunityPage) -> list[Suspended]:
    """Those without which ``person`` cannot do this: the role would allow it, or was granted it."""
    granted = Grant.objects.in_force().filter(community=community, capability=capability).exclude(role=None)
    gives = Q(role__capabilities__holds=capability) | Q(role__in=granted.values("role"))
    mine = Holding.objects.suspended().filter(membership__person=person.pk, membership__community=community.pk)
    return _with_what_lacks(mine.filter(gives))


def _with_what_lacks(holdings: QuerySet[Holding]) -> list[Suspended]:
    found = list(
        holdings.filter(membership__community__live=True)
        .select_related("role", "membership__person", "membership__community")
        .prefetch_related(Prefetch("role__qualifications", Qualification.objects.order_by("name")))
        .order_by("membership__person__sort_name", "role__rank", "pk")
    )
    people = {held.membership.person_id for held in found}
    awards = list(Award.objects.filter(person__in=people).order_by("recorded_at", "pk")) if people else []
    newest = {(one.person_id, one.qualification_id): one for one in awards}
    counting = {(one.person_id, one.qualification_id) for one in awards if one.counts}
    return [Suspended(held, _lacks(held, newest, counting)) for held in found]


def _lacks(
    held: Holding, newest: Mapping[tuple[int, int], Award], counting: Collection[tuple[int, int]]
) -> Mapping[Qualification, Award | None]:
    person = held.membership.person_id
    return {
        what: newest.get((person, what.pk))
        for what in held.role.qualifications.all()
        if (person, what.pk) not in counting
    }


# -- who is told -------------------------------------------------------------------------------------------------------
def tell_suspended(membership: Membership, *roles: Role) -> None:
    """Somebody was named to these roles, or to all that they hold, and lacks what they demand: they hear of it."""
    held = Holding.objects.suspended().filter(membership=membership.pk)
    for one in held.filter(role__in=roles) if roles else held:
        emit(SUSPENDED, one, data=where(membership))


def tell_holders(role: Role, new: Iterable[Qualification]) -> None:
    """The role demands more than it did."""
    if new:
        emit(SUSPENDED, list(Holding.objects.suspended().filter(role=role)), data={"role": role.pk})


def its_holder(event: Happened) -> list[int]:
    return list(Holding.objects.filter(pk=event.subject_pk).values_list("membership__person_id", flat=True))


def suspended_told(reader: Person, keys: Collection[str]) -> Mapping[str, Suspended]:
    """Their own."""
    mine = Holding.objects.suspended().filter(pk__in=keys, membership__person=reader.pk)
    return {str(one.holding.pk): one for one in _with_what_lacks(mine)}


def said(one: Suspended, _event: Happened, _reader: Person) -> NoticeWords:
    community = one.holding.membership.community
    return NoticeWords(
        _("Your role %(role)s is suspended") % {"role": one.holding.role},
        reverse("qualifications:mine"),
        text=_("%(because)s.") % {"because": one.because},
        action=_("Give evidence"),
        about=community.title,
        subject=_("A role of yours is suspended"),
    )


KINDS = (
    NoticeKind(
        SUSPENDED,
        gettext_lazy("A role of yours demands a qualification that you have not given"),
        words=said,
        subjects=suspended_told,
        recipients=its_holder,
        matter=its_community,
    ),
)
