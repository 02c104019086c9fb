"""A story is written as a draft that Wagtail keeps, and published with Wagtail's own actions."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.approval import requests
from communities.approval.approvers import NotTheirs, approves, needs_a_word
from communities.approval.notices import tell_published
from communities.choices import Capability
from communities.content_writing.photographs import Photograph
from communities.models import CommunityPage
from communities.rights import can, require
from core.writing import drafts
from core.writing.drafts import CannotWrite, Meanwhile
from core.writing.together import Values
from people.models import User
from stories.models import StoryAuthor, StoryIndexPage, StoryPage
from stories.writing.access import draft_of, require_writing
from stories.writing.fields import KIND, NEEDED
from stories.writing.photographs import place

__all__ = ["CannotWrite", "Meanwhile"]


@transaction.atomic
def begin(community: CommunityPage, typed: Values, by: User, photograph: Photograph) -> StoryPage:
    """A new draft. Nobody but its writer is shown it before it is sent or published."""
    require_writing(by, community)
    if typed["speaks"]:
        require(by, Capability.SPEAK, community)

    def bring(story: StoryPage) -> bool:
        story.author_links.add(StoryAuthor(person=by))
        return place(story, photograph, by)

    story: StoryPage = drafts.begin(
        StoryPage(community=community), StoryIndexPage.objects.get(), typed, by, KIND, bring
    )
    return story


@transaction.atomic
def save(story: StoryPage, typed: Values, seen: str, by: User, photograph: Photograph) -> StoryPage:
    """Keep what was typed as the newest draft, and return it. A writer's own last draft is written over."""
    require_writing(by, story)
    row = _locked(story)
    if refusal := why_not(row, by):
        raise CannotWrite(refusal)
    if draft_of(row).speaks or typed["speaks"]:
        require(by, Capability.SPEAK, row)
    draft: StoryPage = drafts.keep(row, typed, seen, by, KIND, lambda page: place(page, photograph, by))
    return draft


def _locked(story: StoryPage) -> StoryPage:
    """The row as it is now: whoever writes on it at once waits."""
    StoryPage.objects.select_for_update(of=("self",), no_key=True).get(pk=story.pk)
    row: StoryPage = StoryPage.objects.select_related("community", "latest_revision").get(pk=story.pk)
    return row


def why_not(row: StoryPage, person: User) -> str:
    """Why the story cannot be written on now; empty where it can."""
    if draft_of(row).speaks and not can(person, Capability.SPEAK, row):
        return _("This is said for the community. Only those who speak for it change it.")
    if requests.is_waiting(row) and not approves(person, row):
        return _("It waits for those who publish it. Take it back to write on.")
    return drafts.why_not(row, person)


def missing(typed: Values) -> dict[str, str]:
    """What a story needs before others read it, by field."""
    empty = {"", KIND.untitled()}
    return {name: _("Write this before others read it.") for name in NEEDED if typed[name].strip() in empty}


@transaction.atomic
def send(story: StoryPage, by: User) -> None:
    """Ask those who publish stories of the community."""
    require_writing(by, story)
    requests.send(story, by)


@transaction.atomic
def take_back(story: StoryPage, by: User) -> None:
    """Whoever asked writes on."""
    require_writing(by, story)
    requests.take_back(story, by)


@transaction.atomic
def discard(story: StoryPage, by: User) -> None:
    """Throw away a draft that ``by`` began and no reader ever had."""
    require_writing(by, story)
    row = _locked(story)
    if refusal := why_not(row, by):
        raise CannotWrite(refusal)
    drafts.discard(row, by)


@transaction.atomic
def publish(story: StoryPage, by: User) -> StoryPage:
    """Publish the newest draft: by agreeing to it where it waits for that."""
    require(by, Capability.PUBLISH_STORIES, story)
    draft = draft_of(_locked(story))
    require(by, Capability.PUBLISH_STORIES, draft)
    if gaps := list(draft.asked_before_publishing()):
        raise ValidationError(gaps)
    if draft.first_published_at is None:
        draft.slug, draft.told_on = "", timezone.localdate()  # its address follows its title, which may be a new one
    revision = draft.save_revision(user=by, changed=False, log_action=False)
    if not requests.answer(story, by, "approve"):
        if needs_a_word(by, StoryPage, {story.community_id, draft.community_id}):
            raise NotTheirs
        revision.publish(user=by, skip_permission_checks=True)  # the right was asked above
        tell_published(draft, by)
    return StoryPage.objects.get(pk=story.pk)


@transaction.atomic
def give_back(story: StoryPage, by: User, word: str) -> None:
    """Send it back to its writer, with a word."""
    require(by, Capability.PUBLISH_STORIES, story)
    requests.answer(story, by, "reject", word)
