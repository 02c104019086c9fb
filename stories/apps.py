"""Real examples: what communities did and what came of it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StoriesConfig(AppConfig):
    name = "stories"
    verbose_name = _("Stories")

    def ready(self) -> None:
        from stories import signals  # noqa: PLC0415 (models are not loaded before)

        signals.listen()
