"""Whose a question is: the keeper's, from its last day on the backup's too, and then the stewards' and the sponsor's.

Whoever is away, has left or whose account is off is passed over; where nobody is left, it is the stewards'. Where all
of these are away, it is also theirs who stand in for them and belong to the community: only members answer.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Coalesce

from communities.models import CommunityPage, Membership
from conversations.choices import Reached
from conversations.models import CommunityPromise, Conversation, Promise
from conversations.querysets import PromiseQuerySet, due, half, late
from core.audiences import Person, Viewer
from people.away import Absence, away_today, stand_ins_of, stands_in_for
from people.models import User


@dataclass(frozen=True, slots=True)
class Keepers:
    """Those of one community who are there today."""

    keeper: User | None = None
    backup: User | None = None

    @property
    def first(self) -> User | None:
        return self.keeper or self.backup

    def without(self, askers: Collection[int]) -> "Keepers":
        """The same for a question of these people (keys): nobody is asked to answer themselves."""
        return Keepers(*(None if each and each.pk in askers else each for each in (self.keeper, self.backup)))


def is_here(part: str) -> Exists:
    """Whether the keeper or the backup is a member who may answer, and is not away."""
    person = f"{part}_id"
    members = Membership.objects.active().filter(
        person=OuterRef(person), person__is_active=True, community=OuterRef("community")
    )
    away = Absence.objects.present().filter(person=OuterRef("person"))
    return Exists(members.filter(~Exists(away)))


def keepers_of(communities: Iterable[int]) -> dict[int, Keepers]:
    """Who keeps the promise of each of these communities (keys) today, in one query."""
    rows = CommunityPromise.objects.filter(community__in=list(communities)).select_related("keeper", "backup")
    rows = rows.annotate(keeper_here=is_here("keeper"), backup_here=is_here("backup"))
    return {
        row.community_id: Keepers(row.keeper if row.keeper_here else None, row.backup if row.backup_here else None)
        for row in rows
    }


def stewards_of(community: int) -> list[int]:
    stewards = Membership.objects.stewards().filter(community=community, person__is_active=True)
    return list(stewards.order_by("person_id").values_list("person_id", flat=True))


def concerned(community: int, reached: Reached, askers: Collection[int] = ()) -> list[int]:
    """Whose a question of this community is by now (keys). Nobody is asked to answer themselves: ``askers`` are whoever
    asked, and whoever it was asked for.
    """
    found = keepers_of([community]).get(community, Keepers()).without(askers)
    named = [each.pk for each in (found.keeper, found.backup) if each]
    if reached == Reached.HALF:
        named = named[:1]
    if reached == Reached.LATE:
        sponsor = CommunityPage.objects.filter(pk=community, sponsor__is_active=True).values_list("sponsor", flat=True)
        stewards = stewards_of(community)
        return _others([*named, *stewards, *_stand_ins(community, stewards), *sponsor], askers)
    return named or _present(community, _others(stewards_of(community), askers), askers)


def _others(people: Iterable[int], askers: Collection[int]) -> list[int]:
    return [each for each in dict.fromkeys(people) if each not in askers]


def _present(community: int, stewards: list[int], askers: Collection[int]) -> list[int]:
    """Those who are not away; where everybody is, all of them, and whoever stands in."""
    away = away_today(stewards)
    here = [each for each in stewards if each not in away]
    return here or _others([*stewards, *_stand_ins(community, stewards)], askers)


def _stand_ins(community: int, stewards: list[int]) -> list[int]:
    """Members who stand in today for the stewards, where all of these are away."""
    if not stewards or away_today(stewards) != set(stewards):
        return []
    members = Membership.objects.active().filter(community=community, person__in=stand_ins_of(stewards))
    return sorted(members.values_list("person_id", flat=True))


def _stood_in_for(person: Person) -> Any:
    """The communities (keys) whose stewards are all away, one of whom ``person`` stands in for, as a member there; none
    is looked for where they stand in for nobody.
    """
    if not (away := stands_in_for(person.pk)):
        return ()
    stewards = Membership.objects.stewards().filter(community=OuterRef("community"))
    present = stewards.filter(person__is_active=True).exclude(person__in=Absence.objects.present().values("person"))
    mine = Membership.objects.active().filter(Exists(stewards.filter(person__in=away)), ~Exists(present))
    return mine.filter(person=person.pk).order_by().values("community_id")


# -- asked of somebody -------------------------------------------------------------------------------------------------
class Duties(NamedTuple):
    """The communities (keys) of which somebody is steward, or sponsor, or named as keeper or backup of the promise."""

    steward: frozenset[int]
    sponsor: frozenset[int]
    keeper: frozenset[int]
    backup: frozenset[int]


def duties_of(person: Person) -> Duties:
    """In one query: most people have none, and what has to do with none is asked for nobody."""
    rules = CommunityPromise.objects.order_by()
    where = {
        "steward": (Membership.objects.stewards().order_by().filter(person=person.pk), "community_id"),
        "sponsor": (CommunityPage.objects.order_by().filter(sponsor=person.pk), "pk"),
        "keeper": (rules.filter(keeper=person.pk), "community_id"),
        "backup": (rules.filter(backup=person.pk), "community_id"),
    }
    first, *others = (rows.values_list(Value(duty), key) for duty, (rows, key) in where.items())
    found = list(first.union(*others))
    return Duties(*(frozenset(pk for duty, pk in found if duty == each) for each in Duties._fields))


def asked_of(person: Person, now: datetime, duties: Duties | None = None) -> PromiseQuerySet:
    """The questions that are ``person``'s by now, most pressing first; as a query, to be asked or built on. Their
    ``duties`` are asked first where they are not known.
    """
    duties, stood_in_for = duties or duties_of(person), _stood_in_for(person)
    if not any(duties) and stood_in_for == ():
        return Promise.objects.none()
    theirs = Q(pk__in=())
    rules = CommunityPromise.objects.filter(community=OuterRef("conversation__community"))
    asker, principal = OuterRef("conversation__begun_by"), Coalesce(OuterRef("conversation__principal"), Value(0))
    keeper_here = Exists(rules.filter(is_here("keeper")).exclude(keeper=asker).exclude(keeper=principal))
    backup_here = Exists(rules.filter(is_here("backup")).exclude(backup=asker).exclude(backup=principal))
    if duties.keeper:
        theirs |= Q(half(now), Exists(rules.filter(is_here("keeper"), keeper=person.pk)))
    if duties.backup:
        backed = Q(Exists(rules.filter(is_here("backup"), backup=person.pk)))
        theirs |= backed & (Q(half(now), ~Q(keeper_here)) | due(now))
    if duties.steward or stood_in_for != ():
        own = Q(conversation__community__in=duties.steward) | Q(conversation__community__in=stood_in_for)
        theirs |= own & (Q(half(now), ~Q(keeper_here), ~Q(backup_here)) | late(now))
    if duties.sponsor:
        theirs |= Q(late(now), conversation__community__in=duties.sponsor)
    found = Promise.objects.running().filter(theirs).exclude(_asked_by(person))
    return _shown(found, person).order_by(F("answer_by").asc(nulls_last=True), "pk")


def waiting_for(person: Person) -> PromiseQuerySet:
    """The questions of ``person`` in which somebody asked them back."""
    mine = Promise.objects.open().filter(_asked_by(person), waiting_since__isnull=False)
    return _shown(mine, person).order_by("waiting_since", "pk")


def _asked_by(person: Person) -> Q:
    """What somebody asked, or what was asked in their name."""
    return Q(conversation__begun_by=person.pk) | Q(conversation__principal=person.pk)


def _shown(promises: PromiseQuerySet, viewer: Viewer) -> PromiseQuerySet:
    shown = Conversation.objects.shown_to(viewer).order_by().values("pk")
    found: PromiseQuerySet = promises.filter(conversation__in=shown)
    return found
