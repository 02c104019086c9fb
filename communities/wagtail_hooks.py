"""What the audit log calls changes of memberships, the hub team's reports, and what is not published by the dozen."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _, gettext_lazy
from wagtail import hooks
from wagtail.models import Page

from communities import reports
from communities.models import CommunityPage
from communities.panels import asks_for_facilitators
from communities.services import named

DEEDS = {
    "invited": (gettext_lazy("Invite somebody"), gettext_lazy("Invited somebody")),
    "withdrawn": (gettext_lazy("Withdraw an invitation"), gettext_lazy("Withdrew an invitation")),
    "accepted": (gettext_lazy("Accept a member"), gettext_lazy("Accepted a member")),
    "declined": (gettext_lazy("Decline a request"), gettext_lazy("Declined a request")),
    "role_changed": (gettext_lazy("Change a role"), gettext_lazy("Changed a role")),
    "removed": (gettext_lazy("Remove a member"), gettext_lazy("Removed a member")),
    "appointed": (gettext_lazy("Name a facilitator"), gettext_lazy("Named a facilitator")),
    "looked_after": (gettext_lazy("Look at facilitators"), gettext_lazy("Looked at facilitators as the hub team")),
    "sponsor_gone": (gettext_lazy("Lose the sponsor"), gettext_lazy("Lost the sponsor, whose account was deleted")),
}

hooks.register("register_admin_urls", reports.addresses)
hooks.register("register_reports_menu_item", reports.menu_item)


@hooks.register("register_log_actions")
def membership_actions(actions: Any) -> None:
    """Every change of who belongs is an entry, with the actor."""
    for deed, (name, message) in DEEDS.items():
        actions.register_action(f"communities.{deed}", name, message)


@hooks.register("before_bulk_action")
def communities_need_facilitators(
    request: HttpRequest, kind: str, pages: Iterable[Any], *_args: Any
) -> HttpResponse | None:
    """The form asks for facilitators before a community is published; publishing many at once shows no form."""
    if kind != "publish":
        return None
    things = [page.specific for page in pages if isinstance(page, Page)]
    communities = [page for page in things if isinstance(page, CommunityPage)]
    lacking = [page.title for page in communities if asks_for_facilitators(page) and not is_named(page)]
    if not lacking:
        return None
    messages.error(
        request, _("Open these and name who looks after them first: %(titles)s.") % {"titles": ", ".join(lacking)}
    )
    return redirect("wagtailadmin_home")


def is_named(page: CommunityPage) -> bool:
    """Whether the newest draft names somebody who is here."""
    return bool(named(page.get_latest_revision_as_object()))
