"""The way from Wagtail's editor to invitations, people from a file, and people from outside."""

from django.urls import reverse
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem

from accounts.leaving.menus import HubTeamMenuItem


def menu_item() -> MenuItem:
    return HubTeamMenuItem(
        gettext_lazy("Invite people"), reverse("invitations"), name="ways-in", icon_name="user", order=270
    )
