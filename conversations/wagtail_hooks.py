"""What the log calls what those who moderate do in conversations, and who may write for whom; the hub team's menu."""

from django.urls import reverse
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from accounts.leaving.menus import HubTeamMenuItem
from conversations.delegates.log import DEEDS
from conversations.services.log import ACTIONS


@hooks.register("register_log_actions")
def moderating(actions: LogActionRegistry) -> None:
    """Each is an entry of its community, with the actor and the number of the conversation: titles may be private."""
    for action, (name, message) in ACTIONS.items():
        actions.register_action(action, name, message)


@hooks.register("register_log_actions")
def delegating(actions: LogActionRegistry) -> None:
    """Each is an entry of whoever names somebody to write for them."""
    for action, (name, message) in DEEDS.items():
        actions.register_action(action, name, message)


@hooks.register("register_settings_menu_item")
def who_writes_for_whom() -> HubTeamMenuItem:
    url = reverse("conversations:all_delegates")
    return HubTeamMenuItem(gettext_lazy("Delegates"), url, icon_name="edit", order=650)
