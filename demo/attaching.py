"""Hangs files on the demo's guidance."""

import re
from datetime import datetime
from html import escape

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from core.markup import block
from core.models import HubDocument
from demo.papers import docx, pdf
from demo.shapes import File

NEW_PAGE = re.compile(r"\n-{3}\n")


def hang_up(file: File, uploaded: datetime) -> HubDocument:
    """Upload one file, as if it had been there for a while."""
    content = ContentFile(written(file), name=file.slug)
    document: HubDocument = HubDocument.objects.create(title=file.title, file=content, audience=file.audience)
    HubDocument.objects.filter(pk=document.pk).update(created_at=uploaded)
    return document


def links_to(documents: list[HubDocument]) -> list[dict[str, object]]:
    """The end of a page's body: what there is to take along."""
    if not documents:
        return []
    links = (f'<li><a linktype="document" id="{one.pk}">{escape(one.title)}</a></li>' for one in documents)
    return [block("heading", _("To take along")), block("paragraph", f"<ul>{''.join(links)}</ul>")]


def written(file: File) -> bytes:
    pages = NEW_PAGE.split(file.text)
    return docx(pages) if file.slug.endswith(".docx") else pdf(file.title, pages)
