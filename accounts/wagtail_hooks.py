"""What the audit log calls what is done with accounts."""

from typing import cast

from django.http import HttpRequest
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from accounts.invitations import menus as invitation_menus
from accounts.leaving import menus
from accounts.stays import services as stays
from people.models import User

DEEDS = {
    "directory_made": (gettext_lazy("Make an account by a directory"), gettext_lazy("A directory made the account")),
    "directory_address_waits": (
        gettext_lazy("Say another address"),
        gettext_lazy("A directory said another address, which waits for its proof"),
    ),
    "directory_joined": (gettext_lazy("Take an account over"), gettext_lazy("A directory took the account over")),
    "directory_changed": (gettext_lazy("Change by a directory"), gettext_lazy("A directory changed the account")),
    "directory_removed": (gettext_lazy("Remove by a directory"), gettext_lazy("A directory knows the account no more")),
    "directory_set_up": (gettext_lazy("Set a directory up"), gettext_lazy("Set a directory up")),
    "group_made": (gettext_lazy("Make a group by a directory"), gettext_lazy("A directory made a group")),
    "group_changed": (gettext_lazy("Change a group by a directory"), gettext_lazy("A directory changed a group")),
    "group_removed": (gettext_lazy("Remove a group by a directory"), gettext_lazy("A directory removed a group")),
    "group_mapped": (gettext_lazy("Map a group"), gettext_lazy("Mapped a group to a community")),
    "group_unmapped": (gettext_lazy("Take a mapping away"), gettext_lazy("Took the mapping of a group away")),
    "brought": (gettext_lazy("Bring in by a group"), gettext_lazy("A group of a directory brought somebody in")),
    "taken_back": (gettext_lazy("Take back by a group"), gettext_lazy("A group of a directory let somebody go")),
    "token_made": (gettext_lazy("Make a token"), gettext_lazy("Made a token of a directory")),
    "token_withdrawn": (gettext_lazy("Withdraw a token"), gettext_lazy("Withdrew a token of a directory")),
    "left": (gettext_lazy("Switch an account off"), gettext_lazy("Switched an account off")),
    "back": (gettext_lazy("Switch an account on"), gettext_lazy("Switched an account on again")),
    "leaving_planned": (gettext_lazy("Set a last day"), gettext_lazy("Set a last day")),
    "handover_read": (gettext_lazy("Look at a hand-over"), gettext_lazy("Looked at a hand-over")),
    "handed_over": (gettext_lazy("Hand over"), gettext_lazy("Handed something over")),
    "hand_over_settled": (gettext_lazy("Settle a hand-over"), gettext_lazy("Settled a hand-over")),
    "factor_help_asked": (
        gettext_lazy("Ask for help with a second factor"),
        gettext_lazy("Asked for help with a second factor"),
    ),
    "factor_help_withdrawn": (
        gettext_lazy("Withdraw help with a second factor"),
        gettext_lazy("Withdrew help with a second factor"),
    ),
    "factor_taken_off": (gettext_lazy("Take a second factor off"), gettext_lazy("Took a second factor off")),
    "from_file": (gettext_lazy("Take over from a file"), gettext_lazy("Taken over from a file")),
    "stay_begun": (gettext_lazy("Begin a stay"), gettext_lazy("Came from outside")),
    "stay_extended": (gettext_lazy("Extend a stay"), gettext_lazy("Extended their stay")),
    "stay_ended": (gettext_lazy("End a stay"), gettext_lazy("Ended their stay")),
    "came_by_sign_on": (gettext_lazy("Come by single sign-on"), gettext_lazy("Came by single sign-on")),
    "joined_sign_on": (gettext_lazy("Join single sign-on"), gettext_lazy("Joined single sign-on")),
    "erased": (gettext_lazy("Erase somebody"), gettext_lazy("Erased somebody")),
}


@hooks.register("register_log_actions")
def account_actions(actions: LogActionRegistry) -> None:
    for deed, (name, message) in DEEDS.items():
        actions.register_action(f"accounts.{deed}", name, message)


hooks.register("register_user_listing_buttons", menus.handover_button)
hooks.register("register_settings_menu_item", menus.menu_item)
hooks.register("register_admin_menu_item", invitation_menus.menu_item)
hooks.register("register_settings_menu_item", menus.directories_item)
hooks.register("register_settings_menu_item", menus.erasures_item)
hooks.register("register_settings_menu_item", menus.second_factor_item)


@hooks.register("after_create_user")
def begin_stay_of_new_account(request: HttpRequest, user: User) -> None:
    """An account that was made by hand for somebody from outside is looked at again, too; whoever made it answers."""
    by = cast("User", request.user)
    stays.begin_without_terms(user, by)
