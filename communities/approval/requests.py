"""Asking for something to be published, and the answer: Wagtail's workflow, from the hub's own pages.

What waits, who asked and with what word it came back stand in the workflow and in the page's log, whichever door
somebody took; nothing is kept beside them.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, QuerySet
from django.db.models.functions import Cast
from wagtail.models import Page, TaskState, WorkflowState

from communities.approval.approvers import NotTheirs
from communities.approval.workflow import community_workflow
from people.models import User

UNSETTLED = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)


@dataclass(frozen=True, slots=True)
class ApprovalWord:
    """What was asked or answered last."""

    is_waiting: bool
    is_returned: bool
    by: User | None
    at: datetime
    word: str = ""


def _states(**which: Any) -> QuerySet[WorkflowState]:
    states: QuerySet[WorkflowState] = WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page), **which
    )
    return states


def is_waiting(page: Page) -> bool:
    """Whether it waits for somebody who publishes it."""
    return _states(object_id=str(page.pk), status=WorkflowState.STATUS_IN_PROGRESS).exists()


def waiting(pages: QuerySet[Any]) -> QuerySet[Any]:
    """Those of ``pages`` that wait."""
    states = _states(object_id=Cast(OuterRef("pk"), CharField()), status=WorkflowState.STATUS_IN_PROGRESS)
    return pages.filter(Exists(states))


def last_word(page: Page) -> ApprovalWord | None:
    """Of what is not settled yet."""
    states = _states(object_id=str(page.pk), status__in=UNSETTLED)
    state = states.select_related("current_task_state__finished_by").first()
    task = state.current_task_state if state else None
    if state is None or task is None:
        return None
    if state.status == WorkflowState.STATUS_IN_PROGRESS:
        return ApprovalWord(True, False, state.requested_by, task.started_at)
    return ApprovalWord(False, True, task.finished_by, task.finished_at or task.started_at, task.comment)


def words_returned(keys: Collection[str]) -> dict[str, str]:
    """With what word pages came back last, by their keys."""
    rejected = TaskState.objects.filter(
        status=TaskState.STATUS_REJECTED, workflow_state__in=_states(object_id__in=keys)
    )
    rows = rejected.order_by("finished_at", "pk").values_list("workflow_state__object_id", "comment")
    return dict(rows)


@transaction.atomic
def send(page: Page, by: User) -> None:
    """Ask those who publish for its community. What came back is asked for again, so that its history goes on."""
    _lock(page)
    state = _states(object_id=str(page.pk), status__in=UNSETTLED).first()
    if state is None:
        community_workflow().start(page, by)
    elif state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(by)


@transaction.atomic
def take_back(page: Page, by: User) -> None:
    """Whoever asked writes on."""
    _lock(page)
    state = _states(object_id=str(page.pk), status=WorkflowState.STATUS_IN_PROGRESS).first()
    if state is not None and state.user_can_cancel(by):
        state.cancel(user=by)


@transaction.atomic
def answer(page: Page, by: User, action: str, word: str = "") -> bool:
    """``approve`` or ``reject``; whether it still waited. ``NotTheirs`` where somebody may not."""
    _lock(page)
    state = _states(object_id=str(page.pk), status=WorkflowState.STATUS_IN_PROGRESS).first()
    if state is None or state.current_task_state is None:
        return False
    task = state.current_task_state.task.specific
    if action not in {name for name, _label, _asks in task.get_actions(page, by)}:
        raise NotTheirs
    task.on_action(state.current_task_state.specific, by, action, comment=word)
    return True


def _lock(page: Page) -> None:
    """Two answers at once: one after the other."""
    Page.objects.select_for_update(of=("self",), no_key=True).filter(pk=page.pk).first()
