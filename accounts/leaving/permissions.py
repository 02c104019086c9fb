"""Who sees to somebody's hand-over."""

from django.db.models import Q

from accounts.leaving.choices import SwitchedBy
from accounts.leaving.models import Departure
from core.audiences import Viewer
from core.editors import is_hub_team
from people.models import User


def is_sponsor_of(viewer: Viewer, person: User) -> bool:
    """Whether ``viewer`` answers for ``person``, who is from outside. Nobody answers any more for whoever works here by
    now, whatever was agreed before.
    """
    stay = None if person.is_insider else getattr(person, "stay", None)
    return bool(stay and stay.sponsor_id == viewer.pk and getattr(viewer, "is_insider", False))


def may_hand_over(viewer: Viewer, person: User) -> bool:
    """The hub team always, their sponsor, and whoever leaves on a day that is set."""
    if not (viewer.is_authenticated and viewer.is_active):
        return False
    is_leaving = viewer.pk == person.pk and person.leaves_on is not None
    return is_leaving or is_hub_team(viewer) or is_sponsor_of(viewer, person)


def may_bring_back(viewer: Viewer, person: User) -> bool:
    """Whoever switched an account off, or set the day, switches it on again; the hub team whatever others did. A
    sponsor undoes nothing that the hub team or a directory said.
    """
    if is_hub_team(viewer):
        return True
    own = Q(by=viewer.pk) | Q(way=SwitchedBy.DATE)
    return may_decide(viewer, person) and Departure.objects.filter(own, person=person, returned=None).exists()


def may_decide(viewer: Viewer, person: User) -> bool:
    """Who says when somebody leaves, and that they come back: nobody for themselves."""
    return viewer.pk != person.pk and (is_hub_team(viewer) or is_sponsor_of(viewer, person))
