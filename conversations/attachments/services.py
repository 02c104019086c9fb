"""Taking files, putting them to a post, and taking them out again."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from functools import partial
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.images import get_image_dimensions
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from conversations.attachments import kinds
from conversations.attachments.reading import ask_to_read
from conversations.choices import FileKind
from conversations.models import Attachment, AttachmentText, Post
from core.pictures.remaking import PictureRefused, remade
from core.row_locks import delete_locked
from core.sandbox import MB
from people.models import User

MOST = 5
"""Files of one post."""
LARGEST = 10 * MB
KEPT_UNSENT = timedelta(days=30)


class FileNotTaken(Exception):
    """A file cannot be attached; the words name it and say why."""


def take(upload: UploadedFile, by: User, place: str) -> Attachment:
    """Keep a file that somebody chose in the form of ``place``, until they send it."""
    name = upload.name or ""
    if not upload.size:
        raise FileNotTaken(_("“%(name)s” is empty.") % {"name": name})
    if upload.size > LARGEST:
        words = _("“%(name)s” is larger than %(most)s. Make it smaller, or put it elsewhere and write where it is.")
        raise FileNotTaken(words % {"name": name, "most": filesizeformat(LARGEST)})
    content = upload.read()
    if kinds.is_picture(content):
        return _take_picture(name, content, by, place)
    found = kinds.format_of(content)
    if found is None:
        raise FileNotTaken(_why_not(content) % {"name": name})
    return _keep(Attachment(name=found.name(name), kind=found.kind), content, by, place)


def _why_not(content: bytes) -> str:
    if content.startswith(kinds.OLD_OFFICE):
        return _(
            "“%(name)s” is an older Office file, or has a password. Save it as DOCX, XLSX, PPTX or PDF without one."
        )
    if b"vbaProject.bin" in content:
        return _("“%(name)s” has macros, which can do harm. Save it without them.")
    return _("“%(name)s” is no kind of file that can be attached. Attach pictures, PDF, Office files or plain text.")


def _take_picture(name: str, content: bytes, by: User, place: str) -> Attachment:
    """Made anew: what a camera wrote into it, where it was for one, does not come along."""
    try:
        made = remade(BytesIO(content), "picture")
    except PictureRefused as error:
        raise FileNotTaken(f"“{name}”: {error}") from error
    width, height = get_image_dimensions(BytesIO(made.content)) or (0, 0)
    found = Attachment(name=kinds.DRAWN[made.extension].name(name), kind=FileKind.PICTURE)
    found.width, found.height = width or 0, height or 0
    return _keep(found, made.content, by, place)


def _keep(found: Attachment, content: bytes, by: User, place: str) -> Attachment:
    found.unsent_by, found.place, found.size = by, place, len(content)
    found.file.save(found.name, ContentFile(content), save=False)
    found.save()
    return found


def describe(found: Attachment, words: str) -> bool:
    """Say what a picture shows; whether that is another thing than before."""
    before = found.description
    found.description = words[: Attachment._meta.get_field("description").max_length]
    found.save(update_fields=["description"])
    return found.description != before


def forget(found: Attachment) -> None:
    """What was not sent goes with its file; what is being sent at this moment stays."""
    delete_locked(Attachment.objects.filter(pk=found.pk).exclude(unsent_by=None))


@transaction.atomic
def put_to(post: Post, keys: Collection[str], by: User) -> bool:
    """Send with ``post`` what ``by`` chose for it. Whoever calls has locked the post's conversation."""
    if not keys:
        return False
    chosen = Attachment.objects.filter(unsent_by=by, key__in=keys)
    rows = list(
        chosen.select_for_update(of=("self",)).order_by("pk")[: max(0, MOST - post.attachments.standing().count())]
    )
    for row in rows:
        row.post, row.unsent_by, row.place = post, None, ""
        row.save(update_fields=["post", "unsent_by", "place"])
        ask_to_read(row)
    return bool(rows)


@transaction.atomic
def change(post: Post, taken_out: Collection[str], described: Mapping[str, str]) -> bool:
    """Take files out of a post and describe others anew; whether anything changed. A file that is taken out is gone:
    its name stays in the post's history. Whoever calls has locked the post.
    """
    changed = False
    if not (taken_out or described):
        return changed
    for row in post.attachments.standing().select_for_update(of=("self",)):
        if str(row.key) in taken_out:
            take_out(row)
            changed = True
        elif row.is_picture and described.get(str(row.key)):
            changed = describe(row, described[str(row.key)]) or changed
    return changed


def take_out(row: Attachment) -> None:
    """Close it at once; its file goes after the commit."""
    remove_file(row)
    row.file, row.removed = "", timezone.now()
    row.save(update_fields=["file", "removed"])
    AttachmentText.objects.filter(attachment=row).delete()


def remove_file(row: Attachment) -> None:
    """Delete what is stored of it after the commit: a failed transaction must not lose it."""
    if row.file.name:
        transaction.on_commit(partial(row.file.storage.delete, row.file.name), robust=True)


def tidy() -> None:
    """What waited in a form for a month is not sent any more."""
    for row in Attachment.objects.filter(added__lt=timezone.now() - KEPT_UNSENT).exclude(unsent_by=None):
        forget(row)
