"""What the log calls asking others to publish a story, and their answer."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import BaseLogEntry

from stories.writing.requests import RETURNED, SENT


@hooks.register("register_log_actions")
def asked_and_answered(actions: LogActionRegistry) -> None:
    """They stand in the page's history."""
    actions.register_action(SENT, _("Ask for it to be published"), _("Asked for it to be published"))
    actions.register_action(RETURNED)(ReturnedFormatter)


class ReturnedFormatter(LogFormatter):
    """The entry, with the word that the writer got."""

    label = _("Send back to its writer")

    def format_message(self, log_entry: BaseLogEntry) -> str:
        return str(_("Sent back, with the word: %(word)s")) % {"word": log_entry.data.get("word", "")}
