"""What the audit log calls what is done with accounts."""

from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

DEEDS = {
    "factor_help_asked": (
        gettext_lazy("Ask for help with a second factor"),
        gettext_lazy("Asked for help with a second factor"),
    ),
    "factor_help_withdrawn": (
        gettext_lazy("Withdraw help with a second factor"),
        gettext_lazy("Withdrew help with a second factor"),
    ),
    "factor_taken_off": (gettext_lazy("Take a second factor off"), gettext_lazy("Took a second factor off")),
    "came_by_sign_on": (gettext_lazy("Come by single sign-on"), gettext_lazy("Came by single sign-on")),
    "joined_sign_on": (gettext_lazy("Join single sign-on"), gettext_lazy("Joined single sign-on")),
}


@hooks.register("register_log_actions")
def account_actions(actions: LogActionRegistry) -> None:
    for deed, (name, message) in DEEDS.items():
        actions.register_action(f"accounts.{deed}", name, message)
