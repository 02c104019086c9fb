"""Keeping what somebody typed, sending it to those who publish, and forgetting it."""

from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from communities.kept_texts import notices
from communities.kept_texts.publishers import publishers
from communities.kept_texts.typed_text import Piece
from communities.models import CommunityPage, KeptText
from communities.models.kept_text import KEPT_FOR
from core.audiences import may_see
from core.versions import changed_for
from people.models import User

MOST = 20
"""Texts of one person: the oldest give way."""


@transaction.atomic
def keep(
    person: User, model: type[Model], thing: Model | None, community: CommunityPage | None, typed: Sequence[Piece]
) -> KeptText:
    """The last that arrived stands for what came before it; what was sent is not sent again by itself."""
    about: dict[str, Any] = {
        "content_type": ContentType.objects.get_for_model(model),
        "object_id": str(thing.pk) if thing else "",
    }
    values = {"community": community, "pieces": list(typed), "kept_at": timezone.now(), "sent_at": None}
    text, is_new = KeptText.objects.update_or_create(person=person, **about, defaults=values)
    if is_new:
        notices.tell_kept(text)
        newest = KeptText.objects.filter(person=person).order_by("-kept_at", "-pk").values_list("pk", flat=True)[:MOST]
        KeptText.objects.filter(person=person).exclude(pk__in=list(newest)).delete()
    return text


def may_be_sent(text: KeptText) -> bool:
    """To somebody, for a community that its person may still see."""
    community = text.community
    return community is not None and may_see(text.person, community) and publishers(text).exists()


@transaction.atomic
def send(text: KeptText) -> bool:
    """Let those who publish read it; whether it goes to anybody."""
    row = KeptText.objects.select_for_update(of=("self",)).get(pk=text.pk)
    if row.sent_at is not None:
        return True
    if not may_be_sent(row):
        return False
    row.sent_at = timezone.now()
    row.save(update_fields=["sent_at"])
    notices.tell_sent(row)
    return True


@transaction.atomic
def discard(text: KeptText) -> None:
    """Nobody reads it any more, and nobody is told of it."""
    changed_for([text.person_id, *publishers(text).values_list("person_id", flat=True)])
    text.delete()


def tidy() -> None:
    KeptText.objects.filter(kept_at__lt=timezone.now() - KEPT_FOR).delete()
