"""What somebody types is kept until it is sent, one draft for each place."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from communities.models import CommunityPage
from conversations.errors import CannotPost
from conversations.models import Conversation, Draft
from core.writing.merging import fingerprint
from people.models import User

LONGEST = 500_000
"""Letters of one field of a draft: twelve times what a post takes. What is longer is not kept, and never in part."""


FORM = "form"
"""What a draft holds of the form that it was typed into: its key."""


def place_of(where: Conversation | CommunityPage) -> str:
    """The place where somebody writes."""
    return f"{'conversation' if isinstance(where, Conversation) else 'community'}:{where.pk}"


def draft_at(where: Conversation | CommunityPage, person: User) -> dict[str, str]:
    """What they typed there; nothing where there is none."""
    kept = Draft.objects.filter(person=person, place=place_of(where)).first()
    return {name: str(value) for name, value in kept.typed.items()} if kept else {}


def keep_draft(where: Conversation | CommunityPage, person: User, typed: Mapping[str, str]) -> None:
    """Keep it, or forget it where everything was taken out again. Raises ``CannotPost`` where it is too long to be
    kept; what was kept before is still there then.
    """
    if not any(value for name, value in typed.items() if name != FORM):
        forget_draft(where, person)
        return
    letters = max(len(value) for value in typed.values())
    if letters > LONGEST:
        words = _("This is too long to be kept: it has %(letters)d letters, and a draft takes %(most)d. Use a file.")
        raise CannotPost(words % {"letters": letters, "most": LONGEST})
    Draft.objects.update_or_create(person=person, place=place_of(where), defaults={"typed": dict(typed)})


def mark_of(kept: Mapping[str, str]) -> str:
    """It goes with a form that is opened with this draft; nothing where there is none."""
    return fingerprint(kept) if kept else ""


def is_of_another_form(kept: Mapping[str, str], key: str, began: str) -> bool:
    """Whether ``kept`` was typed into another window, or on another device, after the form with this ``key`` was opened
    with the draft of the mark ``began``: nothing that is typed there is put in its place.
    """
    return bool(kept.get(FORM)) and kept[FORM] != key and mark_of(kept) != began


def forget_draft(where: Conversation | CommunityPage, person: User) -> None:
    Draft.objects.filter(person=person, place=place_of(where)).delete()
