"""The demo council's content, as the files under ``content/`` spell it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Topic:
    slug: str
    name: str
    summary: str


@dataclass(frozen=True, slots=True)
class Person:
    slug: str
    name: str
    given_name: str
    family_name: str
    kind: str
    job_title: str
    organisation: str
    location: str
    about: str
    skills: tuple[str, ...]
    portrait: str
    audience: str
    email: str


@dataclass(frozen=True, slots=True)
class Mandate:
    """Who decided a community's purpose, how many days ago, and in how many days it is looked at again."""

    decided_by: str
    decided_on: int
    reference: str
    review_in: int


@dataclass(frozen=True, slots=True)
class Member:
    person: str
    role: str
    note: str
    days_ago: int


@dataclass(frozen=True, slots=True)
class Block:
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
    members: tuple[Member, ...]
    body: tuple[Block, ...]
    waiting: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    text: str
    who: str


@dataclass(frozen=True, slots=True)
class Story:
    title: str
    summary: str
    community: str
    authors: tuple[str, ...]
    days_ago: int
    topics: tuple[str, ...]
    scene: str
    audience: str
    need: str
    did: str
    changed: str
    evidence: str
    reuse: str
    quote: Quote
    slug: str = ""


@dataclass(frozen=True, slots=True)
class Pattern:
    """Which dates a surgery has: how many of them are over, how many are to come."""

    weekday: int
    every_days: int
    start: str
    minutes: int
    past: int
    upcoming: int


@dataclass(frozen=True, slots=True)
class Deviation:
    """One date to come that is cancelled or moved."""

    upcoming_index: int
    what: str
    note: str
    new_start: str = ""
    new_place: str = ""


@dataclass(frozen=True, slots=True)
class Surgery:
    slug: str
    title: str
    summary: str
    description: str
    community: str
    for_whom: str
    audience: str
    place: str
    online_url: str
    topics: tuple[str, ...]
    mentors: tuple[str, ...]
    pattern: Pattern
    capacity: int
    what_to_bring: str
    exceptions: tuple[Deviation, ...] = ()


@dataclass(frozen=True, slots=True)
class Guidance:
    slug: str
    title: str
    summary: str
    community: str
    checked_by: str
    checked_days_ago: int
    due_in_days: int
    audience: str
    topics: tuple[str, ...]
    body: str


@dataclass(frozen=True, slots=True)
class File:
    """A file that hangs on a page of guidance; its slug is the file's name."""

    slug: str
    title: str
    guidance: str
    audience: str
    text: str


@dataclass(frozen=True, slots=True)
class Asked:
    text: str
    query: str


@dataclass(frozen=True, slots=True)
class Welcome:
    title: str
    text: str
    person: str


@dataclass(frozen=True, slots=True)
class Front:
    """What the front page says besides what it finds."""

    asked_this_week: tuple[Asked, ...]
    new_here: Welcome
    greeting: str = ""
    lede: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """The whole council."""

    topics: tuple[Topic, ...]
    people: tuple[Person, ...]
    communities: tuple[Community, ...]
    stories: tuple[Story, ...]
    surgeries: tuple[Surgery, ...]
    guidance: tuple[Guidance, ...]
    files: tuple[File, ...] = ()
    front: Front | None = None
