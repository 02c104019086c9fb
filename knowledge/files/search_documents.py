"""What uploaded files publish to search."""

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import StrIndex
from django.utils.translation import gettext_lazy as _
from wagtail.models import CollectionViewRestriction

from core.audiences import tokens_of
from core.models import HubDocument
from indexing.documents import Document, Source, key_of


class FileSource(Source[HubDocument]):
    """Files by their title and, as far as they could be read, by what stands in them."""

    model = HubDocument
    kind = "file"
    label = _("Files")
    label_one = _("File")
    icon = "document"
    quiet_fields = frozenset({"file_size", "file_hash"})

    def queryset(self) -> QuerySet[HubDocument]:
        """Fetched in a query of its own, the texts can be left out where only titles are wanted.

        Wagtail lets its editors lock a collection in a way that the one rule does not know. What lies in one is served
        to those who hold the key, and is found by nobody.
        """
        above = StrIndex(OuterRef("collection__path"), F("collection__path"))
        locks = CollectionViewRestriction.objects.alias(above=above).filter(above=1)
        found: QuerySet[HubDocument] = HubDocument.objects.filter(~Exists(locks))
        return found.prefetch_related("file_text")

    def document(self, obj: HubDocument) -> Document:
        read = getattr(obj, "file_text", None)  # none where it was uploaded before search read files
        return Document(
            key=key_of(obj),
            kind=self.kind,
            title=obj.title,
            url=obj.url,
            tokens=tokens_of(obj),
            body=read.text if read else "",
            date=obj.created_at,
        )
