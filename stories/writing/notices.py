"""A story that waits to be published, and what became of it: told to those who publish, and to its writer."""

from collections.abc import Collection, Mapping

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from communities.choices import Capability
from communities.models import CommunityPage
from communities.rights import memberships_with, own_communities_where
from core.audiences import Person
from core.editors import is_hub_team
from core.notices import Happened, NoticeKind, NoticeWords, by_key
from core.outbox import emit
from people.models import User
from stories.models import StoryPage
from stories.writing import requests

SENT, ANSWERED = "stories.sent", "stories.answered"


def tell_sent(story: StoryPage, by: User) -> None:
    emit(SENT, story, actor=by, data={"community": story.community_id})


def tell_answered(story: StoryPage, by: User, *, is_published: bool) -> None:
    emit(ANSWERED, story, actor=by, data={"community": story.community_id, "is_published": is_published})


def who_publishes(event: Happened) -> list[int]:
    """Whoever may in its community; where there is nobody, the hub team."""
    allowed = memberships_with(Capability.PUBLISH_STORIES).filter(community=event.data["community"])
    people = list(allowed.filter(person__is_active=True).values_list("person_id", flat=True))
    return people or list(User.objects.here().filter(is_superuser=True).values_list("pk", flat=True))


def its_writer(event: Happened) -> list[int]:
    owners = StoryPage.objects.filter(pk=event.subject_pk, owner__isnull=False)
    return list(owners.values_list("owner_id", flat=True))


def stories_told(reader: Person, keys: Collection[str]) -> Mapping[str, StoryPage]:
    """The reader's own, and those of communities whose stories they publish, as far as they may see the community."""
    mine = Q(owner=reader.pk) | Q(community__in=own_communities_where(reader, Capability.PUBLISH_STORIES))
    if is_hub_team(reader):
        mine = Q()
    stories = StoryPage.objects.filter(mine, pk__in=keys, community__in=CommunityPage.objects.shown_to(reader))
    waiting = set(requests.waiting(StoryPage.objects.filter(pk__in=keys)).values_list("pk", flat=True))
    words = requests.words_returned(keys)
    found = list(stories.select_related("community"))
    for story in found:
        story.__dict__ |= {"told_waiting": story.pk in waiting, "told_word": words.get(story.pk, "")}
    return by_key(found)


def sent(story: StoryPage, event: Happened, reader: Person) -> NoticeWords | None:
    """As long as it waits."""
    if not story.__dict__["told_waiting"]:
        return None
    title = _("%(person)s asks you to publish a story") % {"person": event.by or _("Somebody")}
    address = reverse("story_writing:story", args=[story.pk])
    return NoticeWords(title, address, story.draft_title, _("Read it and answer"), about=str(story.community))


def answered(story: StoryPage, event: Happened, reader: Person) -> NoticeWords | None:
    if event.data.get("is_published"):
        return NoticeWords(_("Your story is published"), story.url, story.title) if story.live else None
    if story.__dict__["told_waiting"] or story.owner_id != reader.pk:
        return None  # it was sent again
    address = reverse("story_writing:story", args=[story.pk])
    title = _("Your story came back with a word")
    return NoticeWords(title, address, story.__dict__["told_word"], _("Write on"), about=story.draft_title)


KINDS = (
    NoticeKind(
        SENT,
        gettext_lazy("Somebody asks you to publish a story"),
        words=sent,
        subjects=stories_told,
        recipients=who_publishes,
    ),
    NoticeKind(
        ANSWERED,
        gettext_lazy("A story that you wrote is published or comes back"),
        words=answered,
        subjects=stories_told,
        recipients=its_writer,
    ),
)
