"""The end of a workflow, by the name that the settings give to Wagtail, which reads it before its models are there."""

from typing import TYPE_CHECKING

from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from wagtail.models import WorkflowState

    from core.audiences import Viewer


def publish_what_was_approved(state: "WorkflowState", user: "Viewer | None" = None) -> None:
    import_string("communities.approval.workflow.publish_approved")(state, user)
