"""What the audit log calls the changes of memberships, and what the hub team sees among Wagtail's reports."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from communities import reports

hooks.register("register_admin_urls", reports.addresses)
hooks.register("register_reports_menu_item", reports.menu_item)


@hooks.register("register_log_actions")
def membership_actions(actions: Any) -> None:
    """Every change of who belongs is an entry, with the actor."""
    actions.register_action("communities.invited", _("Invite a member"), _("Invited a member"))
    actions.register_action("communities.accepted", _("Accept a member"), _("Accepted a member"))
    actions.register_action("communities.declined", _("Decline a request"), _("Declined a request"))
    actions.register_action("communities.role_changed", _("Change a role"), _("Changed a role"))
