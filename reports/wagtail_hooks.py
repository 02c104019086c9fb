"""What the audit log calls what follows from reports."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry


@hooks.register("register_log_actions")
def report_actions(actions: LogActionRegistry) -> None:
    """A page that is hidden, or shown again, is an entry, with the actor."""
    actions.register_action("reports.hidden", _("Hide after a report"), _("Hidden after a report"))
    actions.register_action("reports.shown_again", _("Show again"), _("Shown again after a report"))
