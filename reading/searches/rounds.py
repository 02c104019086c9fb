"""Rounds of news: every morning all saved searches that somebody wants to hear of are asked anew, and what is new is
told as a notice. Whether it is e-mailed, and when, each of them chooses, as for all that concerns them.

``publish_scheduled`` begins a round; the outbox shares the work among processes and tries again.
"""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils import timezone

from core.outbox import Delivery, emit
from reading.models import SavedSearch
from reading.searches import notifying
from search.synonyms import groups

NEWS = "news of saved searches"
NEWS_DUE = "reading.news_due"  # its subject is a person
MORNING = time(5)  # by the hub's clock: before e-mails go out


def begin() -> int:
    """Have the searches asked of everybody for whom that was not done this morning, and return how many that is."""
    start = this_morning()
    people = readers().filter(Q(search_owner__looked=None) | Q(search_owner__looked__lt=start))
    label = get_user_model()._meta.label_lower
    in_hand = Delivery.objects.to(NEWS).filter(Q(set_aside=None) | Q(set_aside__gt=start))
    subjects = {f"{label}:{pk}" for pk in people.values_list("pk", flat=True)}
    due = subjects.difference(in_hand.values_list("subject", flat=True))
    emit(NEWS_DUE, due)
    return len(due)


def readers() -> QuerySet[Any]:
    """Everybody who wants to hear of a search and is here."""
    wanting = SavedSearch.objects.filter(alerts=True, removed=None).values("owner")
    return get_user_model().objects.filter(pk__in=wanting, is_active=True).order_by("pk")


def look(events: Sequence[Delivery]) -> None:
    """Ask each person's searches, once a morning, with the rights that they have now that their turn has come."""
    for event in events:
        if reader := readers().filter(pk=event.subject_pk).first():
            notifying.tell(reader, since=this_morning(), groups=groups())


def this_morning() -> datetime:
    """The last time that it was morning."""
    now = timezone.localtime()
    start = now.replace(hour=MORNING.hour, minute=MORNING.minute, second=0, microsecond=0)
    return start if start <= now else start - timedelta(days=1)
