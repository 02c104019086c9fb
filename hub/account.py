"""An editor's own account in Wagtail, without the picture: the hub has portraits, and one way to upload them."""

from typing import Any

from wagtail.admin.views.account import AccountView, AvatarSettingsPanel


class EditorAccountView(AccountView):
    def get_panels(self) -> list[Any]:
        return [panel for panel in super().get_panels() if not isinstance(panel, AvatarSettingsPanel)]
