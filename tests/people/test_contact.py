"""How to reach somebody: optional, shown to whom they say, and never to more people than may see their page."""

from typing import Any

import pytest

from indexing import maintenance
from people.models import User
from people.permissions import may_reach
from tests.conftest import browse
from tests.factories import PersonFactory, StoryFactory, make_member, tell

PROFILE = {"name": "Carys Hughes", "audience": "everyone", "skills": "", "contact_audience": "page"}
SAID = {"phone": "+44 (0)1632 960123 ext. 4", "works_when": "Monday to Thursday", "reach_by": "Best by e-mail"}

#    audience, contact, (a stranger, a resident, staff, who shares a community)
SEEN = [
    ("everyone", "page", (False, True, True, True)),
    ("everyone", "organisation", (False, False, True, True)),
    ("everyone", "members", (False, False, False, True)),
    ("organisation", "page", (False, False, True, True)),
    ("organisation", "organisation", (False, False, True, True)),
    ("organisation", "members", (False, False, False, True)),
    ("members", "page", (False, False, False, True)),
    ("members", "organisation", (False, False, False, True)),
    ("members", "members", (False, False, False, True)),
]


@pytest.fixture
def reached(asha: User, community: Any) -> User:
    return make_member(PersonFactory(name="Hal Moss", **SAID), community).person


@pytest.mark.parametrize(("audience", "contact", "seen"), SEEN)
def test_who_sees_how_to_reach_somebody(
    reached: User, carys: User, bryn: User, audience: str, contact: str, seen: tuple[bool, ...]
) -> None:
    reached.audience, reached.contact_audience = audience, contact
    reached.save()
    viewers = (None, PersonFactory(resident=True), carys, bryn)
    shown = [SAID["works_when"] in browse(one).get(reached.get_absolute_url()).content.decode() for one in viewers]
    assert tuple(shown) == seen
    assert tuple(may_reach(one, reached) for one in viewers[1:]) == seen[1:]


def test_one_says_it_oneself_and_sees_it(carys: User) -> None:
    browse(carys).post("/people/me/", {**PROFILE, **SAID, "contact_audience": "members"})
    html = browse(carys).get(carys.get_absolute_url()).content.decode()
    assert 'href="tel:+4401632960123"' in html
    assert all(text in html for text in SAID.values())


@pytest.mark.parametrize("typed", ["ring me", "javascript:alert(1)", "12", "01632 960123; drop"])
def test_a_phone_number_is_one(carys: User, typed: str) -> None:
    answer = browse(carys).post("/people/me/", {**PROFILE, "phone": typed})
    assert (answer.status_code, "phone" in answer.context["form"].errors) == (422, True)


@pytest.mark.parametrize("address", ["/search/?q=weirs", "/people/who-knows/?q=weirs"])
def test_one_press_writes_to_who_knows(home: Any, carys: User, address: str) -> None:
    keeper = PersonFactory(name="Keeper Moss", email="keeper@example.org", public=True)
    tell(StoryFactory(title="Weirs", need="<p>Weirs leaked.</p>"), keeper)
    maintenance.rebuild()
    link = 'href="mailto:keeper@example.org">Write to Keeper</a>'
    assert link in browse(carys).get(address).content.decode()
    html = browse().get(address).content.decode()
    assert ("Keeper Moss" in html, "keeper@example.org" in html) == (True, False)
