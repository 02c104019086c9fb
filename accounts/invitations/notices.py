"""What people hear about invitations."""

from collections.abc import Collection, Mapping

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from accounts.invitations.choices import InvitationOutcome
from accounts.invitations.models import Invitation
from communities.models import CommunityPage
from core.audiences import Person
from core.editors import is_hub_team
from core.notices import Happened, Importance, NoticeKind, NoticeWords, by_key
from core.outbox import emit

ACCEPTED = "accounts.invitation_accepted"


def tell_accepted(invitation: Invitation) -> None:
    """Whoever invited somebody hears that they came."""
    emit(ACCEPTED, invitation, actor=invitation.person)


def whoever_invited(event: Happened) -> list[int]:
    by: int | None = Invitation.objects.filter(pk=event.subject_pk).values_list("invited_by", flat=True).first()
    return [by] if by else []


def own_invitations(reader: Person, keys: Collection[str]) -> Mapping[str, Invitation]:
    """Those that ``reader`` sent, as far as somebody came of them."""
    is_seen = Q(community=None) | Q(community__in=CommunityPage.objects.shown_to(reader))
    mine = Invitation.objects.filter(is_seen, pk__in=keys, invited_by=reader.pk, outcome=InvitationOutcome.ACCEPTED)
    return by_key(mine.select_related("community", "person"))


def accepted(invitation: Invitation, _event: Happened, reader: Person) -> NoticeWords | None:
    """Nothing once the person has gone again."""
    person, community = invitation.person, invitation.community
    if person is None or not person.is_active:
        return None
    if community is not None:
        words = {"person": person, "community": community.title}
        title = _("%(person)s, whom you invited, said yes to %(community)s") % words
        url, subject = reverse("communities:members", args=[community.slug]), _("Somebody whom you invited said yes")
        return NoticeWords(title, url, about=community.title, subject=subject)
    url = reverse("invitations") if is_hub_team(reader) else person.get_absolute_url()
    return NoticeWords(_("%(person)s, whom you invited, said yes") % {"person": person}, url)


KIND = NoticeKind(
    ACCEPTED,
    gettext_lazy("Somebody whom you invited said yes"),
    words=accepted,
    subjects=own_invitations,
    recipients=whoever_invited,
    importance=Importance.MATTERS,
)
