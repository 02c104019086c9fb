"""What pages show of thanks."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from core.audiences import Viewer
from core.pagination import page_of
from core.parameters import parameter
from people.models import User
from search.lookup import Thing, now
from thanks.models import Thanks

ON_A_PAGE = 8
LOOKED_AT = 40  # of which some may be for things that the reader cannot see
GIVEN = "given"


@dataclass(frozen=True, slots=True)
class ShownThanks:
    """Thanks, with the thing they are for as the reader may see it."""

    thanks: Thanks
    thing: Thing | None


def readable_by(viewer: Viewer, rows: Iterable[Thanks], *, is_theirs: bool) -> list[ShownThanks]:
    """``rows`` with their things. Thanks for what the reader may not see are left out, unless they are their own."""
    rows = list(rows)
    things = now({row.thing for row in rows if row.thing}, viewer)
    return [
        ShownThanks(row, things.get(row.thing)) for row in rows if is_theirs or not row.thing or row.thing in things
    ]


def thanks_of_person(request: HttpRequest, person: User) -> dict[str, Any] | None:
    """On a person's page: what they were thanked for and chose to show, and the way to thank them, for readers who are
    signed in.
    """
    if not request.user.is_authenticated:
        return None
    rows = Thanks.objects.filter(receiver=person).on_show().for_listing()[:LOOKED_AT]
    shown = readable_by(request.user, rows, is_theirs=False)[:ON_A_PAGE]
    return {"thanks": shown, "person": person, "is_me": request.user.pk == person.pk}


def mine_context(request: HttpRequest, person: User) -> dict[str, Any]:
    """What I was thanked for, and whom I thanked."""
    is_given = parameter(request, "which") == GIVEN
    rows = Thanks.objects.filter(giver=person) if is_given else Thanks.objects.filter(receiver=person)
    page = page_of(request, rows.for_listing())
    page.object_list = readable_by(person, page.object_list, is_theirs=True)
    return {"page_of_thanks": page, "is_given": is_given, "given": GIVEN}
