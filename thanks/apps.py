"""Recognition that people give each other."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ThanksConfig(AppConfig):
    name = "thanks"
    verbose_name = _("Thanks")

    def ready(self) -> None:
        from thanks import signals  # noqa: PLC0415 (models are not loaded before)

        signals.listen()
