"""Guests of conversations for whom somebody answers, for whoever takes them over when they leave."""

from collections.abc import Collection, Iterator, Mapping

from django.db import transaction
from django.db.models import F
from django.utils.formats import date_format
from django.utils.translation import gettext as _, gettext_lazy

from communities.choices import Capability
from communities.rights import memberships_with
from conversations.guests.services import answers, take_over
from conversations.models import Guest
from conversations.permissions import part_of
from conversations.services.locking import CannotPost
from indexing.documents import key_for
from people.handover import CannotGive, Handover, LookedAfter
from people.models import User


def held(person: User) -> Iterator[LookedAfter]:
    """Guests of conversations that are still where they were invited."""
    places = Guest.objects.going_on().filter(sponsor=person, conversation__community=F("community"))
    for guest in places.select_related("conversation", "person", "community").order_by("until", "pk"):
        closed = _("A guest of a conversation of %(community)s") % {"community": guest.community.title}
        detail = _("“%(title)s”, until %(day)s") % {
            "title": guest.conversation.title,
            "day": date_format(guest.until, "j F Y"),
        }
        yield LookedAfter(key_for(Guest, guest.pk), guest.conversation, guest.name, guest.url, detail, closed)


@transaction.atomic
def give(person: User, pk: int, to: User, by: User) -> None:
    """Only somebody who works here and belongs to the community, or is its sponsor, answers for its guests."""
    guest = Guest.objects.going_on().filter(pk=pk, sponsor=person).select_related("conversation__community").first()
    if guest is None or guest.conversation.community is None:
        raise CannotGive(_("Somebody else has this by now."))
    community = guest.conversation.community
    if not (answers(to, part_of(to, community)) or (to.is_insider and community.sponsor_id == to.pk)):
        words = _("%(person)s does not work here, or does not belong to %(community)s. Choose somebody who does both.")
        raise CannotGive(words % {"person": to, "community": community.title})
    try:
        take_over(guest, person, to, by)
    except CannotPost as refusal:
        raise CannotGive(str(refusal)) from refusal


def heirs(pks: Collection[int]) -> Mapping[int, Collection[int]]:
    """Those who may invite people from outside there, as ``notices.whoever_answers`` asks them."""
    communities = dict(Guest.objects.filter(pk__in=pks).values_list("pk", "community"))
    may = memberships_with(Capability.INVITE_OUTSIDE).filter(
        community__in=set(communities.values()), person__is_active=True
    )
    found: dict[int, list[int]] = {}
    for community, one in may.order_by("person").values_list("community_id", "person_id").distinct():
        found.setdefault(community, []).append(one)
    return {pk: found.get(community, ()) for pk, community in communities.items()}


ANSWERED_FOR = Handover(
    label=gettext_lazy("Guests of conversations for whom they answer"),
    rest=gettext_lazy("They read nothing until somebody who may invite there answers for them."),
    held=held,
    give=give,
    heirs=heirs,
    icon="person",
)
