"""The e-mail that invites somebody who has no account: an event says that it is due, and it is put in words when it is
sent.
"""

from collections.abc import Sequence

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.invitations import services, tokens
from accounts.invitations.models import Invitation
from accounts.invitations.permissions import stands
from accounts.invitations.preview import promise
from accounts.invitations.targets import goal_of
from core.branding import branding
from core.hub_address import hub_root
from core.languages import in_language_of
from core.letters import letter
from core.mail import HubMail, contact, deliver
from core.outbox import Delivery
from people.models import User

RELATED = ("community", "invited_by", "vouched_by", "sponsor")


def look_up(events: Sequence[Delivery]) -> None:
    """Ask whoever signs in with the addresses that were written down, as far as nobody took them back."""
    for event in events:
        invitation = Invitation.objects.select_related(*RELATED).filter(pk=event.subject_pk).first()
        if invitation is not None and invitation.is_open:
            by = User.objects.filter(pk=event.actor).first()
            services.look_up(invitation, by, is_new=event.data["new"])


def send_links(events: Sequence[Delivery]) -> None:
    """Send the link that each event calls for. The newest link is the only one that opens anything."""
    for event in events:
        invitation = Invitation.objects.select_related(*RELATED).filter(pk=event.subject_pk).first()
        if invitation is None or not invitation.is_open or not stands(invitation):
            continue
        token = tokens.token_of(event.event, invitation.pk)
        if tokens.renew(invitation, token):
            deliver(message(invitation, token), event)


def message(invitation: Invitation, token: str) -> HubMail:
    """The subject does not say to what: it is read by whoever passes the screen."""
    with in_language_of():
        return _in_words(invitation, hub_root() + reverse("invitation", args=[token]))


def _in_words(invitation: Invitation, url: str) -> HubMail:
    goal = goal_of(invitation)
    context = {
        "invitation": invitation,
        "by": invitation.invited_by or _("The hub’s team"),
        "promise": promise(invitation.kind, invitation.community, goal),
        "goal": goal,
        "url": url,
        "days": tokens.GOOD_FOR.days,
        "hub_name": branding().name,
        "body_name": branding().body,
        "contact": contact(),
    }
    subject = _("%(hub)s: you are invited") % {"hub": branding().name}
    plain = render_to_string("accounts/invitation_mail.txt", context)
    return letter(subject, plain, [invitation.email], links=[url])
