"""The panels as Wagtail shows them on its first page, in the place of its own."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from wagtail.admin.ui.components import Component
from wagtail.admin.views import home

from core.desk.rows import PANELS, Panel

OF_WAGTAIL = (
    home.WorkflowObjectsToModeratePanel,
    home.UserObjectsInWorkflowModerationPanel,
    home.RecentEditsPanel,
    home.LockedPagesPanel,
)
"""They ask a query for each row, and no permission for what one once edited."""


class DeskPanel(Component):
    """One panel, filled for whoever looks at it."""

    def __init__(self, panel: Panel, request: HttpRequest, shown: dict[str, Any], order: int) -> None:
        self.panel, self.request, self.shown, self.order = panel, request, shown, order
        self.template_name = panel.template

    def get_context_data(self, _parent_context: Mapping[str, Any] | None) -> dict[str, Any]:
        is_empty = not any(self.shown.values())
        return {
            "request": self.request,
            "panel": self.panel,
            "empty": self.panel.empty if is_empty else "",
            "next_step": self.panel.next_step(self.request) if is_empty else None,
            **self.shown,
        }


def lay_out(request: HttpRequest, panels: list[Any]) -> None:
    """Put ours in the place of Wagtail's; whatever else was there comes after them."""
    filled = [(panel, panel.fill(request)) for panel in PANELS]
    ours = [DeskPanel(panel, request, shown, order) for order, (panel, shown) in enumerate(filled) if shown is not None]
    panels[:] = [*ours, *(panel for panel in panels if not isinstance(panel, OF_WAGTAIL))]
