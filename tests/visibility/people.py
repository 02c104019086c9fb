"""Who gets what at the addresses of ``people``."""

from django.utils import timezone

from people.models import Absence
from tests.visibility.rows import ANYBODY, NOT_EVEN_MEMBERS, WHO_SIGNED_IN, Row, by_audience, by_hub_team, same
from tests.visibility.world import Shelf


def _absence(deed: str, method: str = "post") -> Row:
    """What only whoever is away, or their stand-in, does with an absence."""

    def address(shelf: Shelf) -> str:
        absence, _made = Absence.objects.get_or_create(person=shelf.person, first=timezone.localdate())
        return f"/people/me/away/{absence.pk}/{deed}"

    return Row(address, NOT_EVEN_MEMBERS, NOT_EVEN_MEMBERS, NOT_EVEN_MEMBERS, method)


ADDRESSES: dict[str, Row] = {
    "people/": same("/people/", ANYBODY),
    "people/me/": same("/people/me/", WHO_SIGNED_IN),
    "people/me/job-description/": same("/people/me/job-description/", WHO_SIGNED_IN),
    "people/me/job-description/print/": same("/people/me/job-description/print/", WHO_SIGNED_IN),
    "people/me/job-description/job-description.pdf": same(
        "/people/me/job-description/job-description.pdf", WHO_SIGNED_IN
    ),
    "job-descriptions/": by_hub_team(lambda _shelf: "/job-descriptions/"),
    "people/me/away/": same("/people/me/away/", WHO_SIGNED_IN),
    "people/me/away/<int:pk>/": _absence("", "get"),
    **{
        f"people/me/away/<int:pk>/{deed}/": _absence(f"{deed}/")
        for deed in ("withdraw", "bring-back", "back", "decline")
    },
    "people/me/calendar/": same("/people/me/calendar/", "sign-in 302 302 302 302 302", "post"),
    "people/who-knows/": same("/people/who-knows/?q=lantern", ANYBODY),
    "people/<slug:slug>/": by_audience(lambda shelf: shelf.person.get_absolute_url()),
    "topics/<any_slug:slug>/": by_audience(lambda shelf: f"/topics/{shelf.person.skills.get().slug}/"),
}
