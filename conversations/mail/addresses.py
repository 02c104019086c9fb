"""Where one person answers in one conversation by e-mail.

The address is a number that the database knows and the hub's signature of it, in letters that no mail server changes.
It says nothing of who may write: that is asked when an e-mail comes.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from conversations.models import Conversation, Post, Promise, ReplyAddress
from conversations.models.mail import ANSWERED_FOR
from conversations.permissions import part_of
from core.audiences import Person

SALT = "conversations.mail.addresses"
NUMBER, SIGNATURE = 16, 20  # letters
RENEWED_AFTER = timedelta(days=1)


def is_on() -> bool:
    """Whether the operator named an address for answers."""
    return "@" in settings.REPLY_ADDRESS


def reply_address(thing: object, reader: Person) -> str:
    """Where ``reader`` answers what is told about ``thing``; nothing where they may not, or nobody does by e-mail."""
    conversation = thing.conversation if isinstance(thing, Post | Promise) else thing
    if not (is_on() and isinstance(conversation, Conversation) and conversation.community):
        return ""
    if not part_of(reader, conversation.community).replies(conversation):
        return ""
    return written(address_of(conversation, reader))


def address_of(conversation: Conversation, reader: Person) -> ReplyAddress:
    """The row of an address that takes answers from now on for as long as that is."""
    until = timezone.now() + ANSWERED_FOR
    row, is_new = ReplyAddress.objects.get_or_create(
        person_id=reader.pk,
        conversation=conversation,
        defaults={"number": ReplyAddress.new_number(), "until": until},
    )
    if not is_new and until - row.until > RENEWED_AFTER:
        row.until = until
        row.save(update_fields=["until"])
    return row


def written(row: ReplyAddress) -> str:
    """As it stands in an e-mail."""
    local, _at, domain = settings.REPLY_ADDRESS.rpartition("@")
    return f"{local}+{row.number}{_signature(row.number)}@{domain}"


def meant_by(addresses: Iterable[str]) -> list[ReplyAddress]:
    """The rows of those that the hub wrote, in their order."""
    numbers = list(dict.fromkeys(number for each in addresses for number in _numbers_in(each)))
    rows = ReplyAddress.objects.select_related("person", "conversation__community").in_bulk(
        numbers, field_name="number"
    )
    return [rows[number] for number in numbers if number in rows]


def is_for_answers(address: str) -> bool:
    """Whether an address belongs to those for answers, whoever wrote it."""
    local, _at, domain = settings.REPLY_ADDRESS.casefold().rpartition("@")
    theirs, _at, where = address.strip().strip("<>").casefold().rpartition("@")
    return is_on() and where == domain and theirs.partition("+")[0] == local


def _numbers_in(address: str) -> Iterator[str]:
    if not is_on():
        return
    local, _at, domain = settings.REPLY_ADDRESS.casefold().rpartition("@")
    pattern = rf"{re.escape(local)}\+([a-z0-9]{{{NUMBER}}})([0-9a-f]{{{SIGNATURE}}})@{re.escape(domain)}"
    for number, signature in re.findall(pattern, address.casefold()):
        if constant_time_compare(signature, _signature(number)):
            yield number


def _signature(number: str) -> str:
    return salted_hmac(SALT, number, algorithm="sha256").hexdigest()[:SIGNATURE]
