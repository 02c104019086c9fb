"""E-mails about memberships: an event says that one is due, and it is put in words when it is sent."""

from collections.abc import Callable, Sequence

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Site

from communities.choices import State
from communities.models import Membership
from core.house import house
from core.mail import HubMail, contact, deliver
from core.outbox import Delivery, emit
from people.models import User

INVITED = "communities.invited"
REMOVED = "communities.removed"
APPOINTED = "communities.appointed"
FACILITATOR_NAMED = "communities.facilitator_named"  # its subject is another facilitator, who hears of it


def tell_invited(membership: Membership) -> None:
    """Somebody is asked to join."""
    emit(INVITED, membership, actor=membership.invited_by, data={"community": membership.community_id})


def tell_removed(membership: Membership, by: User | None = None) -> None:
    """Somebody's membership was ended by others, and they read why."""
    emit(REMOVED, membership, actor=by, data={"community": membership.community_id})


def tell_appointed(membership: Membership) -> None:
    """Somebody was made a facilitator by the organisation."""
    emit(APPOINTED, membership, data={"community": membership.community_id})


def tell_facilitators(appointed: Membership, by: User) -> None:
    """The others who look after a community hear whom the organisation named, and who did."""
    others = Membership.objects.facilitators().filter(community=appointed.community_id).exclude(pk=appointed.pk)
    emit(FACILITATOR_NAMED, others.exclude(person=by), actor=by, data={"named": appointed.pk})


def send(events: Sequence[Delivery]) -> None:
    """Send the e-mail that each event calls for, to somebody who is here and has an address."""
    for event in events:
        membership = Membership.objects.select_related("person", "community").filter(pk=event.subject_pk).first()
        if membership is None or not membership.person.email or not membership.person.is_active:
            continue
        if (made := MESSAGES[event.kind](membership, event)) is not None:
            deliver(made, event)


def _invited(membership: Membership, event: Delivery) -> HubMail | None:
    """The subject does not say what: it is read by whoever passes the screen. Nothing once it is withdrawn."""
    if membership.state != State.INVITED:
        return None
    return _message(
        membership,
        _("You are invited to a community"),
        _("%(who)s invites you to join %(community)s.")
        % {"who": membership.invited_by or _("A facilitator"), "community": membership.community.title},
        _("Say yes or no"),
        reverse("communities:invitation", args=[membership.community.slug]),
    )


def _removed(membership: Membership, event: Delivery) -> HubMail | None:
    return _message(
        membership,
        _("You are no longer a member of a community"),
        _("Your membership of %(community)s was ended. The reason that was given: %(reason)s")
        % {"community": membership.ended_name, "reason": membership.reason},
        _("Read it on the hub"),
        reverse("communities:removed", args=[membership.pk]),
    )


def _appointed(membership: Membership, event: Delivery) -> HubMail | None:
    if not membership.is_facilitator:
        return None
    return _message(
        membership,
        _("You look after a community"),
        _("You were named as a facilitator of %(community)s.") % {"community": membership.community.title},
        _("See its members"),
        reverse("communities:members", args=[membership.community.slug]),
    )


def _facilitator_named(other: Membership, event: Delivery) -> HubMail | None:
    named = Membership.objects.select_related("person").filter(pk=event.data["named"]).first()
    if named is None or not other.is_facilitator:
        return None
    by = User.objects.filter(pk=event.actor).first() or _("Somebody")
    words = _("%(by)s made %(person)s a facilitator of %(community)s.")
    return _message(
        other,
        _("Somebody new looks after a community with you"),
        words % {"by": by, "person": named.person, "community": other.community.title},
        _("See its members"),
        reverse("communities:members", args=[other.community.slug]),
    )


MESSAGES: dict[str, Callable[[Membership, Delivery], HubMail | None]] = {
    INVITED: _invited,
    REMOVED: _removed,
    APPOINTED: _appointed,
    FACILITATOR_NAMED: _facilitator_named,
}


def _message(membership: Membership, subject: str, text: str, action: str, path: str) -> HubMail:
    """One sentence with the way to what it tells of."""
    url = Site.objects.get(is_default_site=True).root_url + path
    context = {"person": membership.person, "text": text, "action": action, "url": url, "hub_name": house().name}
    context["contact"] = contact()
    plain = render_to_string("communities/mail.txt", context)
    made = HubMail(f"{house().name}: {subject}", plain, to=[membership.person.email])
    made.attach_alternative(render_to_string("communities/mail.html", context), "text/html")
    return made
