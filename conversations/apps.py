"""Dialogue in communities."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConversationsConfig(AppConfig):
    name = "conversations"
    verbose_name = _("Conversations")

    def ready(self) -> None:
        from conversations import signals  # noqa: PLC0415 (models are not loaded before)
        from conversations.attachments import signals as attachment_signals  # noqa: PLC0415 (likewise)

        signals.listen()
        attachment_signals.listen()
