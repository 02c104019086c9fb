"""What is held of somebody whose right ended while they wrote."""

from django.utils.translation import gettext_lazy as _

from communities.models import KeptText
from core.holdings import PersonalData, told

HELD = (
    PersonalData(
        "kept texts",
        _("What you typed when a right of yours had ended"),
        _("Kept for thirty days, so that you can copy it or send it to those who publish."),
        rows=lambda person: told(KeptText.objects.filter(person=person), "pieces", "kept_at", "sent_at"),
        covers=("communities.KeptText.person",),
        goes=_("All of it."),
    ),
)
