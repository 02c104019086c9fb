"""Drop-ins: series, their sessions, and calendars of them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SurgeriesConfig(AppConfig):
    name = "surgeries"
    verbose_name = _("Surgeries")

    def ready(self) -> None:
        from communities.permissions import let_members_in  # noqa: PLC0415 (models load first)
        from surgeries.models import Session  # noqa: PLC0415 (models load first)

        let_members_in(Session, "surgery__community_id")
        from surgeries import listings, signals  # noqa: F401, PLC0415 (the first registers its sections)

        signals.listen()
