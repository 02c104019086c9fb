"""What begins, notices and ends sessions."""

from collections.abc import Iterable
from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from accounts.sessions.models import SignedInSession
from core.devices import device_name, rough_network
from people.models import User

DEVICE_LENGTH, NETWORK_LENGTH = 80, 60


def seen(request: HttpRequest, key: str) -> None:
    """Write down that ``key`` is the session of whoever sends this request, now."""
    place = {"device": device_name(request)[:DEVICE_LENGTH], "network": rough_network(request)[:NETWORK_LENGTH]}
    now = {"person_id": request.user.pk, "last_seen": timezone.now(), **place}
    SignedInSession.objects.update_or_create(session_key=key, defaults=now)


def moved(before: str, after: str) -> None:
    """The session has a new key: it is the same one."""
    SignedInSession.objects.exclude(session_key=after).filter(session_key=before).update(session_key=after)


@transaction.atomic
def end(sessions: Iterable[SignedInSession]) -> int:
    """Sign these out at once, in the database and in the cache; how many they were."""
    ended = list(sessions)
    for session in ended:
        _store().delete(session.session_key)
    SignedInSession.objects.filter(pk__in=[session.pk for session in ended]).delete()
    return len(ended)


def end_one(person: User, pk: int) -> bool:
    return bool(end(person.signed_in_sessions.filter(pk=pk)))


def end_others(person: User, key: str | None) -> int:
    """All of a person's sessions but ``key``'s."""
    return end(SignedInSession.objects.filter(person=person).exclude(session_key=key or ""))


def end_all(person: User) -> int:
    return end(SignedInSession.objects.filter(person=person))


def forget_old() -> int:
    """Rows whose session is over anyway."""
    over = timezone.now() - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return SignedInSession.objects.filter(last_seen__lt=over).delete()[0]


def _store() -> SessionBase:
    store: SessionBase = import_module(settings.SESSION_ENGINE).SessionStore()
    return store
