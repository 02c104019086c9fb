"""E-mails to whoever reported something without an account; the others have notices (``reports.notices``).

An event says that one is due, and it is put in words when it is sent.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from hashlib import sha256

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.branding import branding
from core.hub_address import hub_root
from core.languages import in_language_of
from core.letters import letter
from core.mail import HubMail, deliver
from core.outbox import Delivery, emit
from core.rate_limits import limit
from core.secret_urls import number_of, signed
from people.fields import one_address
from reports.models import PageReport

SENT = "reports.sent"  # by somebody who is not signed in, with an address
ANSWERED = "reports.answered"
PURPOSE = "reports.proof"
PROVED_WITHIN = timedelta(days=30)


def ask_for_proof(report: PageReport) -> None:
    """Have whoever has the address that was typed asked whether it is theirs."""
    account = sha256(one_address(report.email).encode()).hexdigest()
    if limit("report_addresses").take(account):
        emit(SENT, report)


def write_to_reporter(report: PageReport) -> None:
    """Have the answer sent."""
    emit(ANSWERED, report)


def proved_by(key: str) -> PageReport | None:
    """The report whose link this is; None for a link that the hub did not make, or that is too old."""
    number = number_of(key, PURPOSE)
    if number is None:
        return None
    open_ones = PageReport.objects.exclude(email="").filter(reporter=None)
    return open_ones.filter(pk=number, sent_at__gte=timezone.now() - PROVED_WITHIN).first()


def send(events: Sequence[Delivery]) -> None:
    """Send the e-mail that each event calls for."""
    for event in events:
        report = PageReport.objects.filter(pk=event.subject_pk).first()
        if report is None:
            continue
        with in_language_of():
            made = MESSAGES[event.kind](report)
        if made is not None:
            deliver(made, event)


def _proof(report: PageReport) -> HubMail | None:
    """A link to an address that anybody could have typed. Nothing stands in it that whoever typed it wrote."""
    path = reverse("reports:prove", args=[signed(str(report.pk), PURPOSE)])
    address = hub_root() + path
    return _message(report, report.email, _("Is this your address?"), "reports/proof.txt", address=address)


def _answer(report: PageReport) -> HubMail | None:
    """The answer, to the address that is proved."""
    return _message(report, report.answer_address, _("what became of your report"), "reports/answer.txt")


MESSAGES: dict[str, Callable[[PageReport], HubMail | None]] = {SENT: _proof, ANSWERED: _answer}


def _message(report: PageReport, to: str, subject: str, template: str, **known: str) -> HubMail | None:
    if not to:
        return None
    words = render_to_string(template, {"report": report, "hub_name": branding().name, **known})
    return letter(f"{branding().name}: {subject}", words, [to], links=[known.get("address", "")])
