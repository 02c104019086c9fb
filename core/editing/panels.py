"""The panels of the editor's first page, without what is closed to whoever looks at it."""

from collections.abc import Callable
from typing import Any

from wagtail.admin.views import home

from core.editing.access import only_open


def _open_only(panel: type, name: str, page_of: Callable[[Any], Any]) -> type:
    """``panel`` with the rows that it keeps under ``name`` cut to those whose page is open."""

    def get_context_data(self: Any, parent_context: dict[str, Any]) -> Any:
        context = panel.get_context_data(self, parent_context)  # type: ignore[attr-defined]
        rows = list(context[name])
        pages = {page.pk for page in only_open(map(page_of, rows), parent_context["request"].user)}
        return {**context, name: [row for row in rows if page_of(row).pk in pages]}

    return type(panel.__name__, (panel,), {"get_context_data": get_context_data})


OPEN_PANELS = {
    home.WorkflowObjectsToModeratePanel: _open_only(
        home.WorkflowObjectsToModeratePanel, "states", lambda row: row["obj"]
    ),
    home.UserObjectsInWorkflowModerationPanel: _open_only(
        home.UserObjectsInWorkflowModerationPanel, "workflow_states", lambda row: row.content_object
    ),
    home.RecentEditsPanel: _open_only(home.RecentEditsPanel, "last_edits", lambda row: row[1]),
    home.LockedPagesPanel: _open_only(home.LockedPagesPanel, "locked_pages", lambda row: row),
}


def replace(panels: list[Any]) -> None:
    """Put ours in the place of Wagtail's."""
    panels[:] = [OPEN_PANELS[type(panel)]() if type(panel) in OPEN_PANELS else panel for panel in panels]
