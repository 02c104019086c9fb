"""That nobody is at an address any more, told to the hub team until they have had it tried again."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from core.audiences import Person
from core.dead_addresses.models import DeadAddress
from core.editors import is_hub_team
from core.notices import Happened, NoticeKind, NoticeWords, by_key
from core.outbox import emit
from core.versions import changed_for

STOPPED = "core.address_is_dead"
MATTER = "dead addresses"  # all of them are one: when a whole organisation moves, they are many


def tell_stopped(row: DeadAddress) -> None:
    """Nothing is sent to an address any more."""
    emit(STOPPED, row)


def settle() -> None:
    """An address is tried again, and the number beside the face of the hub team is counted anew."""
    changed_for(hub_team())


def hub_team(_event: Happened | None = None) -> Iterable[int]:
    team = get_user_model().objects.filter(is_active=True, is_superuser=True)
    return list(team.values_list("pk", flat=True))


def with_names(rows: "models.QuerySet[DeadAddress]") -> "models.QuerySet[DeadAddress]":
    """Dead addresses, each with whose it is."""
    names = get_user_model().objects.filter(email=models.OuterRef("address")).values("name")[:1]
    return rows.annotate(person=models.Subquery(names))


def still_dead(reader: Person, keys: Collection[str]) -> Mapping[str, Any]:
    rows = DeadAddress.objects.filter(pk__in=keys, cleared=None)
    return by_key(with_names(rows)) if is_hub_team(reader) else {}


def stopped(row: DeadAddress, _event: Happened, _reader: Person) -> NoticeWords:
    return NoticeWords(
        title=_("Nothing is sent to %(address)s any more") % {"address": row.address},
        text=_("%(whose)s. The mail server said: %(reason)s")
        % {"whose": getattr(row, "person", "") or _("Nobody here has this address"), "reason": row.reason},
        url=reverse("core_dead_addresses"),
        action=_("Look at it, or have it tried again"),
        about=_("Addresses that take no e-mail"),
        subject=_("An address takes no e-mail any more"),
    )


KIND = NoticeKind(
    STOPPED,
    gettext_lazy("An address takes no e-mail any more (for the hub team)"),
    words=stopped,
    subjects=still_dead,
    recipients=hub_team,
    matter=lambda _event: MATTER,
)
