"""What a hub needs before people come: one step each, contributed by the room that knows whether it is done.

::

    FIRST_STEPS.add("community", Step(title=_("A first community"), why=…, action=…, url=…, done=…), order=70)

The hub team sees them as a list until all are done (``home.first_hour``). Whether a step is done is a fact that is
asked, never a tick alone; where only a person can know, ``by_hand`` says what they confirm.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.registry import Registry
from core.text import Words


def _nothing() -> str:
    return ""


@dataclass(frozen=True, slots=True)
class FirstStep:
    """One step. ``done`` says in words what is there, or nothing while it is to be done."""

    title: Words
    why: Words
    action: Words
    url: Callable[[], str]
    done: Callable[[], Words] = _nothing
    by_hand: Words = ""
    """The button of somebody who confirms what no fact shows, such as "I have read it"."""
    by_hand_done: Words = ""
    """What is said then, with ``%(who)s`` and ``%(day)s``."""
    about: Callable[[], str] = _nothing
    """What they confirmed it of. Once that is another one, it has to be confirmed again."""
    others: Sequence[tuple[Words, Callable[[], str]]] = ()
    """Other ways to the same, with their addresses."""
    press: Words = ""
    """A button that does something for the step, and where it is posted."""
    press_url: Callable[[], str] = _nothing


FIRST_STEPS: Registry[FirstStep] = Registry("steps of a hub's first hour", taken_by="home")
