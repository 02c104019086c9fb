"""What thanks hold of people."""

from django.utils.translation import gettext_lazy as _

from core.holdings import PersonalData, told
from thanks.models import Thanks

HELD = (
    PersonalData(
        "thanks received",
        _("What you were thanked for"),
        _("Who thanks you, for what, and whether it stands on your page."),
        rows=lambda person: told(Thanks.objects.filter(receiver=person), "given", "thing", "is_open", "is_shown"),
        covers=("thanks.Thanks.receiver",),
        goes=_("All of it."),
    ),
    PersonalData(
        "thanks given",
        _("Whom you thanked"),
        _("Your words, and what they were for."),
        rows=lambda person: told(Thanks.objects.filter(giver=person), "given", "thing", "words", "is_open"),
        covers=("thanks.Thanks.giver",),
        goes=_("That they were yours."),
        stays=_("The words, because they are somebody else’s now."),
    ),
)
