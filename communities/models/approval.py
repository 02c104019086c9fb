"""What communities and the hub team chose, and the task of Wagtail's workflow that asks for it."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import QuerySet
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.models import Page, Task, TaskState, WorkflowState

from communities.choices import Approval
from core.audiences import Viewer

NAMES = {Approval.NOTHING: "nothing", Approval.STEWARD: "steward", Approval.ANOTHER: "another"}
ACTIONS = (
    ("reject", _("Send back with a word"), True),
    ("approve", _("Approve and publish"), False),
    ("approve", _("Approve with a word"), True),
)


class ApprovalRule(models.Model):
    """What one community chose. It stands beside the page: whoever writes words of the page does not change it."""

    changes_pages = False
    community = models.OneToOneField(
        "communities.CommunityPage", on_delete=models.CASCADE, primary_key=True, related_name="approval_rule"
    )
    rule = models.CharField(_("whose word it needs"), max_length=12, choices=Approval.choices)

    class Meta:
        verbose_name = _("rule for publishing")
        verbose_name_plural = _("rules for publishing")

    def __str__(self) -> str:
        return str(self.get_rule_display())


@register_setting(icon="check", order=120)
class ApprovalSettings(BaseGenericSetting):
    """What the organisation lets communities choose from."""

    changes_pages = False
    nothing = models.BooleanField(_("whoever may publish publishes"), default=True)
    steward = models.BooleanField(_("one steward agrees"), default=True)
    another = models.BooleanField(_("somebody other than the author agrees"), default=True)

    panels: ClassVar[Sequence[Panel]] = [FieldPanel(name) for name in NAMES.values()]

    class Meta:
        verbose_name = _("what communities may choose for publishing")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    def clean(self) -> None:
        super().clean()
        if not self.allowed:
            raise ValidationError(_("Leave communities one of these at least."))

    @property
    def allowed(self) -> frozenset[Approval]:
        return frozenset(rule for rule, name in NAMES.items() if getattr(self, name))


class CommunityApproval(Task):
    """Those who publish for the community of a page agree, as its rule says. No group of Wagtail has a part in it.

    Each answer is asked of ``communities.approval.approvers``, which asks ``communities.rights``.
    """

    changes_pages = False
    is_told_by_the_hub = True
    key = models.CharField(max_length=12, unique=True, default="community", editable=False)

    class Meta:
        verbose_name = _("approval in a community")
        verbose_name_plural = _("approvals in communities")

    def user_can_access_editor(self, obj: Page, user: Viewer) -> bool:
        return _approves(user, obj)

    def locked_for_user(self, obj: Page, user: Viewer) -> bool:
        """Whoever wrote it takes it back before they write on: what is approved is what was read."""
        return not _approves(user, obj)

    def user_can_lock(self, obj: Page, user: Viewer) -> bool:
        return _approves(user, obj)

    def user_can_unlock(self, obj: Page, user: Viewer) -> bool:
        return _approves(user, obj)

    def get_actions(self, obj: Page, user: Viewer) -> list[Any]:
        return list(ACTIONS) if _approves(user, obj) else []

    def get_task_states_user_can_moderate(self, user: Viewer, **kwargs: object) -> QuerySet[TaskState]:
        states: QuerySet[TaskState] = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        asked: QuerySet[TaskState] = import_string("communities.approval.approvers.answered_by")(user, states)
        return asked

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: Viewer, action_name: str, **kwargs: Any) -> None:
        """Asked again at the moment of use, of the page that the task is about: an address may name another one."""
        state: WorkflowState = task_state.workflow_state
        page = state.content_object.specific
        import_string("communities.approval.approvers.require_approval")(user, page)
        if action_name == "approve":
            import_string("communities.approval.approvers.require_readiness")(page)
        task_state.refresh_from_db()
        super().on_action(task_state, user, action_name, **kwargs)

    @classmethod
    def get_description(cls) -> str:
        return str(_("Those who publish for a community agree to it."))


def _approves(person: Viewer, page: Page) -> bool:
    """Wagtail's own views of a workflow know a page without its type, and so without its community."""
    return bool(import_string("communities.approval.approvers.approves")(person, page.specific))
