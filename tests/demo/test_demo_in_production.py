"""``load_demo`` where people use the hub."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError

from demo import cast
from people.models import User

pytestmark = pytest.mark.django_db
Demo = Callable[..., str]


@pytest.fixture(autouse=True)
def in_production(settings: Any) -> None:
    settings.IN_PRODUCTION = True


def test_it_refuses_and_makes_nobody(demo: Demo) -> None:
    with pytest.raises(CommandError, match="--in-production"):
        demo("--no-index")
    assert not User.objects.exists()


def test_asked_for_it_makes_no_administrator_and_no_password_that_everybody_knows(demo: Demo) -> None:
    said = demo("--no-index", "--in-production")
    assert not User.objects.filter(is_superuser=True).exists()
    assert not User.objects.filter(is_staff=True).exists()
    assert cast.ADMINISTRATOR not in said
    priya = User.objects.get(email="priya.nair@withermere.example")
    assert not priya.check_password(cast.PASSWORD)
    assert not User.objects.get(email=cast.ADMINISTRATOR).has_usable_password()


def test_a_second_time_it_says_no_password(demo: Demo) -> None:
    demo("--no-index", "--in-production", "--password", "purple canal boat")
    assert User.objects.get(email="priya.nair@withermere.example").check_password("purple canal boat")
    assert "password" not in demo("--no-index", "--in-production")
