"""What is held of people who answer by e-mail."""

from django.utils.translation import gettext_lazy as _

from conversations.models import IncomingMail, ReplyAddress
from core.holdings import PersonalData, told

HELD = (
    PersonalData(
        "e-mails to conversations",
        _("What you wrote to conversations by e-mail"),
        _("Your e-mails as they came, for thirty days, and what became of each."),
        rows=lambda person: told(
            IncomingMail.objects.filter(person=person),
            *("received", "came", "sender", "subject", "text", "whole", "files"),
            conversation="conversation__title",
        ),
        covers=("conversations.IncomingMail.person",),
        goes=_("All of it. What was published stays, as whatever you wrote in conversations."),
    ),
    PersonalData(
        "addresses for answers",
        _("Where you can answer by e-mail"),
        _("The conversations for which you were given an address, and until when it takes answers."),
        rows=lambda person: told(
            ReplyAddress.objects.filter(person=person), "until", conversation="conversation__title"
        ),
        covers=("conversations.ReplyAddress.person",),
        goes=_("All of it."),
    ),
)
