"""Somebody is asked whether a story may name them, and what they said: told to them, and to those who write it."""

from collections.abc import Collection, Mapping

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from communities.models import CommunityPage
from core.audiences import Person
from core.notices import Happened, NoticeKind, NoticeWords, by_key
from core.outbox import emit
from core.versions import changed_for
from people.models import User
from stories.models import StoryPage
from stories.named.choices import ConsentState
from stories.named.models import NamedPerson

ASKED, ANSWERED = "stories.consent_asked", "stories.consent_answered"


def tell_asked(named: NamedPerson, story: StoryPage, by: User) -> None:
    emit(ASKED, named, actor=by, data={"story": story.pk})


def tell_answered(named: NamedPerson, story: StoryPage, by: User | None) -> None:
    """And the number beside the face of whoever was asked is counted anew: what they were asked is settled."""
    changed_for([named.person_id, named.asked_by_id, story.owner_id])
    emit(ANSWERED, named, actor=by, data={"story": story.pk, "state": named.state})


def whom_it_names(event: Happened) -> list[int]:
    named = NamedPerson.objects.filter(pk=event.subject_pk, person__isnull=False)
    return list(named.values_list("person_id", flat=True))


def who_writes_it(event: Happened) -> list[int]:
    """Whoever asked, and whose story it is."""
    asked = NamedPerson.objects.filter(pk=event.subject_pk, asked_by__isnull=False)
    owners = StoryPage.objects.filter(pk=event.data.get("story"), owner__isnull=False)
    return [*asked.values_list("asked_by_id", flat=True), *owners.values_list("owner_id", flat=True)]


def questions(reader: Person, keys: Collection[str]) -> Mapping[str, NamedPerson]:
    """What the reader themselves is asked."""
    return by_key(NamedPerson.objects.filter(pk__in=keys, person=reader.pk).select_related("story"))


def answers(reader: Person, keys: Collection[str]) -> Mapping[str, NamedPerson]:
    """Of stories that the reader wrote, or asked for."""
    mine = Q(asked_by=reader.pk) | Q(story__owner=reader.pk)
    seen = NamedPerson.objects.filter(mine, story__community__in=CommunityPage.objects.shown_to(reader))
    return by_key(seen.filter(pk__in=keys).select_related("story", "person"))


def asked(named: NamedPerson, event: Happened, reader: Person) -> NoticeWords | None:
    """As long as they have not answered."""
    if named.state != ConsentState.ASKED or named.story is None:
        return None
    title = _("%(person)s asks whether a story may name you") % {"person": event.by or _("Somebody")}
    address = reverse("story_consent:question", args=[named.pk])
    return NoticeWords(title, address, named.story.draft_title, _("Read it and answer"))


def answered(named: NamedPerson, event: Happened, reader: Person) -> NoticeWords | None:
    if named.story is None or event.data.get("state") != named.state:
        return None
    said = {
        ConsentState.YES: _("%(name)s agrees to be named"),
        ConsentState.WITHOUT_PICTURE: _("%(name)s agrees to be named, and not to the photograph"),
    }
    words = said.get(ConsentState(named.state), _("A name was taken out of a story. Read it over"))
    address = reverse("story_consent:names", args=[named.story.pk])
    return NoticeWords(words % {"name": named}, address, named.word, _("Who is named"), about=named.story.draft_title)


KINDS = (
    NoticeKind(
        ASKED,
        gettext_lazy("A story is to name you"),
        words=asked,
        subjects=questions,
        recipients=whom_it_names,
    ),
    NoticeKind(
        ANSWERED,
        gettext_lazy("Somebody answers whether your story may name them"),
        words=answered,
        subjects=answers,
        recipients=who_writes_it,
    ),
)
