"""Job descriptions of some people on one day, in a number of queries that grows with nothing.

Whoever it is about reads all of it. Another reader reads of communities that they may see, and of no no.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.job_description.answers import HolderAnswers
from communities.job_description.days import ReferenceDay
from communities.job_description.shapes import (
    Belonging,
    Description,
    EndedBelonging,
    GrantThen,
    QualificationThen,
    Review,
    RoleThen,
)
from communities.models import CommunityPage, Grant, Holding, Membership, PastMembership, Stage
from communities.qualifications.listings import awards_of_people
from core.audiences import Viewer
from people.models import User


def description_of(person: User, day: ReferenceDay, reader: Viewer) -> Description:
    """One person's."""
    return descriptions_of([person], day, reader)[person.pk]


def descriptions_of(people: Sequence[User], day: ReferenceDay, reader: Viewer) -> dict[int, Description]:
    """One for each of ``people``, by their keys."""
    found = {person.pk: Description(person, day) for person in people}
    theirs = Membership.objects.filter(person__in=found, joined__lte=day.at).select_related("community")
    memberships = list(theirs.annotate(was_active=Exists(_active_at(day.at))).order_by("community__title", "pk"))
    sight = Sight(reader, memberships)
    shown = [one for one in memberships if one.person_id == reader.pk or sight.sees(one)]
    _belongings(found, [one for one in shown if one.was_active], sight, day)
    _of_deleted_communities(found, day, reader)
    _ended(found, shown, sight, day)
    for award in awards_of_people(list(found), day.at):
        held = QualificationThen(str(award.qualification), award.awarded_on, award.until, award.decided_name)
        found[award.person_id].qualifications.append(held)
    for description in found.values():
        description.reviews = sorted(_reviews(description), key=lambda one: one.day) if day.is_today else []
    return found


def _active_at(at: datetime) -> Any:
    return Membership.objects.active(at).filter(pk=OuterRef("pk"))


class Sight:
    """Which communities the reader may see, and what they are called to them."""

    def __init__(self, reader: Viewer, memberships: Iterable[Membership]) -> None:
        communities = CommunityPage.objects.filter(pk__in={one.community_id for one in memberships})
        rows = communities.visible_to(reader).values_list("pk", "live")
        self.seen = dict(rows)

    def sees(self, membership: Membership) -> bool:
        return membership.community_id in self.seen

    def name(self, membership: Membership) -> str:
        """What it is called now, or was called when they left what they may not see any more."""
        is_over = membership.until is not None and not self.sees(membership)
        return membership.ended_name if is_over else membership.community.title

    def url(self, membership: Membership) -> str:
        """Nothing where there is no page for the reader."""
        return (membership.community.url or "") if self.seen.get(membership.community_id) else ""


# -- what they were ----------------------------------------------------------------------------------------------------
def _belongings(
    found: dict[int, Description], memberships: Sequence[Membership], sight: Sight, day: ReferenceDay
) -> None:
    roles, role_keys = _roles(memberships, day)
    grants = _grants([one for one in memberships if sight.sees(one)], role_keys, day)
    for one in memberships:
        community = one.community
        belonging = Belonging(
            name=sight.name(one),
            url=sight.url(one),
            note=one.note if day.is_today else "",
            since=timezone.localdate(one.joined),
            purpose=community.purpose if day.is_today and sight.sees(one) else "",
            review_on=community.review_on if day.is_today and sight.sees(one) else None,
            is_closed=_is_closed(community, day),
            roles=roles[one.pk],
            grants=grants[one.pk],
        )
        found[one.person_id].belongings.append(belonging)
    for description in found.values():  # those with a role first, and no order among them but the alphabet's
        description.belongings.sort(key=lambda one: not one.roles)


def _is_closed(community: CommunityPage, day: ReferenceDay) -> bool:
    closed = community.stage == Stage.CLOSED
    return closed and (community.closed_on <= day.day if community.closed_on else day.is_today)


def _roles(
    memberships: Sequence[Membership], day: ReferenceDay
) -> tuple[dict[int, list[RoleThen]], dict[int, set[int]]]:
    """The roles of each membership on that day, and the keys of those that were in effect."""
    works = Holding.objects.in_effect(day.at).filter(pk=OuterRef("pk"))
    kept = Holding.objects.kept(day.at).filter(membership__in=[one.pk for one in memberships])
    holdings = list(kept.annotate(works=Exists(works)).shown())
    answers = HolderAnswers(holdings, day.at)
    shown: dict[int, list[RoleThen]] = defaultdict(list)
    in_effect: dict[int, set[int]] = defaultdict(set)
    for one in holdings:
        shown[one.membership_id].append(_role(one, answers))
        if one.works:
            in_effect[one.membership_id].add(one.role_id)
    return shown, in_effect


