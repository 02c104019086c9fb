"""Has attached files read for search, after they were sent."""

from collections.abc import Iterable, Iterator, Sequence

from django.db import transaction

from conversations.choices import FileKind
from conversations.models import Attachment, AttachmentText
from core.files.copies import on_this_machine
from core.files.extraction import KINDS, extract
from core.files.reader.limits import Limits
from core.outbox import Delivery, emit
from core.sandbox import MB
from search.services import changed

READER = "attachment reading"
ATTACHED = "conversations.attached"
LIMITS = Limits(size=11 * MB, unpacked=50 * MB, pages=300, characters=200_000, seconds=30, patience=45)
"""A conversation is one document, whose passages are looked at again with each answer: less than of a file alone."""


def ask_to_read(attachment: Attachment) -> None:
    """After the commit, where it is a kind of file that can be read."""
    if attachment.kind != FileKind.PICTURE and attachment.name.rpartition(".")[2] in _READABLE:
        emit(ATTACHED, attachment)


_READABLE = {ending.lstrip(".") for ending in KINDS}


def read_waiting(events: Sequence[Delivery]) -> None:
    """Read each file unless somebody else did, or it is gone."""
    for event in events:
        waiting = Attachment.objects.standing().filter(pk=int(event.subject_pk), read=None)
        if row := waiting.exclude(post=None).first():
            _keep(row, read(row))


def read(row: Attachment) -> str:
    """The words that stand in it, as far as they can be read. No transaction is open meanwhile."""
    try:
        stored = row.opened()
    except FileNotFoundError:
        return ""
    with stored, on_this_machine(stored, row.name, LIMITS) as (copy, _digest):
        return "\n\n".join(extract(copy, row.name, LIMITS).pages)


@transaction.atomic
def _keep(row: Attachment, text: str) -> None:
    """Unless it was taken out in the meantime; and search is told of its conversation, wherever that stands now."""
    now = Attachment.objects.standing().select_for_update(of=("self",)).filter(pk=row.pk).first()
    if now is None or now.post is None:
        return
    AttachmentText.objects.update_or_create(attachment=now, defaults={"text": text})
    changed(now.post.conversation)


def words_of(files: Iterable[Attachment]) -> Iterator[str]:
    """What the files of a post add to what is found of it: their names, what pictures show, and what stands in them."""
    for each in files:
        yield f"{each.name}\n{each.description}".strip()
        if (found := getattr(each, "read", None)) and found.text:
            yield found.text
