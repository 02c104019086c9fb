"""E-mails about reports. A mail server that is away loses nothing: what it says stands in the hub."""

import logging
from datetime import timedelta
from hashlib import sha256

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Site

from core.mail import HubMail
from core.rate_limits import limit
from core.secret_urls import number_of, signed
from people.fields import one_address
from reports.models import Report

logger = logging.getLogger(__name__)
PURPOSE = "reports.proof"
PROVED_WITHIN = timedelta(days=30)


def ask_for_proof(report: Report) -> None:
    """A link to an address that anybody could have typed. Nothing stands in it that whoever typed it wrote."""
    account = sha256(one_address(report.email).encode()).hexdigest()
    if not limit("report_addresses").take(account):
        return
    path = reverse("reports:prove", args=[signed(str(report.pk), PURPOSE)])
    address = Site.objects.get(is_default_site=True).root_url + path
    _send(report, report.email, _("Is this your address?"), "reports/proof.txt", address=address)


def proved_by(key: str) -> Report | None:
    """The report whose link this is; None for a link that the hub did not make, or that is too old."""
    number = number_of(key, PURPOSE)
    if number is None:
        return None
    open_ones = Report.objects.exclude(email="").filter(reporter=None)
    return open_ones.filter(pk=number, sent_at__gte=timezone.now() - PROVED_WITHIN).first()


def write_to_reporter(report: Report) -> None:
    """The answer, to the address that is proved."""
    _send(report, report.answer_address, _("what became of your report"), "reports/answer.txt")


def _send(report: Report, to: str, subject: str, template: str, **known: str) -> None:
    words = render_to_string(template, {"report": report, "hub_name": settings.HUB_NAME, **known})
    try:
        HubMail(f"{settings.HUB_NAME}: {subject}", words, to=[to]).send()
    except OSError:
        logger.exception("An e-mail about report %s could not be sent.", report.pk)
