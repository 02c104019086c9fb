"""What pages show of delegations."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from accounts.overview.lines import AccountLine
from conversations.delegates.rights import Principal, answered_for
from conversations.delegates.services import may_take_part
from conversations.models import Conversation, Delegation
from conversations.permissions import TalkRights
from core.pagination import page_of
from people.models import User
from people.requests import SignedInRequest


@dataclass(frozen=True, slots=True)
class DelegationRow:
    """One delegation, as one of the two reads it. ``other`` is the other one."""

    delegation: Delegation
    other: User
    accepts: bool


def own_context(person: User) -> dict[str, Any]:
    """Who writes for somebody, and for whom they write."""
    rows = list(Delegation.objects.standing().of(person.pk).select_related("principal", "delegate"))
    mine = [DelegationRow(row, row.delegate, False) for row in rows if row.principal_id == person.pk]
    others = [DelegationRow(row, row.principal, row.accepted is None) for row in rows if row.delegate_id == person.pk]
    return {"mine": mine, "others": others, "names": may_take_part(person)}


def all_context(request: HttpRequest) -> dict[str, Any]:
    """All that stand, for the hub team."""
    standing = Delegation.objects.standing().select_related("principal", "delegate")
    return {"delegations": page_of(request, standing.order_by("principal__sort_name", "pk"))}


def delegates_line(request: SignedInRequest) -> AccountLine | None:
    """On one's account: how many write for me, for how many I write, and whether an answer is wanted. Whoever was asked
    and has not accepted writes for nobody.
    """
    person = request.user
    rows = list(Delegation.objects.standing().of(person.pk).values_list("principal_id", "accepted"))
    if not rows and not may_take_part(person):
        return None
    mine = sum(principal == person.pk and accepted is not None for principal, accepted in rows)
    writes = sum(principal != person.pk and accepted is not None for principal, accepted in rows)
    waiting = sum(principal != person.pk and accepted is None for principal, accepted in rows)
    said = [ngettext("%(n)s person writes for you.", "%(n)s people write for you.", mine) % {"n": mine}] if mine else []
    if writes:
        said.append(ngettext("You write for %(n)s person.", "You write for %(n)s people.", writes) % {"n": writes})
    if waiting:
        said.append(_("Somebody asks you to write for them."))
    words = " ".join(said) or _("You write in your own name alone, and so do others.")
    url = reverse("conversations:delegates")
    return AccountLine(gettext_lazy("Delegates"), words, url, gettext_lazy("Look after it"), bool(waiting))


def for_whom(conversation: Conversation, part: TalkRights) -> list[Principal]:
    """For whom the reader may answer here, looked up where ``get_part`` has seen that they write for anybody."""
    return answered_for(conversation, part) if getattr(conversation, "reader_writes_for", True) else []
