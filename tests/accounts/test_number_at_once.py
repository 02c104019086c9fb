"""The number beside one's face is right as soon as what it counted is settled, and not ten minutes later."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import TestCase
from django.utils import timezone

from accounts.leaving import services as leaving
from accounts.leaving.choices import SwitchedBy
from accounts.leaving.departures import SwitchContext
from accounts.personal_data import services as held
from accounts.personal_data.models import HeldCopy
from people.models import User
from tests.conftest import browse


def number(person: User) -> int:
    new: int = browse(person).get("/inbox/new/").json()["new"]
    return new


def copy_of(asha: User) -> None:
    held.ask_for_copy(asha)


def copies_grow_old(_asha: User, _hub_team: User) -> None:
    HeldCopy.objects.update(asked=timezone.now() - timedelta(days=8))
    held.forget()


SETTLED: dict[str, tuple[str, Callable[[User], Any], Callable[[User, User], Any]]] = {
    "a copy that is gone": ("asha", copy_of, copies_grow_old),
    "a copy that is made anew": ("asha", copy_of, lambda asha, _hub: held.ask_for_copy(asha)),
    "an erasure that is not wanted any more": (
        "hub_team",
        lambda asha: held.ask_for_erasure(asha, ""),
        lambda asha, _hub: held.withdraw_erasure(asha),
    ),
    "a hand-over that is done": (
        "hub_team",
        lambda asha: leaving.switch_off(asha, SwitchContext(SwitchedBy.SCREEN)),
        leaving.let_the_rest_go,
    ),
    "somebody who is back": (
        "hub_team",
        lambda asha: leaving.switch_off(asha, SwitchContext(SwitchedBy.SCREEN)),
        lambda asha, _hub: leaving.bring_back(asha, SwitchContext(SwitchedBy.SCREEN)),
    ),
    "somebody who is deleted": (
        "hub_team",
        lambda asha: leaving.switch_off(asha, SwitchContext(SwitchedBy.SCREEN)),
        lambda asha, _hub: asha.delete(),
    ),
    "a last day that is none any more": (
        "asha",
        lambda asha: leaving.plan(asha, timezone.localdate() + timedelta(days=9), asha),
        lambda asha, hub: leaving.plan(asha, None, hub),
    ),
}


@pytest.mark.parametrize("what", SETTLED)
def test_what_is_settled_is_counted_no_more(asha: User, hub_team: User, what: str) -> None:
    whose, happens, settles = SETTLED[what]
    person = {"asha": asha, "hub_team": hub_team}[whose]
    assert number(person) == 0
    with TestCase.captureOnCommitCallbacks(execute=True):
        happens(asha)
    assert number(person) == 1
    settles(asha, hub_team)
    assert number(person) == 0
