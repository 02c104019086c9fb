"""What its author hears of an e-mail: that it waits, was refused, or was published without what was attached.

Notices go to whoever the address belongs to, never to where an e-mail says that it came from. A letter goes out at once
only for an e-mail whose sender is proved: nobody can have the hub write to others.
"""

from collections.abc import Collection, Iterable, Mapping

from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from conversations.attachments.composer import place_of_form
from conversations.models import Attachment, IncomingMail, Post
from conversations.models.mail import Came, Why
from core.audiences import Person
from core.notices import Happened, NoticeKind, NoticeWords, Timing, by_key
from core.outbox import emit

WAITS = "conversations.mail_waits"
REFUSED = "conversations.mail_refused"
WITHOUT_FILES = "conversations.mail_without_files"
LETTER = "conversations.mail_letter"


def tell(row: IncomingMail, *, by_machine: bool = False) -> None:
    """Tell its author what became of it; what may be ``by_machine`` is answered by no e-mail."""
    if row.came == Came.WAITING and row.why != Why.BY_MACHINE:
        emit(WAITS, row)
    elif row.is_open:
        emit(REFUSED, row)
    elif row.files or (row.post is not None and waiting_pictures(row.post).exists()):
        emit(WITHOUT_FILES, row)
    at_once = row.came == Came.REFUSED or row.why in {Why.OTHER_ADDRESS, Why.TOO_FAST}
    if row.is_proved and at_once and not by_machine:
        emit(LETTER, row)


def its_author(event: Happened) -> Iterable[int]:
    return IncomingMail.objects.filter(pk=event.subject_pk).values_list("person_id", flat=True)


def mails_told(reader: Person, keys: Collection[str]) -> Mapping[str, IncomingMail]:
    """With what ``without_files`` says: whether pictures still wait for words."""
    place = Concat(Value("post:"), OuterRef("post"), output_field=CharField())
    pictures = Attachment.objects.filter(unsent_by=OuterRef("person"), place=place)
    mine = IncomingMail.objects.filter(person=reader.pk, pk__in=keys).annotate(pictures_wait=Exists(pictures))
    return by_key(mine.select_related("post__conversation"))


def waiting_pictures(post: Post) -> QuerySet[Attachment]:
    """Pictures of an e-mail whose post others read already: they wait for words about what they show."""
    return Attachment.objects.filter(unsent_by=post.author_id, place=place_of_form(post))


def waits(row: IncomingMail, _event: Happened, _reader: Person) -> NoticeWords | None:
    if row.came != Came.WAITING:
        return None
    title, action = _("You wrote this by e-mail: publish it or throw it away"), _("Look at it")
    return NoticeWords(title, row.get_absolute_url(), text=row.get_why_display(), action=action)


def refused(row: IncomingMail, _event: Happened, _reader: Person) -> NoticeWords | None:
    if not row.is_open:
        return None
    title, action = _("What you wrote by e-mail is not published"), _("Your words, and what you can do")
    return NoticeWords(title, row.get_absolute_url(), text=row.get_why_display(), action=action)


def without_files(row: IncomingMail, _event: Happened, _reader: Person) -> NoticeWords | None:
    if row.post is None or row.came != Came.PUBLISHED:
        return None
    title = _("Your answer by e-mail is published, without all that was attached")
    names = _("Not taken: %(names)s.") % {"names": ", ".join(row.files)} if row.files else ""
    if getattr(row, "pictures_wait", False):
        words = _("Its pictures wait: say what they show, and they stand there, too.")
        url = reverse("conversations:edit", args=[row.post.pk])
        return NoticeWords(title, url, text=f"{words} {names}".strip(), action=_("Say what they show"))
    if not names:
        return None
    return NoticeWords(title, row.post.get_absolute_url(), text=names, action=_("Go to your answer"))


KINDS = (
    NoticeKind(
        WAITS,
        gettext_lazy("What you wrote by e-mail waits for you"),
        words=waits,
        subjects=mails_told,
        recipients=its_author,
    ),
    NoticeKind(
        REFUSED,
        gettext_lazy("What you wrote by e-mail is not published"),
        words=refused,
        subjects=mails_told,
        recipients=its_author,
        timing=Timing.NEVER,  # whoever is proved gets a letter, and nobody else is written to
    ),
    NoticeKind(
        WITHOUT_FILES,
        gettext_lazy("What you attached to an e-mail is not taken"),
        words=without_files,
        subjects=mails_told,
        recipients=its_author,
    ),
)
