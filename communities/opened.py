"""Telling facilitators that somebody who runs the hub opened what is for their members alone."""

import logging
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django_tasks import task

from communities.models import CommunityPage, Membership
from core.audiences import community_pks
from core.mail import HubMail
from people.models import User

logger = logging.getLogger(__name__)


def on_opened(person: Any, thing: Any, tokens: frozenset[str], reason: str, **_kwargs: Any) -> None:
    """Tell the facilitators of each community whose things are open now, once the reason is in the log."""
    for pk in community_pks(tokens):
        transaction.on_commit(lambda pk=pk: tell_facilitators.enqueue(pk, person.pk, str(thing), reason))  # type: ignore[misc]


@task()
def tell_facilitators(community_pk: int, person_pk: int, what: str, reason: str) -> int:
    """Write to the facilitators who are here: who opened what, and why. Returns how many were written to."""
    community = CommunityPage.objects.get(pk=community_pk)
    looking_after = Membership.objects.facilitators().filter(community=community, person__is_active=True)
    addresses = [address for address in looking_after.values_list("person__email", flat=True) if address]
    context = {"community": community, "person": User.objects.get(pk=person_pk), "what": what, "reason": reason}
    subject = _("%(community)s: the hub team opened it") % {"community": community.title}
    words = render_to_string("communities/opened.txt", {**context, "hub_name": settings.HUB_NAME})
    told = 0
    for address in addresses:
        try:
            told += HubMail(" ".join(subject.split()), words, to=[address]).send()
        except OSError:
            logger.exception("A facilitator could not be told that something of their community was opened.")
    return told
