"""What is held of guests of conversations, and of those who invited them."""

from django.utils.translation import gettext_lazy as _

from conversations.models import Guest
from core.holdings import PersonalData, told

HELD = (
    PersonalData(
        "guest places",
        _("Conversations to which you were invited as a guest"),
        _("To which one, what for and until when."),
        rows=lambda person: told(
            Guest.objects.filter(person=person), "since", "purpose", "until", conversation="conversation__title"
        ),
        covers=("conversations.Guest.person",),
        goes=_("All of it."),
    ),
    PersonalData(
        "guests answered for",
        _("Guests whom you invited to a conversation, or for whom you answer"),
        _("To which conversation, what for and until when."),
        rows=lambda person: told(
            Guest.objects.filter(sponsor=person), "since", "purpose", "until", conversation="conversation__title"
        ),
        covers=("conversations.Guest.sponsor", "conversations.Guest.invited_by", "conversations.Guest.ended_by"),
        goes=_("That it was you."),
        stays=_("That they were invited. Nobody answers for them any more, so that they read nothing."),
    ),
)
