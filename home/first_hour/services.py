"""What the hub team does with the list."""

import json

from django.core.signing import BadSignature, TimestampSigner
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from core.branding import branding
from core.first_steps import FIRST_STEPS
from core.hub_address import hub_root
from core.languages import in_language_of
from core.letters import letter
from home.confirmed_steps import ASIDE, FirstStepMark
from people.models import User

SENDER = "sender"
GOOD_FOR = 7 * 24 * 60 * 60  # seconds
_signer = TimestampSigner(sep=".", salt="home.first_hour.mail")


def confirm(name: str, by: User | None) -> bool:
    """Note that ``by`` confirms a step; whether there is such a step to confirm."""
    step = FIRST_STEPS.get(name)
    if step is None or not step.by_hand:
        return False
    _mark(name, by, step.about())
    return True


def take_back(name: str) -> None:
    """What was confirmed is open again."""
    FirstStepMark.objects.filter(name=name).delete()


def put_aside(by: User) -> None:
    """The list leaves the front page; its own page stays."""
    _mark(ASIDE, by)


def call_back() -> None:
    take_back(ASIDE)


def _mark(name: str, by: User | None, about: str = "") -> None:
    FirstStepMark.objects.update_or_create(name=name, defaults={"by": by, "about": about})


# -- the test mail -----------------------------------------------------------------------------------------------------
def send_test_mail(to: User) -> None:
    """Write to ``to`` as the hub writes to everybody. Raises what the mail server says."""
    sender = branding().sender_address
    key = _signer.sign_object([to.pk, sender])
    url = hub_root() + reverse("home:test_mail_arrived", args=[key])
    context = {"person": to, "url": url, "hub_name": branding().name, "sender": sender}
    with in_language_of(to):
        words = render_to_string("home/first_hour/test_mail.txt", context)
        subject = _("Does this e-mail arrive?")
        letter(f"{branding().name}: {subject}", words, [str(to.email)], links=[url]).send()


def test_mail_arrived(key: str) -> bool:
    """Note that a test mail reached its mailbox; whether ``key`` is of one that says what still holds."""
    try:
        pk, sender = _signer.unsign_object(key, max_age=GOOD_FOR)
    except (BadSignature, json.JSONDecodeError, UnicodeDecodeError, ValueError, TypeError):
        return False
    person = User.objects.filter(pk=pk).first()
    if sender != branding().sender_address or person is None:
        return False
    _mark(SENDER, person, sender)
    return True
