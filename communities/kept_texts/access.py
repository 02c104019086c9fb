"""Who reads what was kept: whoever typed it, and, once it is sent, those who publish what it was typed for."""

from collections.abc import Collection
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q
from django.http import Http404
from wagtail.admin.models import EditingSession
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry, Page, PageLogEntry

from communities.kept_texts.publishers import capabilities_of
from communities.models import CommunityPage, KeptText
from communities.rights import memberships_with
from core.audiences import Person
from people.models import User
from people.requests import SignedInRequest


def readable(reader: Person, keys: Collection[Any]) -> list[KeptText]:
    """Those of ``keys`` that ``reader`` may read now, in as many queries however many there are."""
    sent = Q(sent_at__isnull=False, community__in=CommunityPage.objects.shown_to(reader))
    texts = KeptText.objects.filter(Q(person=reader.pk) | sent, pk__in=keys)
    found = list(texts.select_related("community", "person", "content_type"))
    asked = {
        one for text in found if text.person_id != reader.pk for one in capabilities_of(text.model, publishing=True)
    }
    has = {one: set(_communities_with(reader, one)) for one in sorted(asked)}
    return [text for text in found if text.person_id == reader.pk or _publishes(text, has)]


def _communities_with(reader: Person, capability: str) -> Any:
    return memberships_with(capability).filter(person=reader.pk).values_list("community_id", flat=True)


def _publishes(text: KeptText, has: dict[str, set[int]]) -> bool:
    return any(text.community_id in has[one] for one in capabilities_of(text.model, publishing=True))


def get_readable(request: SignedInRequest, pk: int) -> KeptText:
    """The text that this reader may read, or 404."""
    found = readable(request.user, [pk])
    if not found:
        raise Http404
    return found[0]


def get_own(request: SignedInRequest, pk: int) -> KeptText:
    """The text that this person typed, or 404."""
    text = KeptText.objects.select_related("community", "person").filter(pk=pk, person=request.user.pk).first()
    if text is None:
        raise Http404
    return text


def had_the_form(person: User, thing: Model | None) -> bool:
    """Whether ``person`` wrote on ``thing`` in the editor, or had its form open: they learn nothing from an answer.

    Of a new thing, whether they ever worked in the editor: an answer names nothing of the hub's.
    """
    sessions = EditingSession.objects.filter(user=person)
    if thing is None:
        logs = (model.objects.filter(user=person).exists() for model in (PageLogEntry, ModelLogEntry))
        return person.memberships.exists() or sessions.exists() or any(logs)
    if getattr(thing, "owner_id", None) == person.pk:
        return True
    kind = ContentType.objects.get_for_model(Page if isinstance(thing, Page) else thing, for_concrete_model=False)
    has_open = sessions.filter(content_type=kind, object_id=str(thing.pk)).exists()
    return has_open or registry.get_logs_for_instance(thing).filter(user=person).exists()
