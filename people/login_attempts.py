"""Wrong passwords: counted so that nobody guesses one, and so that no stranger shuts anybody out.

A device that somebody has signed in on before is known by a signed cookie and has a count of its own. From any other
device, failures count for the account and the network together; for the account on all unknown devices; and for the
network over all accounts. The last two are wide: they stop a machine that guesses, and no office.
"""

import json
from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string

from core.network import network
from core.rate_limits import Limit, limit
from people import addresses
from people.fields import one_address
from people.models import User

SALT = "people.known-device"
KNOWN_FOR = 60 * 60 * 24 * 180  # seconds
PEOPLE_OF_A_DEVICE = 6


@dataclass(frozen=True)
class Attempt:
    """One try to sign in, counted as a failure until it succeeds."""

    counts: tuple[tuple[Limit, tuple[object, ...]], ...]

    def succeeded(self) -> None:
        """It was no failure."""
        for counted, who in self.counts:
            counted.give_back(*who)

    def forget(self) -> None:
        """The password is new: what was guessed before says nothing."""
        for counted, who in self.counts:
            counted.forget(*who)


def begin(request: HttpRequest, email: str) -> Attempt | None:
    """Count a try; None where there were too many."""
    attempt = _attempt(request, email)
    within = [counted.take(*who) for counted, who in attempt.counts]
    if all(within):
        return attempt
    attempt.succeeded()  # what is refused was not tried
    return None


def forget(request: HttpRequest, person: User) -> None:
    """After a new password: the account's own counts begin anew, here and on unknown devices."""
    attempt = _attempt(request, person.email or "")
    Attempt(tuple(count for count in attempt.counts if count[0].name != "sign_in_network")).forget()


def remember(request: HttpRequest, response: HttpResponse, person: User) -> None:
    """Tell this device that ``person`` has signed in on it."""
    known = {**_known(request), str(person.pk): _device(request, person) or get_random_string(16)}
    newest = dict(list(known.items())[-PEOPLE_OF_A_DEVICE:])
    response.set_signed_cookie(
        settings.DEVICE_COOKIE_NAME,
        json.dumps(newest),
        salt=SALT,
        max_age=KNOWN_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def knows(request: HttpRequest, person: User) -> bool:
    """Whether ``person`` has signed in on this device before."""
    return bool(_device(request, person))


def _attempt(request: HttpRequest, email: str) -> Attempt:
    place, account = network(request), sha256(one_address(email).encode()).hexdigest()
    person = addresses.owner_of(email)
    if person and (device := _device(request, person)):
        return Attempt(((limit("sign_in_device"), (person.pk, device)),))
    return Attempt(
        (
            (limit("sign_in_here"), (account, place)),
            (limit("sign_in_account"), (account,)),
            (limit("sign_in_network"), (place,)),
        )
    )


def _device(request: HttpRequest, person: User) -> str:
    return _known(request).get(str(person.pk), "")


def _known(request: HttpRequest) -> dict[str, str]:
    """The people who have signed in on this device, each with the number that the device has for them."""
    written = request.get_signed_cookie(settings.DEVICE_COOKIE_NAME, "{}", salt=SALT, max_age=KNOWN_FOR)
    known = json.loads(written or "{}")
    return known if isinstance(known, dict) else {}
