"""Guidance: shared knowledge that a community looks after."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KnowledgeConfig(AppConfig):
    name = "knowledge"
    verbose_name = _("Guidance")

    def ready(self) -> None:
        from knowledge import signals  # noqa: PLC0415 (models are not loaded before)
        from knowledge.files import signals as file_signals  # noqa: PLC0415 (models are not loaded before)

        signals.listen()
        file_signals.listen()
