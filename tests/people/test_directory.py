"""The directory finds people however their names are typed, and the editor's chooser asks the same."""

import unicodedata
from typing import Any

import pytest

from tests.conftest import browse
from tests.factories import PersonFactory

PEOPLE = (
    "Zsófia Halász",
    "Piotr Łuczak",
    "Inês Prado",
    "Niamh O’Brien",
    "Anne‑Marie Dé",
    "Anna van der Berg",
    "李小龍",
)
FOUND = {
    "HALÁSZ": "Zsófia Halász",
    "halasz": "Zsófia Halász",
    unicodedata.normalize("NFD", "Halász"): "Zsófia Halász",
    "luczak": "Piotr Łuczak",
    "łuczak": "Piotr Łuczak",
    "ines": "Inês Prado",
    "O'Brien": "Niamh O’Brien",
    "O’Brien": "Niamh O’Brien",
    "obrien": "Niamh O’Brien",
    "anne-marie": "Anne‑Marie Dé",
    "Anne‑Marie": "Anne‑Marie Dé",
    "Berg, Anna": "Anna van der Berg",
    "小龍": "李小龍",
    "Hal\u200bász": "Zsófia Halász",
}


@pytest.fixture(autouse=True)
def _people(home: Any) -> None:
    for name in PEOPLE:
        PersonFactory(name=name, email=None, job_title="", public=True)


@pytest.mark.parametrize("asked", FOUND)
def test_the_directory_finds_whoever_is_meant(asked: str) -> None:
    people = browse().get("/people/", {"q": asked}).context["people"]
    assert [person.name for person in people] == [FOUND[asked]]


@pytest.mark.parametrize("asked", FOUND)
def test_the_editors_chooser_finds_them_too(hub_team: Any, asked: str) -> None:
    html = browse(hub_team).get("/admin/person_chooser/results/", {"q": asked}).content.decode()
    assert [name for name in PEOPLE if name in html] == [FOUND[asked]]


@pytest.mark.parametrize("asked", ["'", "🌻", "!?", "nobody-so"])
def test_signs_alone_find_nobody(asked: str) -> None:
    assert len(browse().get("/people/", {"q": asked}).context["people"]) == 0
