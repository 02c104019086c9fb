"""What somebody typed and chose and has not sent: it waits where the posts are, and goes back with them."""

from collections.abc import Iterable

from conversations.models import Attachment, Conversation, Draft
from conversations.services.drafts import place_of


def take(source: Conversation, target: Conversation, people: Iterable[int] | None = None) -> list[int]:
    """Put it from ``source`` to ``target``, of everybody or of these ``people`` (keys), and say whose it was. Whoever
    typed there, too, keeps both where they are.
    """
    there = list(Draft.objects.filter(place=place_of(target)).values_list("person", flat=True))
    drafts = Draft.objects.filter(place=place_of(source)).exclude(person__in=there)
    files = Attachment.objects.filter(place=place_of(source)).exclude(unsent_by__in=there)
    if people is not None:
        drafts, files = drafts.filter(person__in=people), files.filter(unsent_by__in=people)
    whose = {*drafts.values_list("person", flat=True), *files.values_list("unsent_by", flat=True)}
    drafts.update(place=place_of(target))
    files.update(place=place_of(target))
    return sorted(pk for pk in whose if pk)
