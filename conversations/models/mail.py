"""Where people answer by e-mail, and what came of each e-mail that they wrote."""

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from conversations.models.talk import Conversation, Post
from people.models import User

ANSWERED_FOR = timedelta(days=60)
"""How long the address in an e-mail takes answers; each e-mail about the same conversation makes it longer."""
KEPT_FOR = timedelta(days=30)
"""How long the whole of an e-mail is kept for whoever wrote it."""
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"  # mail servers may change capitals


class Came(models.TextChoices):
    """What became of an e-mail."""

    WAITING = "waiting", _("Waits for you")
    PUBLISHED = "published", _("Published")
    REFUSED = "refused", _("Not published")
    THROWN_AWAY = "thrown away", _("Thrown away")


class Why(models.TextChoices):
    """Why an e-mail waits or is refused."""

    NOT_PROVED = "not proved", _("Nothing proves that it came from you.")
    OTHER_SENDER = "other sender", _("It was sent from an address that is not yours.")
    OTHER_ADDRESS = "other address", _("It went to the address that the hub sends from, not to the one for answers.")
    BELOW_QUOTE = (
        "below quote",
        _("The hub is not sure which words are yours and which you answer: look at them first."),
    )
    UNREADABLE = "unreadable", _("The e-mail could not be read as it should be.")
    SEALED = "sealed", _("It is encrypted, or in a form that only Outlook reads. Send it as plain text, or as HTML.")
    TOO_FAST = "too fast", _("You have written very many posts in a short time: publish it in some minutes.")
    BY_MACHINE = "by a machine", _("It may be an automatic answer.")
    TOO_LARGE = "too large", _("It is so large that only its beginning was read.")
    CLOSED = "closed", _("The conversation was closed.")
    LOCKED = "locked", _("Nobody can write in the conversation for a while: those who moderate have locked it.")
    MERGED = "merged", _("The conversation and another one are one now.")
    NO_RIGHT = "no right", _("You cannot write in this conversation any more.")
    GONE = "gone", _("The conversation is not there for you any more.")
    EXPIRED = "expired", _("The e-mail that you answered is too old: its address takes no answers any more.")
    STOPPED = "stopped", _("You want no e-mails of this conversation, so its address takes none of yours.")
    TOO_LONG = "too long", _("It is too long for one post.")
    EMPTY = "empty", _("There are no words in it besides those that you answered. Add some, and publish it.")


class ReplyAddress(models.Model):
    """Where one person answers in one conversation by e-mail.

    The address that e-mails name is ``number`` with the hub's signature: a copy of the database writes nothing.
    """

    changes_pages = False

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="+")
    number = models.CharField(max_length=16, unique=True)
    until = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("person", "conversation"), name="one_reply_address_in_a_conversation")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.conversation_id}, until {self.until:%d.%m.%Y}"

    @staticmethod
    def new_number() -> str:
        return get_random_string(16, LETTERS)


class IncomingMail(models.Model):
    """An e-mail that somebody wrote to a conversation. Sent twice, it is one row.

    ``text`` is what they wrote, ``whole`` the e-mail with everything that was cut; both are forgotten after a while.
    """

    changes_pages = False

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    """Whose the address is that it came to: nobody else reads it."""
    conversation = models.ForeignKey(Conversation, null=True, on_delete=models.SET_NULL, related_name="+")
    key = models.CharField(max_length=64)
    came = models.CharField(max_length=12, choices=Came.choices, default=Came.WAITING)
    why = models.CharField(max_length=16, choices=Why.choices, blank=True)
    is_proved = models.BooleanField(default=False)
    sender = models.CharField(max_length=320, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    whole = models.TextField(blank=True)
    files = models.JSONField(default=list)
    """Names of what was attached and is not taken, or not yet."""
    crests = models.JSONField(default=list)
    """Fingerprints of its pictures that may belong to a signature: what comes again is left out."""
    received = models.DateTimeField(default=timezone.now)
    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering: ClassVar = ("-received", "-pk")
        constraints: ClassVar = [models.UniqueConstraint(fields=("person", "key"), name="an_e_mail_comes_once")]
        indexes: ClassVar = [models.Index(fields=("received",), name="e_mails_that_came")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.came}"

    def get_absolute_url(self) -> str:
        return reverse("conversations:mailed", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether its author can still publish it."""
        return self.came in {Came.WAITING, Came.REFUSED}

    @property
    def kept_until(self) -> object:
        return self.received + KEPT_FOR
