"""Communities: people with a purpose, and who belongs to them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommunitiesConfig(AppConfig):
    name = "communities"
    verbose_name = _("Communities")

    def ready(self) -> None:
        from communities import signals  # noqa: PLC0415 (models are not loaded before)
        from communities.claims import signals as claim_signals  # noqa: PLC0415 (as above)
        from communities.editor import checks  # noqa: F401, PLC0415 (as above)

        signals.listen()
        claim_signals.listen()
