"""E-mails about memberships: each is put in words now, and sent after the commit."""

import logging
from functools import partial

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django_tasks import task
from wagtail.models import Site

from communities.models import Membership
from core.mail import HubMail, contact
from people.models import User

logger = logging.getLogger(__name__)


def tell_invited(membership: Membership) -> None:
    """Somebody is asked to join. The subject does not say what: it is read by whoever passes the screen."""
    _tell(
        membership,
        _("You are invited to a community"),
        _("%(who)s invites you to join %(community)s.")
        % {"who": membership.invited_by or _("A facilitator"), "community": membership.community.title},
        _("Say yes or no"),
        reverse("communities:invitation", args=[membership.community.slug]),
    )


def tell_removed(membership: Membership) -> None:
    """Somebody's membership was ended by others, and they read why."""
    _tell(
        membership,
        _("You are no longer a member of a community"),
        _("Your membership of %(community)s was ended. The reason that was given: %(reason)s")
        % {"community": membership.ended_name, "reason": membership.reason},
        _("Read it on the hub"),
        reverse("communities:removed", args=[membership.pk]),
    )


def tell_appointed(membership: Membership) -> None:
    """Somebody was made a facilitator by the organisation."""
    _tell(
        membership,
        _("You look after a community"),
        _("You were named as a facilitator of %(community)s.") % {"community": membership.community.title},
        _("See its members"),
        reverse("communities:members", args=[membership.community.slug]),
    )


def tell_facilitators(appointed: Membership, by: User) -> None:
    """The others who look after a community hear whom the organisation named, and who did."""
    words = _("%(by)s made %(person)s a facilitator of %(community)s.")
    text = words % {"by": by, "person": appointed.person, "community": appointed.community.title}
    others = Membership.objects.facilitators().filter(community=appointed.community).exclude(pk=appointed.pk)
    for other in others.exclude(person=by).select_related("person", "community"):
        path = reverse("communities:members", args=[appointed.community.slug])
        _tell(other, _("Somebody new looks after a community with you"), text, _("See its members"), path)


def _tell(membership: Membership, subject: str, text: str, action: str, path: str) -> None:
    """Send one sentence with the way to what it tells of, to somebody who is here and has an address."""
    person = membership.person
    if not person.email or not person.is_active:
        return
    url = Site.objects.get(is_default_site=True).root_url + path
    context = {"person": person, "text": text, "action": action, "url": url, "hub_name": settings.HUB_NAME}
    context["contact"] = contact()
    made = {
        "subject": f"{settings.HUB_NAME}: {subject}",
        "to": person.email,
        "text": render_to_string("communities/mail.txt", context),
        "html": render_to_string("communities/mail.html", context),
    }
    transaction.on_commit(partial(send.enqueue, **made), robust=True)


@task()
def send(subject: str, to: str, text: str, html: str) -> bool:
    """Send one e-mail. A mail server that refuses is said in the log: the hub says the same on the front page."""
    made = HubMail(subject, text, to=[to])
    made.attach_alternative(html, "text/html")
    try:
        return bool(made.send())
    except (OSError, ValueError):
        logger.exception("An e-mail about a membership could not be sent.")
        return False
