"""What surgeries hold of people."""

from django.utils.translation import gettext_lazy as _

from core.holdings import Holding, add_holding, told
from surgeries.models import SessionMentor


def add_holdings() -> None:
    """Everything of this room."""
    for holding in HELD:
        add_holding(holding, order=40)


HELD = (
    Holding(
        "sessions",
        _("Sessions where you help"),
        _("The dates that name you as the one who is there to help."),
        rows=lambda person: told(
            SessionMentor.objects.filter(person=person),
            surgery="session__surgery__title",
            session="session__title",
            starts="session__starts",
        ),
        covers=("surgeries.SessionMentor.person", "surgeries.Session.mentors"),
        goes=_("That it was you."),
        stays=_("The session, because others came to it."),
    ),
)
