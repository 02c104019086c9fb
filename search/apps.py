"""Search knows no other app; here it only invites them to publish."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from indexing import signals  # noqa: F401, PLC0415 (models are not loaded before)
        from search import checks

        signals.listen_to_pages()
        autodiscover_modules("search_documents")
