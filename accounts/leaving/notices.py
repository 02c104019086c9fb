"""Word of who leaves and comes back, and of what was handed over."""

from collections.abc import Collection, Iterable, Mapping

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.leaving.listings import holds_anything
from accounts.leaving.models import Departure, HandedOver
from accounts.leaving.permissions import may_decide
from core.audiences import Person
from core.editors import is_hub_team
from core.notices import Happened, NoticeWords, by_key
from core.outbox import emit
from core.versions import changed_for
from people.models import User

PLANNED = "accounts.leaving_planned"
LEFT = "accounts.left"
BACK = "accounts.came_back"
GIVEN = "accounts.handed_over"


def tell_planned(person: User, by: User | None) -> None:
    """Their last day is set, or another one."""
    emit(PLANNED, person, actor=by)


def tell_left(departures: Iterable[Departure], by: User | None) -> None:
    """Somebody is gone, and what they held waits for somebody."""
    emit(LEFT, departures, actor=by)


def tell_back(people: Iterable[User], by: User | None) -> None:
    emit(BACK, people, actor=by)


def tell_given(things: Iterable[HandedOver], by: User | None) -> None:
    """What somebody looked after is theirs now."""
    for thing in things:
        emit(GIVEN, thing, actor=by, data={"of": thing.of_id})


def settled(people: Iterable[User]) -> None:
    """Their departures wait for nobody any more."""
    stays = [getattr(person, "stay", None) for person in people]
    changed_for([*hub_team(), *(stay.sponsor_id for stay in stays if stay)])


# -- whom it concerns --------------------------------------------------------------------------------------------------
def hub_team() -> list[int]:
    return list(User.objects.here().filter(is_superuser=True).order_by("pk").values_list("pk", flat=True))


def themselves(event: Happened) -> list[int]:
    return [int(event.subject_pk)]


def who_sees_to_it(event: Happened) -> list[int]:
    """The hub team and the sponsor, where something was held."""
    departure = Departure.objects.select_related("person").filter(pk=event.subject_pk, returned=None).first()
    if departure is None or not holds_anything(departure.person):
        return []
    stay = getattr(departure.person, "stay", None)
    return [*hub_team(), *([stay.sponsor_id] if stay and stay.sponsor_id else [])]


def who_has_it_now(event: Happened) -> list[int]:
    thing = HandedOver.objects.filter(pk=event.subject_pk).first()
    if thing is None:
        return []
    return [thing.to_id] if thing.to_id else hub_team()


def matter(event: Happened) -> str:
    """All that one person hands over stands together."""
    return f"handover:{event.data.get('of', event.subject)}"


# -- what they read ----------------------------------------------------------------------------------------------------
def accounts(_reader: Person, keys: Collection[str]) -> Mapping[str, User]:
    return by_key(User.objects.filter(pk__in=keys))


def open_departures(reader: Person, keys: Collection[str]) -> Mapping[str, Departure]:
    """Those that the reader still sees to: of the hub team, or as the sponsor."""
    open_ones = Departure.objects.filter(pk__in=keys, returned=None, settled=None).select_related("person__stay")
    return by_key(one for one in open_ones if may_decide(reader, one.person))


def things(reader: Person, keys: Collection[str]) -> Mapping[str, HandedOver]:
    """What came to the reader, or to the hub team as long as they are of it."""
    mine = Q(to=reader.pk) | Q(to=None) if is_hub_team(reader) else Q(to=reader.pk)
    return by_key(HandedOver.objects.filter(mine, pk__in=keys).select_related("of"))


def planned(person: User, _event: Happened, _reader: Person) -> NoticeWords | None:
    if person.leaves_on is None or not person.is_active:
        return None
    day = date_format(person.leaves_on, "j F Y")
    return NoticeWords(
        _("Your last day here is %(day)s") % {"day": day},
        reverse("handover", args=[person.slug]),
        _("Hand over what you look after while you are here. What you save and read is yours alone."),
        _("Hand over"),
    )


def left(departure: Departure, _event: Happened, _reader: Person) -> NoticeWords:
    words = {"person": departure.person}
    return NoticeWords(
        _("%(person)s has left") % words,
        reverse("handover", args=[departure.person.slug]),
        _("What they looked after waits for somebody."),
        _("See to the hand-over"),
    )


def came_back(person: User, _event: Happened, _reader: Person) -> NoticeWords | None:
    if not person.is_active:
        return None
    return NoticeWords(
        _("You are back"),
        person.get_absolute_url(),
        _("Your memberships go on, where there is a place. What was given to others stays with them."),
        _("See your communities"),
    )


def handed_over(thing: HandedOver, _event: Happened, _reader: Person) -> NoticeWords:
    words = {"person": thing.of}
    title = _("%(person)s has left, and nobody was named for what they looked after") if thing.fell else ""
    return NoticeWords(
        (title or _("%(person)s handed something over to you")) % words,
        reverse("received"),
        action=_("See what was handed over to you"),
        about=_("What %(person)s handed over") % words,
    )
