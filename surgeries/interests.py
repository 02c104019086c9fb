"""What surgeries say of somebody's interests."""

from collections.abc import Iterator

from django.db.models import Max

from indexing.documents import key_for
from people.models import User
from reading.interests import Since
from surgeries.models import Session, SessionMentor, SurgeryPage


def surgeries_helped_at_by(person: User) -> Iterator[tuple[str, Since]]:
    """The surgeries where they help, the newest first; then the single dates, which say nothing more of them."""
    helps = SessionMentor.objects.filter(person=person)
    series = helps.order_by().values_list("session__surgery_id").annotate(last=Max("session__starts"))
    for pk, last in series.order_by("-last"):
        yield key_for(SurgeryPage, pk), last
    for pk in helps.order_by("-session__starts").values_list("session_id", flat=True):
        yield key_for(Session, pk), None
