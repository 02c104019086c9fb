"""Codes are good once. Allauth remembers a used one for half a minute only, in a cache that each process may have for
itself.
"""

import time

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.db import transaction

from accounts.second_factor import encryption

LAST = "last_counter"


@transaction.atomic
def use_up(authenticator: Authenticator, code: str) -> bool:
    """Mark the code's half minute as used; whether it and all later ones were still unused."""
    row = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
    counter = _counter(encryption.decrypt(row.data["secret"]), code)
    if counter is None or counter <= row.data.get(LAST, 0):
        return False
    Authenticator.objects.filter(pk=row.pk).update(data={**row.data, LAST: counter})
    return True


def _counter(secret: str, code: str) -> int | None:
    """Which half minute the code belongs to, among those that are accepted now."""
    now, around = int(time.time()) // app_settings.TOTP_PERIOD, app_settings.TOTP_TOLERANCE
    plain = normalize_user_code(code)
    accepted = range(now + around, now - around - 1, -1)
    return next((one for one in accepted if format_hotp_value(hotp_value(secret, one)) == plain), None)
