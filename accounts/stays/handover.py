"""For whom from outside somebody answers, for whoever takes it over when they leave."""

from collections.abc import Iterator

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from accounts.stays import services
from accounts.stays.models import OutsideStay
from indexing.documents import key_for
from people.handover import CannotGive, Handover, LookedAfter
from people.models import User


def answered_for(person: User) -> Iterator[LookedAfter]:
    stays = OutsideStay.objects.going_on().filter(sponsor=person).select_related("person").order_by("review_on", "pk")
    for stay in stays:
        guest = stay.person
        url = reverse("stay", args=[stay.pk])
        yield LookedAfter(key_for(OutsideStay, stay.pk), guest, str(guest), url, stay.purpose, str(guest))


@transaction.atomic
def give_sponsorship(person: User, pk: int, to: User, by: User) -> None:
    """Only somebody who works here answers for people from outside."""
    stay = OutsideStay.objects.select_related("person").filter(pk=pk).first()
    if stay is not None:
        services.read_anew(stay)
    if stay is None or stay.sponsor_id != person.pk or stay.ended is not None:
        raise CannotGive(_("Somebody else has this by now."))
    if not to.is_insider or to.pk == stay.person_id:
        raise CannotGive(_("Only somebody who works here can answer for people from outside."))
    services.extend(stay, stay.review_on, by, sponsor=to)


ANSWERED_FOR = Handover(
    label=gettext_lazy("People from outside for whom they answer"),
    rest=gettext_lazy("The hub team answers until it names somebody else."),
    held=answered_for,
    give=give_sponsorship,
    icon="person",
)
