"""What every room stands on: audiences, pages, topics, versions, text."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core.registry import read_contributions


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = _("Core")

    def ready(self) -> None:
        from core import checks, converters, redirects, signals, versions  # noqa: F401, PLC0415 (models load first)
        from core.exports import keep_formulas_out  # noqa: PLC0415 (as above)
        from core.numbers import find_no_row_by_what_is_no_key  # noqa: PLC0415 (as above)
        from core.pictures.formats import keep_to_known_formats  # noqa: PLC0415 (as above)

        keep_to_known_formats()
        keep_formulas_out()
        find_no_row_by_what_is_no_key()
        read_contributions()
        versions.follow_changes()
        signals.listen()
        redirects.follow_pages()
