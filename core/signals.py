"""What follows from writing the row of a page."""

from core import versions
from core.drafts import PageWithDrafts, row_written


def listen() -> None:
    """Hear of every page whose row is written, drafts' notes aside."""
    row_written.connect(on_row_written, dispatch_uid="core.row_written")


def on_row_written(instance: PageWithDrafts, before: PageWithDrafts | None, **_kwargs: object) -> None:
    """What readers saw of it, and what they see now, is shown anew."""
    shown = [row for row in (before, instance) if row is not None and row.live]
    versions.changed(*(scope for row in shown for scope in row.version_scopes()))
