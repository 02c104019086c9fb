"""Whether the demo council's content is true to itself: names that resolve, dates that can be, texts that fit."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from communities.models import Joining, Role, Stage
from core.audiences import Audience
from demo.reading import ContentError
from demo.shapes import Community, Content, Surgery
from people.choices import Kind
from surgeries.models import ForWhom

LONGEST = {
    "title": 255,
    "name": 200,
    "summary": 400,
    "note": 160,
    "place": 250,
    "what_to_bring": 250,
    "job_title": 160,
    "who": 160,
}
EXCEPTIONS = ("cancelled", "moved")
Faults = Iterator[str]


def check(content: Content) -> Content:
    """``content`` itself. Raises ``ContentError`` with every fault that it has."""
    faults = [*_names(content), *_communities(content), *_surgeries(content), *_guidance(content), *_ages(content)]
    faults += [*_lengths(content), *_choices(content)]
    if faults:
        raise ContentError("\n".join(faults))
    return content


def _names(content: Content) -> Faults:
    """Every name that is used belongs to somebody or something, and to one only."""
    topics = _unique("topic", (topic.slug for topic in content.topics))
    people = _unique("person", (person.slug for person in content.people))
    communities = _unique("community", (community.slug for community in content.communities))
    guidance = _unique("page of guidance", (page.slug for page in content.guidance))
    known = {"topic": topics[0], "person": people[0], "community": communities[0], "page of guidance": guidance[0]}
    yield from (*topics[1], *people[1], *communities[1], *guidance[1])
    for where, kind, name in _uses(content):
        if name not in known[kind]:
            yield f"{where}: there is no {kind} {name}."


def _unique(kind: str, names: Iterable[str]) -> tuple[set[str], list[str]]:
    counted = Counter(names)
    return set(counted), [f"There are {n} of the {kind} {name}." for name, n in counted.items() if n > 1]


def _uses(content: Content) -> Iterator[tuple[str, str, str]]:
    """Where, which kind, which name."""
    named: list[tuple[str, str, Iterable[str]]] = []
    named += [(person.slug, "topic", person.skills) for person in content.people]
    named += [(community.slug, "person", _people_of(community)) for community in content.communities]
    named += [(story.slug, "person", story.authors) for story in content.stories]
    named += [(surgery.slug, "person", surgery.mentors) for surgery in content.surgeries]
    named += [(page.slug, "person", [page.checked_by]) for page in content.guidance]
    named += [(file.slug, "page of guidance", [file.guidance]) for file in content.files]
    looked_after: list[Any] = [*content.stories, *content.surgeries, *content.guidance]
    named += [(thing.slug, "community", [thing.community]) for thing in looked_after]
    named += [(thing.slug, "topic", thing.topics) for thing in (*looked_after, *content.communities)]
    named += [("front", "person", [front.new_here.person]) for front in filter(None, [content.front])]
    yield from ((where, kind, name) for where, kind, names in named for name in names)


def _people_of(community: Community) -> tuple[str, ...]:
    return (community.sponsor, *(m.person for m in community.members), *community.waiting, *community.asked)


def _communities(content: Content) -> Faults:
    for community in content.communities:
        yield from _members(community)


def _members(community: Community) -> Faults:
    names = [member.person for member in community.members]
    for name, n in Counter((*names, *community.waiting, *community.asked)).items():
        if n > 1:
            yield f"{community.slug}: {name} is named {n} times."
    if community.capacity and len(names) > community.capacity:
        yield f"{community.slug}: {len(names)} members have {community.capacity} places."
    if community.waiting and len(names) < community.capacity:
        yield f"{community.slug}: people wait although there is a place."
    if not any(member.role == Role.FACILITATOR for member in community.members):
        yield f"{community.slug}: nobody facilitates it."


def _surgeries(content: Content) -> Faults:
    for surgery in content.surgeries:
        pattern = surgery.pattern
        if pattern.weekday not in range(7) or pattern.every_days % 7 or pattern.every_days < 7 or pattern.minutes < 1:
            yield f"{surgery.slug}: its pattern gives no dates."
        yield from _exceptions(surgery)


def _exceptions(surgery: Surgery) -> Faults:
    """The first date to come is left alone: moved to an earlier hour it could lie in the past."""
    for exception in surgery.exceptions:
        if exception.upcoming_index not in range(1, surgery.pattern.upcoming):
            yield f"{surgery.slug}: there is no date {exception.upcoming_index} to change."
        if exception.what not in EXCEPTIONS:
            yield f"{surgery.slug}: a date cannot be {exception.what}."


def _guidance(content: Content) -> Faults:
    for page in content.guidance:
        if page.due_in_days < -page.checked_days_ago:
            yield f"{page.slug}: it falls due before it was checked."


def _ages(content: Content) -> Faults:
    """What happened lies in the past."""
    ages = [(story.slug, story.days_ago) for story in content.stories]
    ages += [(page.slug, page.checked_days_ago) for page in content.guidance]
    for community in content.communities:
        ages += [(community.slug, community.opened_days_ago), (community.slug, community.mandate.decided_on)]
        ages += [(community.slug, member.days_ago) for member in community.members]
    yield from (f"{slug}: {age} days ago is not in the past." for slug, age in ages if age < 0)


def _lengths(content: Content) -> Faults:
    for where, thing in _things(content):
        for name, longest in LONGEST.items():
            if len(getattr(thing, name, "")) > longest:
                yield f"{where}: {name} is longer than {longest} letters."


def _things(content: Content) -> Iterator[tuple[str, Any]]:
    people_and_pages: list[Any] = [*content.people, *content.communities, *content.stories]
    rest = (*content.surgeries, *content.guidance, *content.files)
    yield from ((thing.slug, thing) for thing in (*people_and_pages, *rest))
    for community in content.communities:
        yield from ((community.slug, member) for member in community.members)
    yield from ((story.slug, story.quote) for story in content.stories)


def _choices(content: Content) -> Faults:
    offered = {"kind": Kind.values, "audience": Audience.values, "stage": Stage.values, "joining": Joining.values}
    offered |= {"for_whom": ForWhom.values}
    for where, thing in _things(content):
        for name, choices in offered.items():
            if (chosen := getattr(thing, name, choices[0])) not in choices:
                yield f"{where}: {name} cannot be {chosen}."
    for community in content.communities:
        yield from (
            f"{community.slug}: no one can be {m.role}." for m in community.members if m.role not in Role.values
        )
