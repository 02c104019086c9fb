"""What plain pages publish to search."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.audiences import tokens_of
from core.text import stream_text
from home.models import PlainPage
from indexing.documents import Document, Source, key_of


class PlainPageSource(Source[PlainPage]):
    """How the hub works, and what it holds about people."""

    model = PlainPage
    kind = "page"
    label = _("Pages")
    label_one = _("Page")
    icon = "document"

    def queryset(self) -> QuerySet[PlainPage]:
        return PlainPage.objects.live()

    def document(self, obj: PlainPage) -> Document:
        return Document(
            key=key_of(obj),
            kind=self.kind,
            title=obj.title,
            url=obj.url or "",
            tokens=tokens_of(obj),
            summary=obj.summary,
            body=stream_text(obj.body, tokens_of(obj)),
        )
