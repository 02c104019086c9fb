"""Delegations in the audit log: entries of whoever names somebody, with the keys of the delegation and the other."""

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from conversations.models import Delegation
from people.models import User

DEEDS = {
    "conversations.delegate_named": (_("Name a delegate"), _("Named a delegate in conversations")),
    "conversations.delegate_accepted": (_("Accept to be a delegate"), _("A delegate in conversations accepted")),
    "conversations.delegate_declined": (_("Decline to be a delegate"), _("Somebody declined to be a delegate")),
    "conversations.delegate_ended": (_("End a delegation"), _("Ended a delegation in conversations")),
}


def note(deed: str, delegation: Delegation, by: User | None) -> None:
    data = {"delegation": delegation.pk, "delegate": delegation.delegate_id, "until": delegation.until.isoformat()}
    log(instance=delegation.principal, action=f"conversations.delegate_{deed}", user=by, data=data)
