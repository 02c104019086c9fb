"""What the log of a community calls what those who moderate do in its conversations."""

from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from conversations.services.log import ACTIONS


@hooks.register("register_log_actions")
def moderating(actions: LogActionRegistry) -> None:
    """Each is an entry of its community, with the actor and the number of the conversation: titles may be private."""
    for action, (name, message) in ACTIONS.items():
        actions.register_action(action, name, message)
