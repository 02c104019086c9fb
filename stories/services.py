"""What changes stories. Every function is one transaction."""

from django.db import transaction

from people.models import User
from stories.models import StoryPage


@transaction.atomic
def follow_name(person: User) -> None:
    """After somebody changed their name: the bylines of what they told say the new one."""
    for story in StoryPage.objects.filter(author_links__person=person):
        if (byline := story.current_byline()) != story.byline:
            StoryPage.objects.filter(pk=story.pk).update(byline=byline)
