"""``manage.py search ask``: what a reader would be given, in the terminal."""

import json
from typing import Any

import pytest
from django.core.management import CommandError

from core.audiences import Audience
from indexing import maintenance
from tests.conftest import browse
from tests.factories import PersonFactory, SessionFactory, StoryFactory, SurgeryFactory, tell
from tests.search.test_commands import run

pytestmark = pytest.mark.django_db
BEES = "How we keep bees on the roof of the town hall: hives, smoke and honey."


@pytest.fixture
def bees(community: Any, private_community: Any) -> Any:
    asha = PersonFactory(first_name="Asha", public=True)
    story = StoryFactory(community=community, title="Keeping bees", summary=BEES, audience=Audience.EVERYONE)
    tell(story, asha)
    StoryFactory(community=private_community, title="Secret bees", summary=BEES, private=True)
    surgery = SurgeryFactory(community=community, title="Ask a beekeeper", audience=Audience.EVERYONE)
    SessionFactory(surgery=surgery).mentors.add(asha)
    maintenance.rebuild()
    return asha


def asked(*arguments: str) -> dict[str, Any]:
    return json.loads(run("ask", *arguments, "--json"))


def test_the_answer_has_the_shape_that_was_agreed(bees):
    told = asked("who knows about keeping bees")
    assert told["question"] == "who knows about keeping bees"
    assert told["sure"] is True
    assert set(told["results"][0]) == {"title", "url", "kind", "score"}
    assert told["people"][0]["name"] == bees.name
    assert told["people"][0]["why"].startswith("Told a story about it")


def test_it_is_what_the_page_shows(bees):
    html = browse().get("/search/?q=keeping+bees").content.decode()
    assert all(one["title"] in html for one in asked("keeping bees")["results"])


def test_nobody_is_given_what_is_private(bees, dev, private_community):
    assert "Secret bees" not in str(asked("keeping bees"))
    assert "Secret bees" in str(asked("keeping bees", "--as", dev.email.upper()))


def test_what_it_has_nothing_on_it_says(bees):
    told = asked("quantum computing")
    assert (told["sure"], told["results"], told["people"]) == (False, [], [])
    assert "hub team" in told["suggestion"]


def test_a_slip_is_put_right(bees):
    assert asked("smoke and honye")["suggestion"] == "smoke and honey"


def test_it_can_be_read(bees):
    assert "Keeping bees (story)" in run("ask", "keeping bees")
    assert "We have nothing on “quantum computing”." in run("ask", "quantum computing")


def test_an_unknown_address_is_an_error(bees):
    with pytest.raises(CommandError, match="Nobody here has the address"):
        run("ask", "bees", "--as", "nobody@withermere.example")


def test_whoever_knows_helps_next(bees):
    assert ". Helps " in asked("keeping bees")["people"][0]["why"]
    assert ">Helps " in browse().get("/search/?q=keeping+bees").content.decode()
