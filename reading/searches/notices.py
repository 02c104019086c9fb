"""That there is something new in a saved search, told to whoever keeps it until they have looked."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _, gettext_lazy, ngettext

from core.audiences import Person
from core.notices import Happened, Importance, NoticeKind, NoticeLink, NoticeWords
from reading.models import SavedSearch
from reading.searches import listings
from search import lookup
from search.lookup import Thing

NEWS = "reading.news"  # its subject is a saved search; keys: of what is new
SHOWN = 8  # of what is new in one search; the search itself shows the rest


@dataclass(frozen=True, slots=True)
class StillNew:
    """What was told of a search, is not seen yet and may be seen by its owner now."""

    title: str
    url: str
    things: Sequence[Thing]


def still_new(reader: Person, keys: Collection[str]) -> Mapping[str, StillNew]:
    """The searches of ``reader`` that hold news."""
    kept = SavedSearch.objects.filter(owner=reader.pk, alerts=True, removed=None, pk__in=keys)
    mine = [one for one in kept if one.news]
    things = lookup.now((key for one in mine for key in one.news), reader)
    named = listings.community_titles([one.query for one in mine], reader)
    return {
        str(one.pk): StillNew(
            listings.title(one.query, named),
            listings.address(one.query),
            [things[key] for key in one.news if key in things],
        )
        for one in mine
    }


def new(found: StillNew, event: Happened, _reader: Person) -> NoticeWords | None:
    told = set(event.data["keys"])
    things = [thing for thing in found.things if thing.key in told]
    if not things:
        return None
    count = len(things)
    title = ngettext("%(n)s new thing in “%(search)s”", "%(n)s new things in “%(search)s”", count)
    subject = ngettext("%(n)s new thing in your searches", "%(n)s new things in your searches", count)
    more = count - SHOWN
    return NoticeWords(
        title % {"n": count, "search": found.title},
        found.url,
        ngettext("and %(n)s more", "and %(n)s more", more) % {"n": more} if more > 0 else "",
        _("All that it finds"),
        about=_("Your saved searches"),
        links=tuple(NoticeLink(thing.title, thing.url) for thing in things[:SHOWN]),
        subject=subject % {"n": count},
    )


def whose(event: Happened) -> Sequence[int]:
    return list(SavedSearch.objects.filter(pk=event.subject_pk).values_list("owner_id", flat=True))


KIND = NoticeKind(
    NEWS,
    gettext_lazy("Something new in a saved search"),
    words=new,
    subjects=still_new,
    recipients=whose,
    importance=Importance.WANTED,
)
