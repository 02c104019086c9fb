"""The demo's communities, with their members."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models import (
    FACILITATOR,
    CommunityIndexPage,
    CommunityPage,
    CommunityTopic,
    Holding,
    Joining,
    Membership,
    Places,
    Stage,
    State,
)
from communities.models.default_roles import facilitator
from communities.services import recount_places
from core.markup import HERE, block, blocks_of, body_of
from demo.invention import AUDIENCES, MARK, Inventor, invented, save_audiences
from demo.kind import LONGEST, Content, ContentKind, Council, Faults, in_the_past
from demo.kinds.people import PEOPLE
from importing.kinds.communities import CommunityRow, CommunityWriter
from people.models import User

MANY = 300  # in a large hub


@dataclass(frozen=True, slots=True)
class Mandate:
    """Who decided a community's purpose, how many days ago, and in how many days it is looked at again."""

    decided_by: str
    decided_on: int
    reference: str
    review_in: int


@dataclass(frozen=True, slots=True)
class MemberShape:
    person: str
    role: str
    note: str
    days_ago: int


@dataclass(frozen=True, slots=True)
class BlockShape:
    type: str
    text: str
    who: str = ""


@dataclass(frozen=True, slots=True)
class Community:
    slug: str
    title: str
    summary: str
    purpose: str
    mandate: Mandate
    sponsor: str
    stage: str
    opened_days_ago: int
    audience: str
    joining: str
    capacity: int
    topics: tuple[str, ...]
    emblem: str
    cover: str
    members: tuple[MemberShape, ...]
    body: tuple[BlockShape, ...]
    waiting: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()


class Communities(ContentKind[Community, CommunityPage]):
    name, word = "communities", "community"
    counted = _("%(n)d communities")
    needs = ("topics", "people")
    shape = Community
    longest = LONGEST | {"note": 160}
    choices = {**ContentKind.choices, "stage": Stage.values, "joining": Joining.values, "role": ("member", FACILITATOR)}
    writer = CommunityWriter

    def parts(self, community: Community) -> Iterable[Any]:
        return (community, *community.members)

    def names(self, community: Community) -> Iterator[tuple[str, Iterable[str]]]:
        yield "people", (community.sponsor, *(member.person for member in community.members))
        yield "people", (*community.waiting, *community.asked)
        yield "topics", community.topics

    def check(self, community: Community, content: Content) -> Faults:
        yield from in_the_past(community.slug, (community.opened_days_ago, community.mandate.decided_on))
        yield from in_the_past(community.slug, (member.days_ago for member in community.members))
        names = [member.person for member in community.members]
        for name, n in Counter((*names, *community.waiting, *community.asked)).items():
            if n > 1:
                yield f"{community.slug}: {name} is named {n} times."
        if community.capacity and len(names) > community.capacity:
            yield f"{community.slug}: {len(names)} members have {community.capacity} places."
        if community.waiting and len(names) < community.capacity:
            yield f"{community.slug}: people wait although there is a place."
        if not any(member.role == FACILITATOR for member in community.members):
            yield f"{community.slug}: nobody facilitates it."

    def add(self, council: Council, row: Community) -> CommunityPage:
        mandate = row.mandate
        page = CommunityPage(
            slug=row.slug,
            title=row.title,
            summary=row.summary,
            purpose=row.purpose,
            body=body_of([each for part in row.body for each in _blocks(part)]),
            stage=row.stage,
            joining=row.joining,
            capacity=row.capacity or None,
            opened_on=council.day(row.opened_days_ago),
            decided_by=mandate.decided_by,
            decided_on=council.day(mandate.decided_on),
            reference=mandate.reference,
            review_on=council.day(-mandate.review_in),
            sponsor=council[PEOPLE][row.sponsor],
            emblem=row.emblem,
            cover=row.cover,
            audience=row.audience,
        )
        council.about(page, CommunityTopic, row.topics)
        council.publish(CommunityIndexPage, page, council.moment(row.opened_days_ago))
        _add_members(council, page, row)
        return page

    def lacking(self, size: Mapping[str, int]) -> int:
        return MANY - CommunityPage.objects.count()

    def invent(self, inventor: Inventor, number: int) -> list[CommunityRow]:
        rows = [_invented(inventor, n, *pair) for n, pair in zip(range(number), inventor.pairs(), strict=False)]
        inventor.hosts = [row.title for row in rows]
        return rows

    def settle(self, chance: Random, communities: list[CommunityPage]) -> None:
        for page in communities:
            page.audience = chance.choice(AUDIENCES)
        save_audiences(communities, ["audience"])
        _fill(communities, chance)


def _blocks(part: BlockShape) -> list[dict[str, object]]:
    if part.type == "heading":
        return [block("heading", part.text)]
    if part.type == "quote":
        return [block("quote", {"text": part.text, "who": part.who})]
    return blocks_of(part.text, HERE)


def _add_members(council: Council, page: CommunityPage, row: Community) -> None:
    """Members, and after them those who asked or wait, the first of them longest."""
    memberships = [
        Membership(
            community=page,
            person=council[PEOPLE][member.person],
            note=member.note,
            since=council.moment(member.days_ago),
        )
        for member in row.members
    ]
    for state, names in ((State.ASKED, row.asked), (State.WAITING, row.waiting)):
        memberships += [
            Membership(community=page, person=council[PEOPLE][name], state=state, since=council.moment(days))
            for days, name in zip(range(len(names), 0, -1), names, strict=True)
        ]
    made = Membership.objects.bulk_create(memberships)
    role = facilitator()
    asks = role.responsibilities.first()
    Holding.objects.bulk_create(
        Holding(membership=one, role=role, since=one.since, answered=asks, answered_at=one.since, accepts=True)
        for one, member in zip(made, row.members, strict=False)
        if member.role == FACILITATOR
    )
    recount_places(page)


def _fill(communities: Sequence[CommunityPage], chance: Random) -> None:
    """Members, few in most communities and many in some."""
    people = list(invented(User).values_list("pk", flat=True))
    there = set(Membership.objects.values_list("community_id", "person_id"))
    chosen = {
        (page.pk, person)
        for page in communities
        for person in chance.sample(people, min(len(people), int(3 + 60 * chance.random() ** 3)))
    }
    since = {page.pk: page.first_published_at or timezone.now() for page in communities}
    Membership.objects.bulk_create(
        [
            Membership(community_id=community, person_id=person, since=since[community])
            for community, person in sorted(chosen - there)
        ],
        batch_size=500,
    )
    for page in communities:
        Places.objects.filter(community=page).update(taken=Membership.objects.active().filter(community=page).count())


def _invented(inventor: Inventor, n: int, topic: str, place: str) -> CommunityRow:
    opened = inventor.moment()
    return CommunityRow(
        id=f"{MARK}-{n}",
        title=f"{inventor.topics[topic]}, {place}",
        summary=inventor.say([topic], 1)[:400],
        purpose=inventor.say([topic], 1),
        body="\n\n".join(inventor.say([topic], 4) for _part in range(2)),
        opened=opened.date(),
        closed=inventor.now.date() if inventor.chance.random() < 0.05 else None,
        leads=inventor.some_people(2),
        topics=(topic, *inventor.some_topics(1)),
        channels=(),
    )


COMMUNITIES = Communities()
