"""What the log calls it that somebody was asked whether a story may name them, and what they said."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import BaseLogEntry

from stories.named.choices import LOGGED, ConsentState


@hooks.register("register_log_actions")
def asked_and_answered(actions: LogActionRegistry) -> None:
    """They stand in the page's history."""
    actions.register_action(LOGGED)(ConsentFormatter)


class ConsentFormatter(LogFormatter):
    """Whose it is stands on the list of those who are named, as long as they are."""

    label = _("Consent of somebody named")

    def format_message(self, log_entry: BaseLogEntry) -> str:
        state = log_entry.data.get("state", "")
        said = ConsentState(state).label if state in ConsentState.values else ""
        return str(_("Consent of somebody named: %(said)s")) % {"said": said}
