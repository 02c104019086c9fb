"""The room of ways in and out."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from accounts import checks  # noqa: F401, PLC0415 (registers them)
        from accounts.invitations import signals as invitations  # noqa: PLC0415 (models load first)
        from accounts.leaving import signals as leaving  # noqa: PLC0415 (models load first)
        from accounts.second_factor import signals as second_factor  # noqa: PLC0415 (models load first)
        from accounts.sessions import signals as sessions  # noqa: PLC0415
        from accounts.stays import signals as stays  # noqa: PLC0415 (models load first)

        invitations.listen()
        leaving.listen()
        second_factor.listen()
        sessions.listen()
        stays.listen()
