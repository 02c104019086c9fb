"""The letter to somebody whose e-mail was not published: why, what to do, and their words.

It goes to the address of their account, and only where it is proved that they wrote: what strangers send has the hub
write to nobody.
"""

from collections.abc import Sequence

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from conversations.models import Conversation, IncomingMail
from conversations.models.mail import Came
from core.branding import branding
from core.hub_address import absolute
from core.languages import in_language_of
from core.letters import letter
from core.mail import HubMail, deliver
from core.message_ids import matter_id
from core.outbox import Delivery
from core.outbox.emitting import subject_of

SHOWN = 20_000  # letters of their words


def send(events: Sequence[Delivery]) -> None:
    """Send the letter that each event calls for, unless its reader has seen to it already."""
    for event in events:
        row = IncomingMail.objects.select_related("person", "conversation").filter(pk=event.subject_pk).first()
        if row is None or not (row.is_open and row.is_proved and row.person.is_active and row.person.email):
            continue
        with in_language_of(row.person):
            made = message(row)
        made.extra_headers["Auto-Submitted"] = "auto-replied"
        deliver(made, event)


def message(row: IncomingMail) -> HubMail:
    """Where the conversation is not for its reader any more, nothing of it is told."""
    shown = Conversation.objects.within_reach_of(row.person).filter(pk=row.conversation_id).first()
    urls = [absolute(row.get_absolute_url()), absolute(shown.url) if shown else ""]
    context = {
        "row": row,
        "waits": row.came == Came.WAITING,
        "conversation": shown,
        "words": row.text[:SHOWN].split("\n") if row.text else [],
        "mail_url": urls[0],
        "conversation_url": urls[1],
        "hub": branding(),
    }
    subject = _("Your e-mail waits for you") if context["waits"] else _("Your e-mail was not published")
    made = letter(
        subject, render_to_string("conversations/mail/letter.txt", context), [str(row.person.email)], links=urls
    )
    if row.conversation is not None:
        made.extra_headers["References"] = made.extra_headers["In-Reply-To"] = matter_id(subject_of(row.conversation))
    return made
