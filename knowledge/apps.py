"""Guidance: shared knowledge that a community looks after."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KnowledgeConfig(AppConfig):
    name = "knowledge"
    verbose_name = _("Guidance")

    def ready(self) -> None:
        from knowledge import listings  # noqa: F401, PLC0415 (registers its sections)
        from knowledge.files import signals  # noqa: PLC0415 (models are not loaded before)

        signals.listen()
