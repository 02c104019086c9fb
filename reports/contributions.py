"""What reports give to the rooms below."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.holdings import add_holdings
from core.logs import SECRET_ADDRESSES, SecretAddress
from core.notices import add_notice_kind
from core.onward_links import OnwardLink, add_onward
from core.outbox import Consumer, add_consumer
from reports import holdings, mail, notices

add_holdings(holdings.HELD, order=50)


def _send() -> str:
    return reverse("reports:send")


add_onward(OnwardLink("nothing found", _("Ask the hub team"), _send), "reports", order=30)
add_onward(OnwardLink("membership ended", _("Write to the hub team"), _send), "reports")
SECRET_ADDRESSES.add("proof of a report", SecretAddress("/report/hear/"))
add_consumer(Consumer("e-mails about reports without an account", mail.MESSAGES.keys(), mail.send, attempts=12))
for number, kind in enumerate(notices.KINDS):
    add_notice_kind(kind, order=40 + number)
