"""The demo's people: who lives and works in Withermere."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from communities.models import CommunityPage
from core.audiences import Audience
from demo.cast import ADMINISTRATOR, EDITORS, Keys
from demo.invention import MARK, Inventor
from demo.kind import LONGEST, ContentKind, Council
from demo.kinds.topics import TOPICS
from importing.kinds.people import PersonRow, PersonWriter
from people.choices import PersonKind
from people.models import Skill, User

MANY = 2_000  # in a large hub


@dataclass(frozen=True, slots=True)
class CastMember:
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


class People(ContentKind[CastMember, User]):
    name, word = "people", "person"
    counted = _("%(n)d people")
    needs = ("topics",)
    shape = CastMember
    longest = LONGEST | {"job_title": 160}
    choices = {**ContentKind.choices, "kind": PersonKind.values}
    writer = PersonWriter

    def names(self, person: CastMember) -> Iterator[tuple[str, Iterable[str]]]:
        yield "topics", person.skills

    def load(self, council: Council, people: Sequence[CastMember]) -> Iterator[User]:
        """They share one password, which is scrambled once. The hub's team and the editors' rights come with them."""
        password = make_password(council.keys.password)
        made = {person.slug: _make(person, password) for person in people}
        topics = council[TOPICS]
        Skill.objects.bulk_create(
            Skill(tag=topics[topic], content_object=made[person.slug]) for person in people for topic in person.skills
        )
        _make_administrator(council.keys, password)
        _let_editors_edit()
        yield from made.values()

    def lacking(self, size: Mapping[str, int]) -> int:
        return MANY - User.objects.count()

    def invent(self, inventor: Inventor, number: int) -> list[PersonRow]:
        rows = [_invented(inventor, n) for n in range(number)]
        inventor.people = [row.id for row in rows]
        return rows

    def settle(self, chance: Random, communities: list[CommunityPage]) -> None:
        User.objects.filter(imported_id__startswith=f"{MARK}-").update(
            audience=Audience.ORGANISATION, kind=PersonKind.STAFF
        )


def _make(person: CastMember, password: str) -> User:
    made: User = User.objects.create(
        slug="" if User.objects.filter(slug=person.slug).exists() else person.slug,
        email=person.email,
        password=password,
        name=person.name,
        called=person.given_name if person.given_name != person.name.partition(" ")[0] else "",
        family_name=person.family_name if not person.name.endswith(f" {person.family_name}") else "",
        kind=person.kind,
        job_title=person.job_title,
        organisation=person.organisation,
        location=person.location,
        about=person.about,
        portrait=person.portrait,
        audience=person.audience,
    )
    return made


def _make_administrator(keys: Keys, password: str) -> None:
    """The hub's team; in a hub that people use it is a name on a page, without a password or a right."""
    User.objects.create(
        email=ADMINISTRATOR,
        password=password if keys.with_administrator else make_password(None),
        name="Hub team",
        called="Hub team",
        kind=PersonKind.STAFF,
        job_title="Runs the hub",
        organisation="Withermere Council",
        audience=Audience.ORGANISATION,
        is_staff=keys.with_administrator,
        is_superuser=keys.with_administrator,
    )


def _let_editors_edit() -> None:
    for group in Group.objects.filter(name__in=("Editors", "Moderators")):
        group.user_set.add(*User.objects.filter(email__in=EDITORS))


def _invented(inventor: Inventor, n: int) -> PersonRow:
    given, family = inventor.names[n % len(inventor.names)]
    job_title = inventor.chance.choice(inventor.job_titles)
    return PersonRow(
        id=f"{MARK}-{n}",
        name=f"{given} {family}",
        given_name=given,
        family_name=family,
        organisation="Withermere Council",
        about=f"{job_title}. {inventor.say(inventor.some_topics(1), 2)}",
        location=inventor.chance.choice(inventor.places),
    )


PEOPLE = People()
