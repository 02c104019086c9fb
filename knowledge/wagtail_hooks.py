"""What Wagtail's editor offers for guidance and for files, and what the audit log calls the checks of guidance."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from core.models import HubDocument
from knowledge.files import reports
from search.services import changed

hooks.register("register_admin_urls", reports.addresses)
hooks.register("register_reports_menu_item", reports.menu_item)


@hooks.register("register_log_actions")
def guidance_actions(actions: LogActionRegistry) -> None:
    """Every check and every hand-over is an entry, with the actor."""
    actions.register_action("knowledge.checked", _("Check guidance"), _("Checked guidance"))
    actions.register_action("knowledge.handed_over", _("Hand guidance over"), _("Handed guidance over"))


@hooks.register("after_bulk_action")
def files_of_a_bulk_action_changed(_request: HttpRequest, _kind: str, things: Iterable[object], *_args: object) -> None:
    """Moving many files to another collection at once tells nobody else."""
    changed(*(thing for thing in things if isinstance(thing, HubDocument) and thing.pk))
