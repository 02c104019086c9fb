"""What waits for somebody on the front page waits on the editor's desk, too."""

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.desk.rows import SHOWN, WAITING, DeskLink, DeskRow, Rows, add_rows
from home.listings import asked_of

if TYPE_CHECKING:
    from people.models import User


def asked_of_them(request: HttpRequest) -> Rows:
    """Requests to join, roles to accept, guidance that is due…: the most pressing first. What others ask to publish has
    rows of its own there.
    """
    asked = asked_of(cast("User", request.user), request, to_publish=False)[:SHOWN]
    rows = [DeskRow(one.title, one.url, text=one.text, when=one.due) for one in asked]
    return Rows(rows, DeskLink(_("All that is asked of you"), "/#asked"))


def lay_out() -> None:
    """Put it on the desk."""
    add_rows(WAITING, "asked of you", asked_of_them, order=30)
