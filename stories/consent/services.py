"""What changes who is named and what they said to it. Every function is one transaction."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from people.models import User
from stories.consent import notices
from stories.consent.removal import remove, remove_picture
from stories.models import StoryPage
from stories.named.choices import AGREED, LOGGED, AskedBy, ConsentState
from stories.named.gate import named_in
from stories.named.models import NamedPerson
from stories.named.passages import fingerprint, forms, picture_of, shown_of
from stories.writing.access import draft_of, require_writing

FIELDS = ("name", "also", "instead", "on_picture", "way", "given_on", "kept_by")


@transaction.atomic
def put(story: StoryPage, named: NamedPerson | None, values: Mapping[str, Any], by: User) -> NamedPerson:
    """Name somebody, or say it otherwise. What somebody outside agreed to is what stands there now."""
    require_writing(by, story)
    people = named_in(story, lock=True)
    person = values.get("person")
    if named is None:
        if person is not None and any(one.person_id == person.pk for one in people):
            raise ValidationError(_("They are on the list already, or do not wish to be named."))
        named = NamedPerson(key=story.consent_key, story=story, person=person)
    else:
        named = next((one for one in people if one.pk == named.pk and not one.is_gone), None)
        if named is None:
            raise ValidationError(_("Their name has gone from this story meanwhile."))
    for name in FIELDS:
        setattr(named, name, values[name])
    if named.way != AskedBy.HUB:
        _agreed(named, story, ConsentState.YES)
    elif named.state in AGREED and not named.answers_here:
        named.state = ConsentState.WAITING
    named.save()
    _log(story, named, by)
    return named


def _agreed(named: NamedPerson, story: StoryPage, state: ConsentState) -> None:
    draft = draft_of(StoryPage.objects.select_related("latest_revision").get(pk=story.pk))
    named.state, named.answered_at = state, timezone.now()
    named.revision_id, named.audience = draft.latest_revision_id, draft.audience
    named.shown, named.picture = shown_of(draft, named), picture_of(draft, named)


@transaction.atomic
def ask(story: StoryPage, named: NamedPerson, by: User) -> None:
    """Ask somebody on the hub, with the words as the newest draft has them now."""
    require_writing(by, story)
    named = _locked(story, named)
    if named.is_gone or named.way != AskedBy.HUB or not named.answers_here:
        return
    _agreed(named, story, ConsentState.ASKED)
    named.asked_by, named.asked_at, named.answered_at, named.word = by, timezone.now(), None, ""
    named.save()
    _log(story, named, by)
    notices.tell_asked(named, story, by)


@transaction.atomic
def answer(named: NamedPerson, state: ConsentState, word: str, seen: str) -> bool:
    """What they say takes effect at once. Whether it was to the words that stand there now."""
    story = story_of(named)
    named = _locked(story, named)
    if named.is_gone or named.person is None:
        return False
    if state in AGREED:
        if fingerprint(_newest(story), named) != seen:
            return False
        _agreed(named, story, state)
        named.word = word
        was_seen = named.on_picture
        named.on_picture = was_seen and state == ConsentState.YES
        named.save()
        if was_seen and not named.on_picture:
            remove_picture(named)
    else:
        _goes(named, state, word)
    _log(story, named, named.person)
    notices.tell_answered(named, story, named.person)
    return True


@transaction.atomic
def take_out(story: StoryPage, named: NamedPerson, by: User) -> None:
    """Their name goes: they said so to whoever writes it down here, or nobody is to be named after all."""
    require_writing(by, story)
    named = _locked(story, named)
    if not named.is_gone:
        _goes(named, ConsentState.WITHDRAWN, "")
        _log(story, named, by)
        notices.tell_answered(named, story, by)


@transaction.atomic
def forget(person: User) -> None:
    """Somebody’s account is deleted: their name goes from every story that names them."""
    for named in NamedPerson.objects.filter(person=person).order_by("pk"):
        story = story_of(named)
        locked = _locked(story, named)
        if not locked.is_gone:
            _goes(locked, ConsentState.WITHDRAWN, "")
            notices.tell_answered(locked, story, None)


def story_of(named: NamedPerson) -> StoryPage:
    """The story that they were asked about, else the oldest that has their consent with it."""
    own = StoryPage.objects.filter(consent_key=named.key).order_by("pk")
    found = own.filter(pk=named.story_id).first() or own.first()
    return found or StoryPage(consent_key=named.key)


def _newest(story: StoryPage) -> StoryPage:
    return draft_of(StoryPage.objects.select_related("latest_revision").get(pk=story.pk))


def _locked(story: StoryPage, named: NamedPerson) -> NamedPerson:
    """As the row is once the story is held."""
    return next(one for one in named_in(story, lock=True) if one.pk == named.pk)


def _goes(named: NamedPerson, state: ConsentState, word: str) -> None:
    known, is_seen = forms(named), named.on_picture
    named.digests = known.as_digests()
    named.state, named.answered_at, named.word = state, timezone.now(), word
    named.name = named.also = named.kept_by = ""
    named.on_picture, named.shown, named.picture = False, [], None
    named.save()
    remove(named, known, picture_goes=is_seen)


def _log(story: StoryPage, named: NamedPerson, by: User | None) -> None:
    """Who and when stands in the page’s history; whose name it is, on the row alone."""
    if story.pk:
        row = StoryPage.objects.get(pk=story.pk)  # its title may have changed with the name
        log(instance=row, action=LOGGED, user=by, data={"state": named.state})
