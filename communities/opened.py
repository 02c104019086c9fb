"""Telling facilitators that somebody who runs the hub opened what is for their members alone."""

from collections.abc import Sequence

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from wagtail.models import BaseLogEntry, ModelLogEntry, PageLogEntry

from communities.models import Membership
from communities.notices import OPENED
from core.audiences import community_pks
from core.house import house
from core.mail import HubMail, deliver
from core.outbox import Delivery, emit, subject_of
from people.models import User

LOGS: tuple[type[BaseLogEntry], ...] = (PageLogEntry, ModelLogEntry)


def on_opened(person: User, tokens: frozenset[str], entry: BaseLogEntry, **_kwargs: object) -> None:
    """Tell the facilitators of each community whose things are open now, once the reason is in the log."""
    looking_after = Membership.objects.facilitators().filter(community__in=community_pks(tokens))
    emit(OPENED, looking_after, actor=person, data={"entry": subject_of(entry)})


def send(events: Sequence[Delivery]) -> None:
    """Write to each facilitator who is here: who opened what, and why. What was said of it stands in the log alone."""
    for event in events:
        to = Membership.objects.select_related("person", "community").filter(pk=event.subject_pk).first()
        entry = _logged(event.data["entry"])
        if entry is not None and to is not None and to.is_facilitator and to.person.is_active and to.person.email:
            deliver(_message(to, entry), event)


def _logged(key: str) -> BaseLogEntry | None:
    label, _colon, pk = key.partition(":")
    found = (log.objects.filter(pk=pk).first() for log in LOGS if log._meta.label_lower == label)
    return next(found, None)


def _message(to: Membership, entry: BaseLogEntry) -> HubMail:
    subject = _("%(community)s: the hub team opened it") % {"community": to.community.title}
    context = {"community": to.community, "person": entry.user, "what": entry.label, "reason": entry.data["reason"]}
    words = render_to_string("communities/opened.txt", {**context, "hub_name": house().name})
    return HubMail(" ".join(subject.split()), words, to=[to.person.email])
