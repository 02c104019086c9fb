"""The panels that every hub has, and the rows that core itself puts there."""

from django.utils.translation import gettext_lazy as _

from core.desk import pages
from core.desk.rows import DRAFTS, PANELS, SCHEDULED, WAITING, Panel, add_rows, rows_of


def lay_out() -> None:
    """Lay out the desk: what waits comes first."""
    for order, panel in (
        (10, Panel(WAITING, _("Waits for you"), rows_of(WAITING), empty=_("Nothing is waiting for you."))),
        (
            30,
            Panel(
                DRAFTS,
                _("Your drafts"),
                rows_of(DRAFTS),
                empty=_("None. What you begin stands here until readers see it."),
            ),
        ),
        (
            50,
            Panel(
                SCHEDULED,
                _("Scheduled"),
                rows_of(SCHEDULED),
                empty=_(
                    "Nothing. A page with a date is published or taken down by itself, and stands here until then."
                ),
            ),
        ),
    ):
        PANELS.add(panel.name, panel, order=order)
    add_rows(WAITING, "approvals", pages.tasks, order=20)
    add_rows(DRAFTS, "pages", pages.drafts, order=10)
    add_rows(SCHEDULED, "pages", pages.scheduled, order=10)
