"""What lists of stays show."""

from typing import Any

from django.http import HttpRequest

from accounts.stays.models import OutsideStay, scope_of
from core import fragments
from core.audiences import Viewer
from core.editors import is_hub_team
from core.pagination import page_of
from core.parameters import parameter
from people.away import stands_in_for

DUE, WITHOUT = "due", "nobody"


def stays_context(request: HttpRequest) -> dict[str, Any]:
    """Everybody from outside whom the viewer sees to, the one that is due first."""
    seen = OutsideStay.objects.seen_to_by(request.user).going_on()
    chosen, counts = parameter(request, "state"), {DUE: seen.due().count(), WITHOUT: seen.without_sponsor().count()}
    found = {DUE: seen.due, WITHOUT: seen.without_sponsor}.get(chosen, seen.all)()
    page = page_of(request, found.select_related("person", "sponsor").order_by("review_on", "pk"))
    return {
        "stays": page,
        "state": chosen if chosen in counts else "",
        "counts": counts,
        "is_shown": is_hub_team(request.user) or seen.exists(),
        "is_hub_team": is_hub_team(request.user),
    }


def stays_to_review(request: HttpRequest | None, person: Viewer) -> Any:
    """What waits for ``person``: a sponsor's own, and for the hub team what nobody else sees to.

    Whoever never answered for anybody is known by the versions that the page has read anyway: no query for them.
    """
    answering = {person.pk, *stands_in_for(person.pk)}
    if request and not is_hub_team(person) and not any(fragments.current(request)[scope_of(pk)] for pk in answering):
        return OutsideStay.objects.none()
    return OutsideStay.objects.asked_of(person).select_related("person")
