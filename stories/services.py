"""What changes stories. Every function is one transaction."""

from collections.abc import Iterable

from django.db import transaction

from people.models import User
from stories.models import StoryPage


@transaction.atomic
def follow_name(person: User) -> None:
    """After somebody changed their name: the bylines of what they told say the new one."""
    follow_names(told_by(person))


def told_by(person: User) -> list[int]:
    """The keys of the stories that carry their name, drafts among them."""
    return list(StoryPage.objects.filter(author_links__person=person).values_list("pk", flat=True))


@transaction.atomic
def follow_names(stories: Iterable[int]) -> None:
    """Bring the bylines of these stories in step with who tells them now."""
    for story in StoryPage.objects.filter(pk__in=stories).prefetch_related("author_links__person"):
        if (byline := story.current_byline()) != story.byline:
            StoryPage.objects.filter(pk=story.pk).update(byline=byline)
