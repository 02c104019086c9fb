"""What the demo's front page says besides what it finds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from core.models import BrandingSettings
from demo.kind import ContentKind, Council
from demo.kinds.people import PEOPLE
from demo.shaping import load, shaped
from home.first_hour import services as first_hour
from home.models import HomePage
from people.models import User


@dataclass(frozen=True, slots=True)
class FrontQuestion:
    text: str
    query: str


@dataclass(frozen=True, slots=True)
class Welcome:
    title: str
    text: str
    person: str


@dataclass(frozen=True, slots=True)
class Front:
    asked_this_week: tuple[FrontQuestion, ...]
    new_here: Welcome
    greeting: str = ""
    lede: str = ""


class FrontPages(ContentKind[Front, HomePage]):
    name, word = "front", "front page"
    needs = ("people",)
    shape = Front

    def read(self, folder: Path) -> tuple[Front, ...]:
        """One, or none: a council need not say anything there."""
        path = folder / "front.toml"
        return (shaped(Front, load(path)["front"], path.name),) if path.exists() else ()

    def key(self, row: Front) -> str:
        return "front"

    def names(self, row: Front) -> Iterator[tuple[str, Iterable[str]]]:
        yield "people", (row.new_here.person,)

    def add(self, council: Council, row: Front) -> HomePage:
        home = council.home
        home.seo_title = row.greeting
        home.summary = row.lede
        home.asked_this_week = [("asked", {"text": asked.text, "query": asked.query}) for asked in row.asked_this_week]
        home.welcome_title = row.new_here.title
        home.welcome_text = row.new_here.text
        home.host = council[PEOPLE][row.new_here.person]
        home.save()
        _begin(home.host)
        return home


def _begin(host: User) -> None:
    """The hub is named, and its host did some of the first hour: what the operators have to do is still open."""
    hub = BrandingSettings.load()
    hub.name, hub.body = settings.HUB_NAME, settings.BODY_NAME
    hub.save()
    for step in ("logo", "cover", "privacy", "accessibility"):
        first_hour.confirm(step, host)


FRONT = FrontPages()
