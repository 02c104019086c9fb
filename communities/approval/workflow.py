"""The one workflow of what communities look after, and what its end does."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.models import TaskState, Workflow, WorkflowState, WorkflowTask
from wagtail.workflows import publish_workflow_state

from communities.models.approval import CommunityApproval

NAME = "those who publish"
"""Wagtail's button says "Submit to", and then this."""


def community_workflow() -> Workflow:
    """It is there whatever somebody did to it in the editor: without its task everything would be approved at once."""
    ready = WorkflowTask.objects.filter(task__in=CommunityApproval.objects.filter(active=True).values("pk"))
    kept = ready.filter(workflow__active=True, workflow__name=NAME).select_related("workflow").first()
    return kept.workflow if kept else _make()


@transaction.atomic
def _make() -> Workflow:
    task, _new = CommunityApproval.objects.get_or_create(key="community", defaults={"name": NAME})
    if not task.active:
        task.active = True
        task.save(update_fields=["active"])
    workflow = Workflow.objects.filter(name=NAME).order_by("pk").first() or Workflow(name=NAME)
    workflow.active = True
    workflow.save()
    if not workflow.workflow_tasks.filter(task=task).exists():
        WorkflowTask.objects.create(workflow=workflow, task=task)
    return workflow


def publish_approved(state: WorkflowState, user: object = None) -> None:
    """Publish, where somebody agreed. The right was asked when they did, and Wagtail's check knows no approval."""
    if state.workflow.name != NAME:
        publish_workflow_state(state, user=user)
        return
    approved = state.task_states.filter(status=TaskState.STATUS_APPROVED, task__communityapproval__isnull=False)
    if not approved.exists():
        raise PermissionDenied
    revision = state.content_object.get_latest_revision()
    revision.publish(user=user, skip_permission_checks=True)
