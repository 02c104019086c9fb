"""What is held of people because of directories."""

from django.utils.translation import gettext_lazy as _

from accounts.scim.models import Brought, DirectoryPerson, DirectoryToken
from core.holdings import PersonalData, told

HELD = (
    PersonalData(
        "directories",
        _("What your organisation’s directory says of you"),
        _("Names, title and address that it sent, its own number for you, and where its groups led."),
        rows=lambda person: (
            told(
                DirectoryPerson.objects.filter(person=person), "user_name", "external_id", "sent", "created", "removed"
            )
            + told(Brought.objects.filter(person=person), "community__title", "role__name")
        ),
        covers=("accounts.DirectoryPerson.person", "accounts.Brought.person"),
        goes=_("All of it. The directory may send it again."),
    ),
    PersonalData(
        "tokens of directories",
        _("Tokens of directories that you made"),
        _("That you made a token, and when."),
        rows=lambda person: told(DirectoryToken.objects.filter(made_by=person), "name", "made"),
        covers=("accounts.DirectoryToken.made_by",),
        stays=_("The token; no longer that it was you who made it."),
    ),
)
