"""That somebody was thanked, told to them."""

from collections.abc import Collection, Iterable, Mapping

from django.utils.translation import gettext as _, gettext_lazy

from core.audiences import Person
from core.notices import Happened, NoticeKind, NoticeWords, by_key
from search.lookup import now
from thanks.models import Thanks

GIVEN = "thanks.given"


def whoever_is_thanked(event: Happened) -> Iterable[int]:
    return [event.data["receiver"]]


def thanks_told(reader: Person, keys: Collection[str]) -> Mapping[str, Thanks]:
    """Those that the reader was given, each with ``for_what``, the title of the thing as far as they may see it."""
    mine = by_key(Thanks.objects.filter(pk__in=keys, receiver=reader.pk).for_listing())
    things = now({thanks.thing for thanks in mine.values() if thanks.thing}, reader)
    for thanks in mine.values():
        thanks.for_what = things[thanks.thing].title if thanks.thing in things else ""
    return mine


def given(thanks: Thanks, _event: Happened, _reader: Person) -> NoticeWords:
    who = thanks.giver.name if thanks.giver else _("Somebody")
    for_what: str = getattr(thanks, "for_what", "")
    title = _("%(who)s thanks you for “%(title)s”") if for_what else _("%(who)s thanks you")
    return NoticeWords(
        title % {"who": who, "title": for_what},
        thanks.get_absolute_url(),
        text=thanks.words,
        action=_("Read it, and put it on your page if you like"),
        subject=_("%(who)s thanks you") % {"who": who},
    )


KINDS = (
    NoticeKind(
        GIVEN,
        gettext_lazy("Somebody thanks you"),
        words=given,
        subjects=thanks_told,
        recipients=whoever_is_thanked,
    ),
)
