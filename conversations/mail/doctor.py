"""Whether answers by e-mail can work as the operator set them."""

from collections.abc import Iterator

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from core.doctor import Complaint

LONGEST = 20  # letters before the @: mail servers take 64, and the hub adds 37


def answers_by_mail() -> Iterator[Complaint]:
    address = settings.REPLY_ADDRESS
    if not address:
        return
    try:
        validate_email(address)
    except ValidationError:
        yield Complaint(f"REPLY_ADDRESS is no address: {address}", "Set it to one, such as reply@hub.example.org.")
        return
    local = address.rpartition("@")[0]
    if len(local) > LONGEST or "+" in local:
        yield Complaint(f"REPLY_ADDRESS cannot be added to: {address}", f"Use {LONGEST} letters at most, without a +.")
    if not settings.MAIL_AUTHSERV_ID:
        said = "No answer by e-mail is published by itself: nothing says which mail server proves senders."
        yield Complaint(said, "Set MAIL_AUTHSERV_ID to the name in its Authentication-Results.", is_grave=False)
