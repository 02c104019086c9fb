"""What the front page holds of people."""

from django.utils.translation import gettext_lazy as _

from core.holdings import PersonalData, told
from home.models import FirstStepMark, HomePage

HELD = (
    PersonalData(
        "host",
        _("That you show newcomers round"),
        _("Your name and face on the front page."),
        rows=lambda person: told(HomePage.objects.filter(host=person), page="title"),
        covers=("home.HomePage.host",),
        goes=_("All of it. The hub team names somebody else."),
    ),
    PersonalData(
        "first steps",
        _("What you set up on a new hub"),
        _("Which of the first steps you confirmed."),
        rows=lambda person: told(FirstStepMark.objects.filter(by=person), "name", "at"),
        covers=("home.FirstStepMark.by",),
        stays=_("That it was confirmed; no longer that it was you."),
    ),
)
