"""Whatever changes who may find something is done before anything that takes its time."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django_tasks_db.models import DBTaskResult

from core.models import HubDocument
from core.outbox.tasks import ask, drain_consumer
from indexing import queue
from knowledge.files.tasks import read_file
from reading.tasks import find_for

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_worker_that_has_not_begun(settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.mark.parametrize("slow", [read_file, find_for])
def test_the_index_hears_of_a_change_before_anything_slow_is_begun(slow):
    slow.enqueue(1)
    ask(queue.CONSUMER)
    assert DBTaskResult.objects.ready().first().task_path == drain_consumer.module_path


def test_many_uploads_keep_nobody_from_hiding_a_file(home, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        files = [HubDocument.objects.create(title="A paper", file=ContentFile(b"a", name="a.txt")) for _ in range(3)]
    DBTaskResult.objects.filter(task_path=drain_consumer.module_path).delete()  # the worker was faster here
    with django_capture_on_commit_callbacks(execute=True):
        files[0].audience = "organisation"
        files[0].save()
    waiting = [task.task_path for task in DBTaskResult.objects.ready()]
    assert waiting.index(drain_consumer.module_path) < waiting.index(read_file.module_path)
