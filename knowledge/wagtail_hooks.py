"""What the audit log calls the checks of guidance."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks


@hooks.register("register_log_actions")
def guidance_actions(actions: Any) -> None:
    """Every check is an entry, with the actor."""
    actions.register_action("knowledge.checked", _("Check guidance"), _("Checked guidance"))
