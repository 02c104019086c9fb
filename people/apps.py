"""People: accounts, profiles, skills, the directory."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        from people import photographs, signals  # noqa: PLC0415 (models load first)

        photographs.listen()
        signals.listen()
