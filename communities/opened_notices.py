"""Telling facilitators that somebody who runs the hub opened what is for their members alone."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _, gettext_lazy
from wagtail.models import BaseLogEntry, ModelLogEntry, PageLogEntry

from communities.models import CommunityPage, Membership
from core.audiences import Person, community_pks
from core.notices import Happened, NoticeKind, NoticeWords, Subjects, add_notice_kind
from core.outbox import emit
from people.models import User

LOGS: dict[str, type[BaseLogEntry]] = {
    "communities.opened_page": PageLogEntry,
    "communities.opened_thing": ModelLogEntry,
}
"""The subject of the event is the entry in the log: what was said of the reason stands there alone."""


def on_opened(person: User, tokens: frozenset[str], entry: BaseLogEntry, **_kwargs: object) -> None:
    """Tell the facilitators of each community whose things are open now, once the reason is in the log."""
    kind = next(kind for kind, log in LOGS.items() if isinstance(entry, log))
    emit(kind, entry, actor=person, data={"communities": sorted(community_pks(tokens))})


@dataclass(frozen=True)
class OpenedEntry:
    """An entry of the log, as whoever looks after communities is told of it."""

    entry: BaseLogEntry
    looked_after: Mapping[int, CommunityPage]


def who_hears(event: Happened) -> list[int]:
    looking_after = Membership.objects.stewards().filter(community__in=event.data["communities"])
    return list(looking_after.values_list("person_id", flat=True))


def _entries(log: type[BaseLogEntry]) -> Subjects:
    def look_up(reader: Person, keys: Collection[str]) -> dict[str, Any]:
        mine = Membership.objects.stewards().filter(person=reader.pk).select_related("community")
        looked_after = {membership.community_id: membership.community for membership in mine}
        entries = log.objects.filter(pk__in=keys) if looked_after else log.objects.none()
        return {str(entry.pk): OpenedEntry(entry, looked_after) for entry in entries}

    return look_up


def words(found: OpenedEntry, event: Happened, reader: Person) -> NoticeWords | None:
    """Who opened what, and why, for whoever still looks after one of the communities."""
    mine = [found.looked_after[pk] for pk in event.data["communities"] if pk in found.looked_after]
    if not mine:
        return None
    said = {"person": event.by or _("Somebody"), "what": found.entry.label}
    reason = _("The reason that they gave: %(reason)s") % {"reason": found.entry.data.get("reason", "")}
    lasts = _(
        "For an hour it opens in the editor what is for your members only. It is kept in the log. If you have a "
        "question about it, ask them."
    )
    return NoticeWords(
        _("%(person)s, who runs the hub and is not a member, opened “%(what)s” in the editor") % said,
        str(mine[0].url),
        text=f"{reason}\n{lasts}",
        about=mine[0].title if mine[0].live else "",  # the row of one that is not live is a draft
        subject=_("The hub team opened what is for the members of your community"),
    )


def add_kinds() -> None:
    for kind, log in LOGS.items():
        add_notice_kind(
            NoticeKind(
                kind,
                gettext_lazy("The hub team opened what is for the members of my community only"),
                recipients=who_hears,
                subjects=_entries(log),
                words=words,
            )
        )
