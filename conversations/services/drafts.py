"""What somebody types is kept until it is sent, one draft for each place."""

from collections.abc import Mapping

from communities.models import CommunityPage
from conversations.models import Conversation, Draft
from people.models import User

LONGEST = 100_000


def place_of(where: Conversation | CommunityPage) -> str:
    """The place where somebody writes."""
    return f"{'conversation' if isinstance(where, Conversation) else 'community'}:{where.pk}"


def draft_at(where: Conversation | CommunityPage, person: User) -> dict[str, str]:
    """What they typed there; nothing where there is none."""
    kept = Draft.objects.filter(person=person, place=place_of(where)).first()
    return {name: str(value) for name, value in kept.typed.items()} if kept else {}


def keep_draft(where: Conversation | CommunityPage, person: User, typed: Mapping[str, str]) -> None:
    """Keep it, or forget it where everything was taken out again."""
    if not any(typed.values()):
        forget_draft(where, person)
        return
    cut = {name: value[:LONGEST] for name, value in typed.items()}
    Draft.objects.update_or_create(person=person, place=place_of(where), defaults={"typed": cut})


def forget_draft(where: Conversation | CommunityPage, person: User) -> None:
    Draft.objects.filter(person=person, place=place_of(where)).delete()
