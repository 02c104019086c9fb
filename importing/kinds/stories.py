"""Stories of an archive."""

from collections.abc import Sequence
from typing import Any

from core.markup import rich_text, shortened
from core.text import reading_minutes
from importing import texts
from importing.pages import SUMMARY, PageWriter, published, with_whole_summary
from importing.texts import TextRow
from importing.writing import assign
from stories.models import StoryAuthor, StoryIndexPage, StoryPage, StoryTopic


class StoryWriter(PageWriter[TextRow, StoryPage]):
    kind = "stories"
    model = StoryPage
    index = StoryIndexPage
    topic_link = StoryTopic
    read = staticmethod(texts.text)

    def values(self, row: TextRow) -> dict[str, Any]:
        told = {"told_on": row.published.date()} if row.published else {}
        return {
            "title": row.title,
            "summary": shortened(row.summary, SUMMARY),
            "body": with_whole_summary(row.summary, rich_text(row.body, row.source_url)),
            "source": row.source or self.source,
            "source_url": row.source_url,
            **told,
            **published(row.published),
        }

    def reckon(self, page: StoryPage, row: TextRow) -> None:
        authors = [StoryAuthor(person=self.lookup.people[author]) for author in row.authors]
        assign(page, {"author_links": authors})
        page.minutes, page.byline = reading_minutes(page.text), page.current_byline()

    def attach(self, pages: Sequence[tuple[StoryPage, TextRow]]) -> None:
        StoryAuthor.objects.bulk_create(
            StoryAuthor(story_id=page.pk, person=self.lookup.people[author], sort_order=place)
            for page, row in pages
            for place, author in enumerate(row.authors)
        )

    def detach(self, page: StoryPage) -> None:
        StoryAuthor.objects.filter(story_id=page.pk).delete()
