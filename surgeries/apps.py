"""Drop-ins: series, their sessions, and calendars of them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SurgeriesConfig(AppConfig):
    name = "surgeries"
    verbose_name = _("Surgeries")

    def ready(self) -> None:
        from surgeries import signals  # noqa: PLC0415 (models are not loaded before)

        signals.listen()
