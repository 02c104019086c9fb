"""What the pages of guidance say first."""

from typing import Any

from django.utils import timezone

from people.models import User
from tests.conftest import browse
from tests.factories import GuidanceFactory


def test_who_checked_it_stands_in_the_head(home: Any, carys: User) -> None:
    page = GuidanceFactory(checked_by=carys, checked_on=timezone.localdate().replace(day=1))
    head = browse(carys).get(page.url).content.decode().partition("</h1>")[2].partition("</header>")[0]
    assert "Checked by Carys Hughes on 1 " in head


def test_a_check_that_nobody_signed_has_its_day_alone(home: Any) -> None:
    page = GuidanceFactory(checked_on=timezone.localdate().replace(day=1))
    head = browse().get(page.url).content.decode().partition("</h1>")[2].partition("</header>")[0]
    assert "Checked on 1 " in head
    assert "None" not in head
