"""People: accounts, profiles, skills, the directory."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        from core.audiences import Widening, register_token_source, widen  # noqa: PLC0415 (models load first)
        from people import photographs, presence, signals  # noqa: PLC0415 (models load first)
        from people.permissions import own_tokens, themselves  # noqa: PLC0415 (models load first)

        register_token_source(own_tokens)
        widen("people.User", Widening(rule=themselves, tokens=own_tokens))
        photographs.listen()
        presence.listen()
        signals.listen()
