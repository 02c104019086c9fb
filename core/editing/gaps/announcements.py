"""E-mails of Wagtail's editor go to those who may see the page."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from wagtail.admin.mail import EmailNotificationMixin
from wagtail.admin.views.pages import edit
from wagtail.models import Page

from core.audiences import Viewer
from core.editing.access import is_open
from core.editing.gaps.replacing import closes


@closes((EmailNotificationMixin, "get_valid_recipients"))
def only_those_who_may_see(theirs: Callable[..., Any], notifier: object, instance: Page, **kwargs: object) -> set[Any]:
    """A task of a workflow is announced to a group, whatever the page."""
    state = getattr(instance, "workflow_state", instance)
    task = state.current_task_state.task.specific if state.current_task_state else None
    if getattr(task, "is_told_by_the_hub", False):
        return set()
    recipients = theirs(notifier, instance, **kwargs)
    page = state.content_object
    return {person for person in recipients if not isinstance(page, Page) or is_open(person, page.specific)}


@closes((edit, "send_notification"))
def only_to_those_who_may_see(
    theirs: Callable[..., Any], recipients: Iterable[Viewer], notification: str, context: Mapping[str, Any]
) -> Any:
    """A comment is announced to whoever once wrote one."""
    page = context.get("page")
    return theirs([each for each in recipients if page is None or is_open(each, page.specific)], notification, context)
