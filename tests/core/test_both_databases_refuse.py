"""What PostgreSQL refuses, SQLite refuses in the tests, too: the same error from the same code."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, transaction
from django.db.models import Count

from people.models import User
from stories.models import StoryPage

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]

REFUSED: dict[str, Callable[[], object]] = {
    "a lock on what may not be there": lambda: StoryPage.objects.select_related("community").select_for_update().all(),
    "a lock on each only once": lambda: User.objects.distinct().select_for_update(),
    "a lock on what is counted": lambda: User.objects.annotate(many=Count("memberships")).select_for_update(),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_lock_that_one_of_them_could_not_keep(what: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        list(REFUSED[what]())


def test_text_that_is_too_long_for_its_column() -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        User.objects.create(email="long@example.org", name="x" * 1000, slug="long", kind="staff")
    assert not User.objects.filter(slug="long").exists()


def test_what_may_be_locked_is() -> None:
    with transaction.atomic():
        assert not list(StoryPage.objects.select_related("community").select_for_update(of=("self",)))
