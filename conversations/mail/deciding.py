"""What becomes of an e-mail: published, refused, or left to its author. One function asks, for all who act on it."""

from dataclasses import dataclass

from django.utils import timezone

from conversations.choices import Level
from conversations.forms import LONGEST
from conversations.mail.reading import ParsedMail
from conversations.models import Conversation, ReplyAddress, Standing
from conversations.models.mail import Came, Why
from conversations.permissions import part_of
from core.notices import gets_mail
from people.models import User


@dataclass(frozen=True, slots=True)
class MailDecision:
    """``came`` is what becomes of it, ``why`` says why it is not published."""

    came: Came
    why: Why | None = None


def decide(letter: ParsedMail, address: ReplyAddress, *, is_proved: bool) -> MailDecision:
    """What becomes of a letter that came to ``address``. ``is_proved`` says whether its sender is."""
    person = address.person
    why = _why_not_by_mail(address) or why_not(address.conversation, person) or _why_not_these(letter)
    if why is not None:
        return MailDecision(Came.REFUSED, why)
    waits = _why_it_waits(letter, person, is_proved=is_proved)
    return MailDecision(Came.WAITING, waits) if waits else MailDecision(Came.PUBLISHED)


def _why_it_waits(letter: ParsedMail, person: User, *, is_proved: bool) -> Why | None:
    """The first reason to leave it to whoever the address belongs to."""
    reasons = {
        Why.UNREADABLE: not letter.is_readable,
        Why.SEALED: letter.is_sealed,
        Why.BY_MACHINE: letter.may_be_automatic,
        Why.OTHER_SENDER: bool(letter.sender) and letter.sender != _address_of(person),
        Why.NOT_PROVED: not is_proved,
        Why.TOO_LARGE: letter.is_too_large,
        Why.BELOW_QUOTE: not letter.is_sure,
    }
    return next((why for why, holds in reasons.items() if holds), None)


def why_not(conversation: Conversation, person: User) -> Why | None:
    """Why ``person`` can add nothing to a conversation now, or ``None``."""
    if conversation.merged_into_id is not None:
        return Why.MERGED
    if not Conversation.objects.shown_to(person).filter(pk=conversation.pk).exists() or conversation.community is None:
        return Why.GONE
    if part_of(person, conversation.community).replies(conversation):
        return None
    if conversation.closed:
        return Why.CLOSED
    return Why.LOCKED if conversation.is_locked else Why.NO_RIGHT


def _why_not_by_mail(address: ReplyAddress) -> Why | None:
    if address.until <= timezone.now():
        return Why.EXPIRED
    mine = Standing.objects.filter(person=address.person_id, conversation=address.conversation_id)
    if mine.filter(level=Level.MUTE).exists() or not gets_mail(address.person_id):
        return Why.STOPPED
    return None


def _why_not_these(letter: ParsedMail) -> Why | None:
    if len(letter.text) > LONGEST:
        return Why.TOO_LONG
    may_have_words = letter.is_too_large or letter.is_sealed or not letter.is_readable
    return None if may_have_words or letter.text.strip() else Why.EMPTY


def _address_of(person: User) -> str:
    return str(person.email or "").casefold()
