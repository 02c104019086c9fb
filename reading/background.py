"""What is found for people in the background, once a day for whoever comes by."""

from collections.abc import Sequence

from django.contrib.auth import get_user_model

from core.outbox import Delivery
from reading import recommendations, services
from reading.models import Reader
from reading.retention import rights_of

FOR_YOU = "for you"


def find_wanted(events: Sequence[Delivery]) -> None:
    """Find what to put before each person. While the engine is away they keep what they have, and the events wait."""
    for event in events:
        find_for(int(event.subject_pk))


def find_for(person_pk: int) -> int:
    """Find what to put before one person today; how much that is. Found twice, it is kept once."""
    reader = Reader.objects.filter(pk=person_pk).first()
    person = get_user_model().objects.filter(pk=person_pk, is_active=True).first()
    if reader is None or person is None:
        return 0
    picks = recommendations.picks_for(person, reader)
    services.keep_picks(reader, picks, rights_of(person))
    return len(picks)
