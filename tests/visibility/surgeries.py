"""Who gets what at the addresses of ``surgeries``."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from surgeries.models import LeftOut
from tests.visibility.rows import ANYBODY, WHO_SIGNED_IN, WRITERS, Row, by_audience, posted, same
from tests.visibility.world import Shelf


def _date_deed(deed: str) -> Callable[[Shelf], str]:
    return lambda shelf: f"{shelf.session.url}{deed}/"


def _left_out(shelf: Shelf) -> LeftOut:
    """A day on which the surgery is not held."""
    day = timezone.localdate() + timedelta(days=7)
    return LeftOut.objects.get_or_create(pattern=shelf.surgery.patterns.get(), date=day)[0]


ADDRESSES: dict[str, Row] = {
    "surgeries/sessions/<int:pk>/": by_audience(lambda shelf: shelf.session.url),
    "surgeries/sessions/<int:pk>/session.ics": by_audience(lambda shelf: shelf.session.ics_url),
    "surgeries/sessions/<int:pk>/change/": Row(lambda shelf: f"{shelf.session.url}change/", *WRITERS),
    **{
        f"surgeries/sessions/<int:pk>/{deed}/": Row(_date_deed(deed), *posted(status), "post")
        for deed, status in (("cancel", "422"), ("restore", "302"))
    },
    "surgeries/<int:pk>/dates/": Row(lambda shelf: f"/surgeries/{shelf.surgery.pk}/dates/", *WRITERS),
    "surgeries/<int:pk>/dates/add/": Row(lambda shelf: f"/surgeries/{shelf.surgery.pk}/dates/add/", *WRITERS),
    "surgeries/<int:pk>/dates/pattern/": Row(lambda shelf: f"/surgeries/{shelf.surgery.pk}/dates/pattern/", *WRITERS),
    "surgeries/<int:pk>/dates/pattern/<int:number>/": Row(
        lambda shelf: f"/surgeries/{shelf.surgery.pk}/dates/pattern/{shelf.surgery.patterns.get().pk}/", *WRITERS
    ),
    "surgeries/<int:pk>/dates/left-out/<int:number>/": Row(
        lambda shelf: f"/surgeries/{shelf.surgery.pk}/dates/left-out/{_left_out(shelf).pk}/", *posted("302"), "post"
    ),
    "surgeries/writing/": same("/surgeries/writing/", WHO_SIGNED_IN),
    "surgeries/writing/new/<any_slug:slug>/": Row(
        lambda shelf: f"/surgeries/writing/new/{shelf.community.slug}/", *WRITERS
    ),
    "surgeries/writing/<int:pk>/": Row(lambda shelf: f"/surgeries/writing/{shelf.surgery.pk}/", *WRITERS),
    "surgeries/writing/<int:pk>/preview/": Row(
        lambda shelf: f"/surgeries/writing/{shelf.surgery.pk}/preview/", *WRITERS
    ),
    "surgeries/writing/<int:pk>/take-back/": Row(
        lambda shelf: f"/surgeries/writing/{shelf.surgery.pk}/take-back/", *posted("302"), "post"
    ),
    "surgeries/writing/<int:pk>/discard/": Row(
        lambda shelf: f"/surgeries/writing/{shelf.surgery.pk}/discard/", *posted("302"), "post"
    ),
    "surgeries/writing/<int:pk>/back/": Row(
        lambda shelf: f"/surgeries/writing/{shelf.surgery.pk}/back/", *posted("302"), "post"
    ),
    "surgeries/calendar.ics": same("/surgeries/calendar.ics", ANYBODY),
    "surgeries/calendar/<str:key>.ics": Row(
        lambda shelf: f"/surgeries/calendar/{shelf.person.calendar_key}.ics", ANYBODY, ANYBODY, ANYBODY
    ),
}

PAGES: dict[str, Row] = {
    "surgeries.SurgeryIndexPage": same("/surgeries/", ANYBODY),
    "surgeries.SurgeryPage": by_audience(lambda shelf: shelf.surgery.url),
}
