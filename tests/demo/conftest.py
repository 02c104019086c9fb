"""The demo council, loaded once for a module: what a test changes in it is undone after the test."""

import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from demo import loading
from demo.kind import Content
from demo.reading import read_content


@pytest.fixture(scope="session")
def content() -> Content:
    return read_content()


@pytest.fixture(scope="module")
def withermere(django_db_setup: None, django_db_blocker: Any, content: Content) -> Iterator[loading.Council]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield loading.load(content, lambda: None)
        transaction.set_rollback(True)


@pytest.fixture
def demo() -> Callable[..., str]:
    """Runs ``load_demo`` and returns what it says."""

    def run(*options: str) -> str:
        said = io.StringIO()
        call_command("load_demo", *options, stdout=said, stderr=said)
        return said.getvalue()

    return run
