"""The list, with what is done of it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.audiences import Viewer
from core.editors import is_hub_team
from core.first_steps import FIRST_STEPS, FirstStep
from core.text import Words
from home.confirmed_steps import ASIDE, FirstStepMark


@dataclass(frozen=True, slots=True)
class Stated:
    """A step, and what is said of it where it is done."""

    name: str
    step: FirstStep
    said: Words
    is_confirmed: bool

    @property
    def is_done(self) -> bool:
        return bool(self.said)

    @property
    def url(self) -> str:
        return self.step.url()

    @property
    def others(self) -> list[tuple[Words, str]]:
        return [(words, url()) for words, url in self.step.others]

    @property
    def press_url(self) -> str:
        return self.step.press_url() if self.step.press else ""


@dataclass(frozen=True, slots=True)
class FirstHour:
    """All steps, in their order."""

    steps: list[Stated]
    is_aside: bool

    @property
    def open(self) -> list[Stated]:
        return [one for one in self.steps if not one.is_done]

    @property
    def done(self) -> list[Stated]:
        return [one for one in self.steps if one.is_done]

    @property
    def is_over(self) -> bool:
        return not self.open

    @property
    def url(self) -> str:
        return reverse("home:first_hour")


def first_hour() -> FirstHour:
    """The list as it stands now."""
    marks = {mark.name: mark for mark in FirstStepMark.objects.select_related("by")}
    steps = [_stated(given.name, given.value, marks.get(given.name)) for given in FIRST_STEPS.contributions()]
    return FirstHour(steps, ASIDE in marks)


def on_the_front_page(viewer: Viewer) -> FirstHour | None:
    """The list for the hub team, while something of it is open and nobody put it aside."""
    if not is_hub_team(viewer) or FirstStepMark.objects.filter(name=ASIDE).exists():
        return None
    listed = first_hour()
    return None if listed.is_over else listed


def _stated(name: str, step: FirstStep, mark: FirstStepMark | None) -> Stated:
    if said := step.done():
        return Stated(name, step, said, is_confirmed=False)
    if mark is None or mark.about != step.about():
        return Stated(name, step, "", is_confirmed=False)
    who = mark.by.name if mark.by else _("Somebody who left")
    day = date_format(timezone.localtime(mark.at), "j F Y")
    return Stated(name, step, str(step.by_hand_done) % {"who": who, "day": day}, is_confirmed=True)
