"""What guidance says of somebody's interests."""

from collections.abc import Iterable

from django.db.models import Q

from indexing.documents import key_for
from knowledge.models import GuidancePage
from people.models import User
from reading.interests import Since


def guidance_kept_by(person: User) -> Iterable[tuple[str, Since]]:
    """What they wrote or checked, the newest first."""
    kept = GuidancePage.objects.filter(Q(authors=person) | Q(checked_by=person)).order_by("-written_on", "-pk")
    rows = kept.values_list("pk", "checked_on", "written_on").distinct()
    return ((key_for(GuidancePage, pk), checked or written) for pk, checked, written in rows)