def _role(holding: Holding, answers: HolderAnswers) -> RoleThen:
    said, words = answers.of(holding), answers.words_for(holding)
    accepted = said is not None and said.accepts
    return RoleThen(
        name=str(holding.role),
        what_for=holding.role.what_for,
        since=timezone.localdate(holding.since),
        is_in_effect=bool(getattr(holding, "works", False)),
        lines=[line for line in words.text.splitlines() if line.strip()] if words else [],
        accepted_on=timezone.localdate(said.at) if said is not None and accepted else None,
        version=words.number if words and accepted else None,
        asked_anew=answers.is_asked_anew(holding),
        is_declined=said is not None and not said.accepts,
    )


def _grants(
    memberships: Sequence[Membership], roles: dict[int, set[int]], day: ReferenceDay
) -> dict[int, list[GrantThen]]:
    """What reached each membership then: what every member may do, and what one of their roles may."""
    by_community: dict[int, list[Grant]] = defaultdict(list)
    in_force = Grant.objects.in_force(day.at).filter(community__in={one.community_id for one in memberships})
    for grant in in_force.order_by("capability", "asset", "pk"):
        by_community[grant.community_id].append(grant)
    reached: dict[int, list[GrantThen]] = defaultdict(list)
    for one in memberships:
        theirs = [grant for grant in by_community[one.community_id] if grant.role_id in {None, *roles[one.pk]}]
        reached[one.pk] = [
            GrantThen(grant.what, grant.on_what_authority, grant.conditions, grant.last_day) for grant in theirs
        ]
    return reached


def _of_deleted_communities(found: dict[int, Description], day: ReferenceDay, reader: Viewer) -> None:
    """Only they themselves read what they were there: who else could have seen it went with the page."""
    if reader.pk not in found:
        return
    description = found[reader.pk]
    for past in PastMembership.objects.filter(person=reader.pk, joined__lte=day.at).order_by("name", "pk"):
        roles = list(roles_of(past, day.at))
        if past.until > day.at:
            description.belongings.append(Belonging(past.name, "", "", timezone.localdate(past.joined), roles=roles))
        else:
            what = ", ".join(role["name"] for role in past.roles) or _("Member")
            days = (timezone.localdate(past.joined), timezone.localdate(past.until))
            description.ended.append(EndedBelonging(past.name, "", what, *days))


def roles_of(past: PastMembership, at: datetime) -> Iterator[RoleThen]:
    """The roles of a deleted community that were held at a moment; what they asked is not kept."""
    for role in past.roles:
        since, until = datetime.fromisoformat(role["since"]), datetime.fromisoformat(role["until"])
        if since <= at < until:
            yield RoleThen(role["name"], "", timezone.localdate(since), is_in_effect=True, lines=[])


# -- what was over -----------------------------------------------------------------------------------------------------
def _ended(found: dict[int, Description], memberships: Sequence[Membership], sight: Sight, day: ReferenceDay) -> None:
    """Roles that had ended, and memberships in which they held none; the last first."""
    known = {one.pk: one for one in memberships}
    over = Holding.objects.filter(membership__in=known, until__lte=day.at, since__lte=day.at)
    had_role = set()
    for held in over.shown():
        membership = known[held.membership_id]
        had_role.add(membership.pk)
        found[membership.person_id].ended.append(_was(membership, sight, str(held.role), held.since, held.until))
    for one in memberships:
        if one.until is not None and one.until <= day.at and one.pk not in had_role:
            found[one.person_id].ended.append(_was(one, sight, _("Member"), one.joined, one.until))
    for description in found.values():
        description.ended.sort(key=lambda row: (row.last, row.first), reverse=True)


def _was(
    membership: Membership, sight: Sight, what: str, first: datetime | None, last: datetime | None
) -> EndedBelonging:
    days = timezone.localdate(first or membership.since), timezone.localdate(last or timezone.now())
    return EndedBelonging(sight.name(membership), sight.url(membership), what, *days)


# -- what is looked at again -------------------------------------------------------------------------------------------
def _reviews(description: Description) -> Iterable[Review]:
    today: date = description.day.day
    for one in description.belongings:
        if one.review_on and not one.is_closed:
            yield Review(
                one.review_on, _("The mandate of %(community)s") % {"community": one.name}, one.review_on < today
            )
        for grant in one.grants:
            if grant.last_day:
                said = {"grant": grant.what, "community": one.name}
                yield Review(grant.last_day, _("%(community)s: %(grant)s ends") % said, is_past=False)
    for held in description.qualifications:
        if held.until:
            yield Review(held.until, _("%(name)s has to be renewed") % {"name": held.name}, is_past=held.until < today)
