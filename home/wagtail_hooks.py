"""Where the hub team finds the first hour again, in Wagtail's editor."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from core.editors import is_hub_team


class ForTheHubTeam(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return is_hub_team(request.user)


@hooks.register("register_settings_menu_item")
def first_hour() -> MenuItem:
    return ForTheHubTeam(_("The first hour"), reverse("home:first_hour"), icon_name="list-ol", order=90)
