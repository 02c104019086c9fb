"""What changed of who may do what in a community, in plain words: roles, grants, the sponsor, whose word it takes.

Read from the audit log. What is nobody's business but the stewards' (who asked, who was declined or removed and why,
who did not accept a role) stays there.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from wagtail.models import PageLogEntry

from communities.choices import Approval
from communities.grants.log import SENTENCES, sentence
from communities.models import CommunityPage
from people.models import User

if TYPE_CHECKING:
    from django.db.models import QuerySet

Said = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LoggedAction:
    """One thing that was done, by whom; nobody where the account is gone or a rule did it."""

    at: datetime
    by: User | None
    text: str


def _role(said: Said) -> str:
    if said.get("before") and said.get("after"):
        return _("%(person)s: %(after)s, before that %(before)s") % said
    if said.get("after"):
        return _("%(person)s is now %(after)s") % said
    return _("%(person)s is no longer %(before)s") % said


def _appointed(said: Said) -> str:
    return _("%(person)s now facilitates it") % said


def _sponsor(said: Said) -> str:
    if said.get("before"):
        return _("%(person)s answers for it now, in the place of %(before)s") % said
    return _("%(person)s answers for it now") % said


def _approval(said: Said) -> str:
    rule = said.get("rule", "")
    label = Approval(rule).label if rule in Approval.values else rule
    return _("Approval before publishing: %(rule)s") % {"rule": label}


WORDS: Mapping[str, Callable[[Said], str]] = {
    "communities.role_changed": _role,
    "communities.appointed": _appointed,
    "communities.sponsor_named": _sponsor,
    "communities.approval": _approval,
}


def logged(community: CommunityPage) -> "QuerySet[PageLogEntry]":
    """The newest first."""
    entries = PageLogEntry.objects.filter(page=community.pk, action__in=[*WORDS, *SENTENCES])
    return entries.select_related("user").order_by("-timestamp", "-pk")


def deeds_in(entries: Iterable[PageLogEntry]) -> list[LoggedAction]:
    return [LoggedAction(entry.timestamp, entry.user, _said(entry)) for entry in entries]


def _said(entry: PageLogEntry) -> str:
    tell = WORDS.get(entry.action)
    return tell(entry.data) if tell else sentence(entry.action, entry.data)
