"""Whatever changes who may find something is done before anything that takes its time."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django_tasks_db.models import DBTaskResult

from core.models import HubDocument
from core.outbox.tasks import ask
from indexing import queue
from knowledge.files.services import READER
from reading.background import FOR_YOU

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_worker_that_has_not_begun(settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def waiting() -> list[Any]:
    """For whom the worker will work, in order."""
    return [task.args_kwargs["args"][0] for task in DBTaskResult.objects.ready() if task.args_kwargs["args"]]


@pytest.mark.parametrize("slow", [READER, FOR_YOU])
def test_the_index_hears_of_a_change_before_anything_slow_is_begun(slow):
    ask(slow)
    ask(queue.CONSUMER)
    assert waiting()[0] == queue.CONSUMER


def test_many_uploads_keep_nobody_from_hiding_a_file(home, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        files = [HubDocument.objects.create(title="A paper", file=ContentFile(b"a", name="a.txt")) for _ in range(3)]
    DBTaskResult.objects.filter(args_kwargs__args=[queue.CONSUMER]).delete()  # the worker was faster here
    with django_capture_on_commit_callbacks(execute=True):
        files[0].audience = "organisation"
        files[0].save()
    asked = waiting()
    assert asked.index(queue.CONSUMER) < asked.index(READER)
