"""Who is let in although no rule names them: what other packages say of a proved address.

An invitation that waits for an address lets its person in by single sign-on, too::

    ADMISSIONS.add("invitations", admission_by_invitation)   # in contributions.py
"""

from collections.abc import Callable

from django.http import HttpRequest

from accounts.sign_on.services import Admission
from core.registry import Registry

ADMISSIONS: Registry[Callable[[HttpRequest, str], Admission | None]] = Registry(
    "who may come by single sign-on", taken_by="accounts"
)


def admission_of(request: HttpRequest, email: str) -> Admission | None:
    return next((admission for ask in ADMISSIONS if (admission := ask(request, email))), None)
