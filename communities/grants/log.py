"""Grants in the audit log, and in the history of a community in plain words."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _
from wagtail.log_actions import LogActionRegistry, LogFormatter, log
from wagtail.models import PageLogEntry
from wagtail.models.audit_log import BaseLogEntry

from communities.choices import Capability
from communities.models import Grant
from core.text import Words
from people.models import User

ASKED, GRANTED, REFUSED = "communities.grant_asked", "communities.grant_granted", "communities.grant_refused"
EXTENDED, WITHDRAWN = "communities.grant_extended", "communities.grant_withdrawn"
TAKEN_BACK = "communities.grant_taken_back"

SENTENCES: Mapping[str, tuple[Words, Words]] = {
    ASKED: (_("Ask for a grant"), _("Asked for “%(what)s”: %(why)s")),
    TAKEN_BACK: (_("Take a request for a grant back"), _("Took back that it asked for “%(what)s”")),
    GRANTED: (_("Grant something"), _("Granted “%(what)s” on the authority of %(authority)s")),
    REFUSED: (_("Refuse a grant"), _("Did not grant “%(what)s”, on the authority of %(authority)s: %(why)s")),
    EXTENDED: (_("Extend a grant"), _("Extended “%(what)s” on the authority of %(authority)s")),
    WITHDRAWN: (_("Withdraw a grant"), _("Withdrew “%(what)s”, on the authority of %(authority)s: %(why)s")),
}


def write(
    grant: Grant, action: str, by: User | None, *, authority: str = "", why: str = "", at: datetime | None = None
) -> None:
    """What happened to it, with the person who did it; now, or when it did."""
    data = {"grant": grant.pk, "capability": grant.capability, "asset": grant.asset, "authority": authority, "why": why}
    data["who"] = str(grant.role) if grant.role else ""
    data["until"] = grant.last_day.isoformat() if grant.last_day else ""
    log(instance=grant.community, action=action, user=by, data=data, timestamp=at or timezone.now())


def sentence(action: str, data: Mapping[str, Any]) -> str:
    """What an entry says, in the reader's language; without whoever did it."""
    capability = data.get("capability", "")
    label = str(Capability(capability).label) if capability in Capability.values else capability
    asset = data.get("asset") or ""
    what = ": ".join(part for part in (label, asset) if part)
    what = f"{what} ({data['who']})" if data.get("who") else what
    said = {"what": what, "authority": data.get("authority") or gettext("nobody")}
    return str(SENTENCES[action][1]) % {**said, "why": data.get("why") or "–"}


def entries_of(grant: Grant) -> Any:
    """What happened to a grant, the newest first."""
    entries = PageLogEntry.objects.filter(page=grant.community_id, action__in=SENTENCES, data__grant=grant.pk)
    return entries.select_related("user").order_by("-timestamp", "-pk")


class GrantFormatter(LogFormatter):
    """The sentence for Wagtail's history of the community."""

    action = ""

    def format_message(self, log_entry: BaseLogEntry) -> str:
        return sentence(log_entry.action, log_entry.data)


def register(actions: LogActionRegistry) -> None:
    for action, (label, _message) in SENTENCES.items():
        formatter = type("GrantFormatter", (GrantFormatter,), {"label": label})
        actions.register_action(action)(formatter)
