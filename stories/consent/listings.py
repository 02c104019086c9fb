"""What the pages of consent show."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from accounts.overview.lines import AccountLine
from core.pictures.shown import ON_ITS_PAGE, photograph_of
from people.models import User
from people.requests import SignedInRequest
from stories.models import StoryPage
from stories.named.choices import GONE, ConsentState
from stories.named.gate import is_settled, named_in
from stories.named.models import NamedPerson
from stories.named.passages import fingerprint, passages
from stories.writing.access import draft_of


def question_context(named: NamedPerson, request: SignedInRequest) -> dict[str, Any]:
    """The very words and the photograph that name the reader, as the newest draft has them; nothing else of it."""
    story = StoryPage.objects.filter(pk=named.story_id).select_related("community", "latest_revision").first()
    if story is None or named.is_gone:
        return {"named": named}
    draft = draft_of(story)
    return {
        "named": named,
        "story": draft,
        "passages": passages(draft, named, named_in(draft)),
        "photograph": photograph_of(draft, request.user, ON_ITS_PAGE) if named.on_picture else None,
        "seen": fingerprint(draft, named),
        "is_settled": is_settled(draft, named),
        "is_shown": story.live and StoryPage.objects.shown_to(request.user).filter(pk=story.pk).exists(),
    }


def named_where(person: User) -> Any:
    """Where somebody is named, or was asked, the newest first. Of a story that was deleted nothing is asked."""
    there = StoryPage.objects.filter(consent_key=OuterRef("key"))
    asked = NamedPerson.objects.filter(Exists(there), person=person).exclude(state=ConsentState.WAITING)
    return asked.exclude(state__in=GONE).select_related("story").order_by("-asked_at", "-pk")


def consent_line(request: SignedInRequest) -> AccountLine | None:
    """On one's account: in how many stories, and whether an answer is wanted."""
    states = list(named_where(request.user).values_list("state", flat=True))
    if not states:
        return None
    waiting = states.count(ConsentState.ASKED)
    said = ngettext("%(n)s story names you or asks to.", "%(n)s stories name you or ask to.", len(states))
    words = said % {"n": len(states)} + (" " + _("One waits for your answer.") if waiting else "")
    return AccountLine(
        gettext_lazy("Stories that name you"), words, reverse("story_consent:mine"), gettext_lazy("Look"), bool(waiting)
    )
