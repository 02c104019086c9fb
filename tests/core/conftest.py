"""What several modules of these tests share."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.core import mail
from django.db import transaction

from tests.editor_world import EditorWorld, build


@pytest.fixture(scope="module")
def _built_editor_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[EditorWorld]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@pytest.fixture
def editor_world(_built_editor_world: EditorWorld, db: None) -> EditorWorld:
    """A hub as editors meet it, built once for a module: what a test does to its rows and objects is undone."""
    mail.outbox.clear()
    return deepcopy(_built_editor_world)
