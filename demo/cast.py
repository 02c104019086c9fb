"""The people of the demo: who lives and works in Withermere, and whom one can sign in as."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.audiences import Audience
from core.models import Topic
from demo.shapes import Person
from people.choices import Kind
from people.models import Skill, User

PASSWORD = "folkmoot"  # noqa: S105 (a demo on one's own machine; its people do not exist)
ADMINISTRATOR = "hub.team@withermere.example"
EDITORS = ("siobhan.keogh@withermere.example",)


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody to sign in as, and what one sees then."""

    email: str
    name: str
    sees: Promise | str


DEMO_PEOPLE = (
    DemoPerson("priya.nair@withermere.example", "Priya Nair", _("a member of staff")),
    DemoPerson("siobhan.keogh@withermere.example", "Siobhan Keogh", _("a facilitator and editor")),
    DemoPerson("hannah.whitlock@withermere.example", "Hannah Whitlock", _("a resident")),
    DemoPerson(ADMINISTRATOR, "Hub team", _("an administrator")),
)
"""Whom ``load_demo`` and ``make run`` offer to sign in as, all with ``PASSWORD``."""


def is_loaded() -> bool:
    """Whether the demo council lives in this hub already."""
    return bool(User.objects.filter(email=ADMINISTRATOR).exists())


@dataclass(frozen=True, slots=True)
class Keys:
    """What the people of the demo sign in with, and whether one of them may do everything."""

    password: str = PASSWORD
    with_administrator: bool = True


def make_people(people: tuple[Person, ...], topics: dict[str, Topic], keys: Keys = Keys()) -> dict[str, User]:
    """Everybody by slug, and the administrator besides. They share one password, which is scrambled once."""
    password = make_password(keys.password)
    made = {person.slug: _make(person, password) for person in people}
    Skill.objects.bulk_create(
        Skill(tag=topics[topic], content_object=made[person.slug]) for person in people for topic in person.skills
    )
    _make_administrator(keys, password)
    _let_editors_edit()
    return made


def _make(person: Person, password: str) -> User:
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
        kind=Kind.STAFF,
        job_title="Runs the hub",
        organisation="Withermere Council",
        audience=Audience.ORGANISATION,
        is_staff=keys.with_administrator,
        is_superuser=keys.with_administrator,
    )


def _let_editors_edit() -> None:
    for group in Group.objects.filter(name__in=("Editors", "Moderators")):
        group.user_set.add(*User.objects.filter(email__in=EDITORS))
