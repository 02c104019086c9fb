"""One command removes whatever is too old, in every room."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from core.tidying import TIDYINGS

pytestmark = pytest.mark.django_db


def tidy() -> str:
    out = StringIO()
    call_command("tidy", stdout=out)
    return out.getvalue()


def test_every_room_is_tidied():
    said = tidy()
    names = (
        "events that were set aside",
        "what was read and put aside",
        "removed searches",
        "questions that were asked",
    )
    assert all(name in said for name in names)


def test_one_that_fails_is_named_and_keeps_no_other_from_being_run():
    done: list[str] = []
    TIDYINGS.add("tests: broken", lambda: 1 / 0, order=-1)
    TIDYINGS.add("tests: whole", lambda: done.append("whole"), order=1)
    try:
        with pytest.raises(CommandError, match="tests: broken"):
            tidy()
    finally:
        TIDYINGS.remove("tests: broken")
        TIDYINGS.remove("tests: whole")
    assert done == ["whole"]
