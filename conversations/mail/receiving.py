"""Takes one e-mail after another from the mail server. What came twice is one e-mail; nothing is lost, and no stranger
is written to.
"""

import uuid
from collections.abc import Callable, Sequence
from email import message_from_bytes, policy
from enum import StrEnum
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from conversations import posting_rate
from conversations.mail import notices
from conversations.mail.addresses import is_for_answers, is_on, meant_by
from conversations.mail.deciding import MailDecision, decide, why_not
from conversations.mail.files import bring, keep
from conversations.mail.proof import is_proved
from conversations.mail.reading import ParsedMail, read
from conversations.models import Conversation, IncomingMail, Post, ReplyAddress
from conversations.models.mail import Came, Why
from conversations.services.locking import CannotPost
from conversations.services.posting import nothing_else, reply
from core.dead_addresses import services as dead_addresses
from core.dead_addresses.returned import failures
from core.message_ids import matter_id
from core.outbox.emitting import subject_of
from core.rate_limits import limit
from people.addresses import owner_of
from people.models import User

ANYTHING_NEWER = 2**31 - 1
"""Whoever answers by e-mail has read what the e-mail told, and does not see what others wrote since."""
MOST = 200  # conversations among which one is looked for that an e-mail answers


class ReceivedAs(StrEnum):
    """What came of what the mail server brought."""

    PUBLISHED = Came.PUBLISHED.value
    WAITING = Came.WAITING.value
    REFUSED = Came.REFUSED.value
    AGAIN = "came before"
    IGNORED = "ignored"
    REPORT = "a report of an e-mail that came back"


class TryLater(Exception):
    """Too many came at once. The mail server keeps it, and tries again."""


def receive(content: bytes, to: Sequence[str] = ()) -> ReceivedAs:
    """Take one e-mail. ``to`` is where the mail server was to bring it, where that is known."""
    letter = read(content)
    if letter.is_report:
        return _report(content)
    if letter.is_automatic or not is_on():
        return ReceivedAs.IGNORED
    is_sure = is_proved(letter.sender, letter.results)
    address = _address(letter, [each for each in to if is_for_answers(each)] or letter.to)
    if address is None:
        return _astray(letter) if is_sure else ReceivedAs.IGNORED
    if not address.person.is_active:
        return ReceivedAs.IGNORED
    _count(address.person)
    return _take(letter, address, is_sure=is_sure)


def _report(content: bytes) -> ReceivedAs:
    """An e-mail of the hub came back: it may say that nobody is at an address any more."""
    for failure in failures(message_from_bytes(content, policy=policy.default)):
        dead_addresses.stop(failure.address, reason=failure.reason, when=failure.when)
    return ReceivedAs.REPORT


def _address(letter: ParsedMail, to: Sequence[str]) -> ReplyAddress | None:
    """The one that its sender was given, where it went to several."""
    rows = meant_by(to)
    return next((row for row in rows if (row.person.email or "").casefold() == letter.sender), next(iter(rows), None))


def _count(person: User) -> None:
    if not limit("mails_in").take("person", person.pk):
        raise TryLater


@transaction.atomic
def _take(letter: ParsedMail, address: ReplyAddress, *, is_sure: bool) -> ReceivedAs:
    """Write down what came, and do what is to be done with it."""
    is_proved_as_theirs = is_sure and letter.sender == (address.person.email or "").casefold()
    row = _written_down(letter, address.person, address.conversation, is_proved=is_proved_as_theirs)
    if row is None:
        return ReceivedAs.AGAIN
    decision = decide(letter, address, is_proved=is_sure)
    if decision.came == Came.PUBLISHED:
        decision = _published(row, letter)
    row.came, row.why = decision.came, decision.why or ""
    if row.is_open:
        keep(letter, row)
    row.save(update_fields=["came", "why", "post", "files"])
    notices.tell(row, by_machine=letter.may_be_automatic)
    return ReceivedAs(row.came)


def _published(row: IncomingMail, letter: ParsedMail) -> MailDecision:
    """Publish it, unless somebody closed the conversation just now. What comes too fast waits for a press."""
    conversation = row.conversation
    if conversation is None:
        return MailDecision(Came.REFUSED, Why.GONE)
    try:
        row.post = publish(conversation, letter.text, row, bring(letter, row))
    except posting_rate.TooFast:
        return MailDecision(Came.WAITING, Why.TOO_FAST)
    except CannotPost:
        conversation.refresh_from_db()
        return MailDecision(Came.REFUSED, why_not(conversation, row.person) or Why.NO_RIGHT)
    return MailDecision(Came.PUBLISHED)


def publish(
    conversation: Conversation, text: str, row: IncomingMail, files: Callable[[Post], bool] = nothing_else
) -> Post:
    """The post that an e-mail is, in its author's own voice. It has the key of the e-mail, so that there is one of it.

    Raises ``pace.TooFast``, as the form does.
    """
    key = uuid.UUID(row.key[:32])
    posting_rate.see_to(row.person, key)
    return reply(conversation, text, row.person, key=key, seen=ANYTHING_NEWER, bring=files)


def _astray(letter: ParsedMail) -> ReceivedAs:
    """It came to the address that the hub sends from, or to one that is not there. Whoever has an account, and is
    proved to have written it, hears what to do; their words wait for them.
    """
    person = owner_of(letter.sender)
    if person is None or not person.is_active:
        return ReceivedAs.IGNORED
    _count(person)
    conversation = _answered_by(letter, person)
    with transaction.atomic():
        row = _written_down(letter, person, conversation, is_proved=True)
        if row is None:
            return ReceivedAs.AGAIN
        is_open = conversation is not None and why_not(conversation, person) is None and bool(letter.text.strip())
        row.came, row.why = Came.WAITING if is_open else Came.REFUSED, Why.OTHER_ADDRESS
        keep(letter, row)
        row.save(update_fields=["came", "why", "files"])
        notices.tell(row, by_machine=letter.may_be_automatic)
    return ReceivedAs(row.came)


def _answered_by(letter: ParsedMail, person: User) -> Conversation | None:
    """The conversation of the notice that it answers: the e-mails of each refer to one id."""
    rows = ReplyAddress.objects.filter(person=person, until__gt=timezone.now()).select_related(
        "conversation__community"
    )
    ids = {matter_id(subject_of(row.conversation)): row.conversation for row in rows.order_by("-until")[:MOST]}
    return next((ids[each] for each in letter.answers if each in ids), None)


def _written_down(
    letter: ParsedMail, person: User, conversation: Conversation | None, *, is_proved: bool
) -> IncomingMail | None:
    """Its row, or ``None`` where it came before."""
    row, is_new = IncomingMail.objects.get_or_create(
        person=person,
        key=sha256(f"{letter.key} {conversation.pk if conversation else ''}".encode()).hexdigest(),
        defaults={
            "conversation": conversation,
            "is_proved": is_proved,
            "sender": letter.sender,
            "subject": letter.subject,
            "text": letter.text,
            "whole": letter.whole,
            "files": [name for name, _content in letter.attached],
            "crests": letter.crests,
        },
    )
    return row if is_new else None
