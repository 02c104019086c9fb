"""What surgeries hold of people."""

from django.utils.translation import gettext_lazy as _

from core.holdings import PersonalData, told
from surgeries.models import SessionMentor

HELD = (
    PersonalData(
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
