"""Whom of the demo one can sign in as."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.models import User

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


TEAM = "hub-team"  # is no person of the demo's own


def is_team(name: str) -> bool:
    return name == TEAM


def by_name(name: str, people: Mapping[str, User]) -> User:
    """Somebody of the demo, or its hub team."""
    person: User = User.objects.get(email=ADMINISTRATOR) if is_team(name) else people[name]
    return person


def is_loaded() -> bool:
    """Whether the demo council lives in this hub already."""
    return bool(User.objects.filter(email=ADMINISTRATOR).exists())


@dataclass(frozen=True, slots=True)
class Keys:
    """What the people of the demo sign in with, and whether one of them may do everything."""

    password: str = PASSWORD
    with_administrator: bool = True
