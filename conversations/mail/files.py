"""What is attached to an e-mail goes with its post, or waits with its words, as far as the hub would have taken it.

A picture must be described before others see it, and an e-mail does not say what its pictures show: those of a post
wait in the form that changes it.
"""

from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Q, Sum

from conversations.attachments import services
from conversations.attachments.composer import place_of_form
from conversations.mail.pictures import without_crests
from conversations.mail.reading import ParsedMail
from conversations.models import Attachment, IncomingMail, Post
from core.row_locks import delete_locked
from core.sandbox import MB

LARGEST_IN_ALL = 50 * MB
"""Of what waits for one person: whoever knows an address of theirs can send to it."""


def bring(letter: ParsedMail, row: IncomingMail) -> Callable[[Post], bool]:
    """What puts them to the post. ``row.files`` keeps the names of what is not taken."""

    def put(post: Post) -> bool:
        kept = _keep(letter, row, place_of_form(post))
        return services.put_to(post, [str(each.key) for each in kept if not each.is_picture], row.person)

    return put


def keep(letter: ParsedMail, row: IncomingMail) -> None:
    """They wait with the words of the e-mail."""
    _keep(letter, row, place_of_form(row))


def forget(row: IncomingMail) -> None:
    """What waited with it is thrown away with its words."""
    delete_locked(Attachment.objects.unsent(row.person, place_of_form(row)))


def _keep(letter: ParsedMail, row: IncomingMail, place: str) -> list[Attachment]:
    """Those that are taken, until somebody says more. Of what was cut off nobody wants the beginning."""
    kept: list[Attachment] = []
    left: list[str] = []
    for name, content in without_crests(letter.attached, letter.crests, _crests_before(row)):
        if letter.is_too_large or len(kept) >= services.MOST or not _has_room(row, len(content)):
            left.append(name)
            continue
        try:
            kept.append(services.take(SimpleUploadedFile(name, content), row.person, place))
        except services.FileNotTaken:
            left.append(name)
    row.files = left
    return kept


def _crests_before(row: IncomingMail) -> set[str]:
    """What came with other e-mails of theirs, if they are asked about it here."""
    others = IncomingMail.objects.filter(person=row.person_id).exclude(pk=row.pk).values_list("crests", flat=True)
    return {each for crests in others for each in crests} if row.crests else set()


def _has_room(row: IncomingMail, size: int) -> bool:
    waits = Attachment.objects.filter(Q(place__startswith="mail:") | Q(place__startswith="post:"))
    used = waits.filter(unsent_by=row.person_id).aggregate(all=Sum("size"))["all"] or 0
    return bool(used + size <= LARGEST_IN_ALL)
