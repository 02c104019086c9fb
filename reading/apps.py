"""What somebody saved, what they read, and what the hub puts before them because of it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReadingConfig(AppConfig):
    name = "reading"
    verbose_name = _("Reading")

    def ready(self) -> None:
        from reading import checks  # noqa: F401, PLC0415 (models are not loaded before)
