"""What stores and ranks: it knows no other room, and of audiences only their tokens. Rooms above publish to it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core.registry import read_contributions


class IndexingConfig(AppConfig):
    name = "indexing"
    verbose_name = _("Index")

    def ready(self) -> None:
        from indexing import signals  # noqa: PLC0415 (models are not loaded before)

        read_contributions()
        signals.listen()
