"""What pages show of files."""

from collections.abc import Iterator

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, ReferenceIndex

from core.models import HubDocument


def linked_from(page: Page) -> Iterator[HubDocument]:
    """The files that a page links, as far as their keys go: nothing is asked before somebody looks."""
    kind = ContentType.objects.get_for_model(HubDocument)
    for reference in ReferenceIndex.get_references_for_object(page).filter(to_content_type=kind):
        yield HubDocument(pk=reference.to_object_id)
