"""Notices when many things change their readers at once: what speaks for somebody has the same."""

from collections.abc import Collection

from django.db.models import Model, Q

from communities.models import ClaimEvidence, CommunityPage
from core.audiences import tokens_written
from indexing.documents import key_for
from search.services import changed_queryset


def listen() -> None:
    tokens_written.connect(on_tokens_written, dispatch_uid="claims.tokens_written")


def on_tokens_written(sender: type[Model], pks: Collection[int], **_kwargs: object) -> None:
    about = Q(thing__in=[key_for(sender, pk) for pk in pks])
    if issubclass(sender, CommunityPage):
        about |= Q(thing="", claim__community__in=pks)
    changed_queryset(ClaimEvidence, ClaimEvidence.objects.filter(about))
