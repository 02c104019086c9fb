"""What somebody does with an e-mail of theirs: publishes it, throws it away, or takes all their addresses back."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from conversations.mail import files
from conversations.mail.deciding import why_not
from conversations.mail.receiving import publish as published
from conversations.models import IncomingMail, Post, ReplyAddress
from conversations.models.mail import KEPT_FOR, Came
from conversations.services.locking import CannotPost
from conversations.services.posting import Bring, nothing_else
from core.row_locks import delete_locked
from core.versions import changed_for
from people.models import User

ADDRESSES_KEPT = timedelta(days=365)
"""For so long after its end an address is known, and whoever answers an old e-mail hears why it is not taken."""


@transaction.atomic
def publish(row: IncomingMail, text: str, bring: Bring = nothing_else) -> Post:
    """Publish what waits, in the words of ``text``, with what ``bring`` puts to it."""
    mine = _locked(row)
    if mine.post is not None and mine.came == Came.PUBLISHED:
        return mine.post
    if not mine.is_open:
        raise CannotPost(_("It was thrown away meanwhile."))
    if mine.conversation is None:
        raise CannotPost(_("Nothing says which conversation it is for. Copy your words, and answer there."))
    if (why := why_not(mine.conversation, mine.person)) is not None:
        raise CannotPost(str(why.label))
    mine.post = published(mine.conversation, text, mine, bring)
    mine.came, mine.why = Came.PUBLISHED, ""
    mine.save(update_fields=["came", "why", "post"])
    changed_for([mine.person_id])
    return mine.post


@transaction.atomic
def throw_away(row: IncomingMail) -> None:
    """Nothing is left of it but that it came, so that it is not taken once more."""
    mine = _locked(row)
    if not mine.is_open:
        return
    mine.came, mine.why, mine.text, mine.whole, mine.files = Came.THROWN_AWAY, "", "", "", []
    mine.sender = mine.subject = ""
    mine.save()
    files.forget(mine)
    changed_for([mine.person_id])


@transaction.atomic
def end_addresses(person: User) -> None:
    """No address in an e-mail that ``person`` has takes answers any more; the next e-mail brings a new one."""
    ReplyAddress.objects.filter(person=person).delete()


def tidy() -> None:
    """Forget e-mails whose time is over, and addresses that nobody answers any more."""
    now = timezone.now()
    delete_locked(IncomingMail.objects.filter(received__lt=now - KEPT_FOR))
    delete_locked(ReplyAddress.objects.filter(until__lt=now - ADDRESSES_KEPT))


def _locked(row: IncomingMail) -> IncomingMail:
    rows = IncomingMail.objects.select_for_update(of=("self",))
    mine: IncomingMail = rows.select_related("person", "conversation__community", "post__conversation").get(pk=row.pk)
    return mine
