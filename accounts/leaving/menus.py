"""The ways from Wagtail's editor to those who leave."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button

from core.editors import is_hub_team
from people.models import User


def handover_button(user: User, request_user: User) -> Iterator[Button]:
    """From the list of people to what somebody hands over."""
    if is_hub_team(request_user) and user.pk != request_user.pk:
        yield Button(
            gettext("Leaving and hand-over"),
            reverse("handover", args=[user.slug]),
            icon_name="arrow-right",
            priority=90,
        )


class HubTeamMenuItem(MenuItem):
    """A page of the hub team, outside the editor."""

    def is_shown(self, request: HttpRequest) -> bool:
        return is_hub_team(request.user)


def menu_item() -> MenuItem:
    return HubTeamMenuItem(gettext_lazy("People who leave"), reverse("leaving"), icon_name="arrow-right", order=610)


def directories_item() -> MenuItem:
    return HubTeamMenuItem(gettext_lazy("Directories"), reverse("directories"), icon_name="group", order=620)


def erasures_item() -> MenuItem:
    return HubTeamMenuItem(gettext_lazy("Erasure requests"), reverse("erasures"), icon_name="bin", order=630)


def second_factor_item() -> MenuItem:
    return HubTeamMenuItem(
        gettext_lazy("Lost second factors"), reverse("second_factor_help"), icon_name="key", order=640
    )
