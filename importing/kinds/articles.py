"""Articles of an archive."""

from collections.abc import Sequence
from typing import Any

from django.utils.html import escape

from core.markup import block, blocks_of, body_of, shortened
from importing import texts
from importing.pages import SUMMARY, PageWriter, published
from importing.texts import TextRow
from importing.tree import link
from knowledge.models import GuidanceIndexPage, GuidancePage, GuidanceTopic


class GuidanceWriter(PageWriter[TextRow, GuidancePage]):
    """Articles become guidance that nobody here checked yet."""

    kind = "articles"
    model = GuidancePage
    index = GuidanceIndexPage
    topic_link = GuidanceTopic
    read = staticmethod(texts.text)

    def values(self, row: TextRow) -> dict[str, Any]:
        body = blocks_of(row.body, row.source_url)
        if len(row.summary) > SUMMARY:
            body = [block("paragraph", f"<p>{escape(row.summary)}</p>"), *body]
        written = {"written_on": row.published.date()} if row.published else {}
        return {
            "title": row.title,
            "summary": shortened(row.summary, SUMMARY),
            "body": body_of(body),
            "source": row.source or self.source,
            "source_url": row.source_url,
            **written,
            **published(row.published),
        }

    def attach(self, pages: Sequence[tuple[GuidancePage, TextRow]]) -> None:
        authors = ((page.pk, self.lookup.people[author].pk) for page, row in pages for author in row.authors)
        link(GuidancePage.authors.through, "guidancepage", "user", authors)

    def detach(self, page: GuidancePage) -> None:
        page.authors.clear()
