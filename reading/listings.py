"""What pages show of somebody's reading, to nobody but themselves."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Exists, Model, Value
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from core.pagination import page_of
from indexing.documents import key_of
from reading import retention, services
from reading.interests import words_of
from reading.lookup import Thing, seen_by
from reading.models import Dismissed, OfOnePerson, Opened, Reader, Saved

SHOWN = 4
OF_A_KIND = 2
OF_A_REASON = 2


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A line of a list: the thing, and what is kept of it."""

    thing: Thing
    kept: OfOnePerson


@dataclass(frozen=True, slots=True)
class Recommended:
    """A thing for somebody, with the reason in a sentence."""

    thing: Thing
    reason: str

    @property
    def dismiss_url(self) -> str:
        """Where "Not interested" is sent."""
        return reverse("reading:dismiss", args=[self.thing.key])


@dataclass(frozen=True, slots=True)
class SaveButton:
    """What the button on a thing's page says; ``tells`` where opening the page is noted."""

    key: str
    saved: bool
    tells: bool

    @property
    def url(self) -> str:
        """Where the button is sent."""
        return reverse("reading:unsave" if self.saved else "reading:save", args=[self.key])

    @property
    def opened_url(self) -> str:
        """Where the page says that it was opened; empty where that is not noted."""
        return reverse("reading:opened", args=[self.key]) if self.tells else ""


def save_button(request: HttpRequest, thing: Model) -> SaveButton | None:
    """For whoever is signed in, in one query. A draft that was never saved has nothing to put aside."""
    if not request.user.is_authenticated or thing.pk is None or getattr(request, "is_preview", False):
        return None
    key = key_of(thing)
    is_saved = Exists(Saved.objects.filter(person=request.user.pk, key=Value(key)))
    reader = Reader.objects.filter(pk=request.user.pk).annotate(is_saved=is_saved).first()
    return SaveButton(key, bool(reader and reader.is_saved), retention.is_kept(reader))


# -- lists -------------------------------------------------------------------------------------------------------------
def saved_context(request: HttpRequest) -> dict[str, Any]:
    """What somebody put aside and may still see."""
    page = page_of(request, Saved.objects.filter(person=request.user.pk))
    page.object_list = list(page.object_list)
    rows = rows_of(page.object_list, seen_by(request.user, keys_of(page.object_list)))
    return {
        "page_of_rows": page,
        "rows": rows,
        "gone": len(page.object_list) - len(rows),
        "removed": _undone(request, "removed", Saved, is_kept=False),
    }


def history_context(request: HttpRequest) -> dict[str, Any]:
    """All that is kept of what somebody read, and what they do not want to be shown."""
    page = page_of(request, retention.still_kept(Opened.objects.filter(person=request.user.pk)))
    page.object_list = list(page.object_list)
    unwanted = list(Dismissed.objects.filter(person=request.user.pk))
    things = seen_by(request.user, keys_of([*page.object_list, *unwanted]))
    rows = rows_of(page.object_list, things)
    return {
        "page_of_rows": page,
        "rows": rows,
        "gone": len(page.object_list) - len(rows),
        "unwanted": rows_of(unwanted, things),
        "is_unwanted": bool(unwanted),
        "may_be_kept": retention.may_be_kept(),
        "is_kept": retention.is_kept(Reader.objects.filter(pk=request.user.pk).first()),
        "most": Opened.MOST,
        "days": retention.KEPT.days,
    }


def keys_of(kept: Iterable[OfOnePerson]) -> list[str]:
    return [one.key for one in kept]


def rows_of(kept: Iterable[OfOnePerson], things: Mapping[str, Thing]) -> list[KeptRow]:
    """Lines for those whose things may still be seen."""
    return [KeptRow(things[one.key], one) for one in kept if one.key in things]


def _undone(request: HttpRequest, parameter: str, kind: type[Saved | Dismissed], *, is_kept: bool) -> Thing | None:
    """The thing that a deed was just done with, so that it can be undone; nothing where it was not done after all."""
    key = request.GET.get(parameter, "")
    thing = seen_by(request.user, [key]).get(key) if key else None
    return thing if thing and kind.objects.filter(person=request.user.pk, key=key).exists() is is_kept else None


# -- for you -----------------------------------------------------------------------------------------------------------
class ForYou:
    """What the front page puts before one person. It is looked up where a template uses it and nobody kept it."""

    def __init__(self, request: HttpRequest, reader: Reader, beside: Iterable[Model]) -> None:
        self.request = request
        self.reader = reader
        self.beside = beside
        self.today = timezone.localdate()
        self.dismissed = _undone(request, "dismissed", Dismissed, is_kept=True)

    @property
    def stamp(self) -> str:
        """What the part of the page is kept under, beside the reader's rights: it changes with every deed and day."""
        return f"{self.reader.stamp}.{self.today}"

    @cached_property
    def things(self) -> list[Recommended]:
        """At most four, of different kinds and for different reasons."""
        kinds: Counter[str] = Counter()
        reasons: Counter[str] = Counter()
        chosen: list[Recommended] = []
        for shown, of in self._possible():
            if kinds[shown.thing.kind] < OF_A_KIND and reasons[of] < OF_A_REASON and len(chosen) < SHOWN:
                kinds[shown.thing.kind] += 1
                reasons[of] += 1
                chosen.append(shown)
        services.note_shown(self.reader, [shown.thing.key for shown in chosen])
        return chosen

    def _possible(self) -> Iterator[tuple[Recommended, str]]:
        """What was found, as far as the person may still see both it and the reason, has not had it since, and does not
        see it on the same page anyway.
        """
        picks = [pick for pick in self.reader.picks if not pick["until"] or pick["until"] >= self.today.isoformat()]
        had = had_of(self.reader, [pick["key"] for pick in picks]) if picks else set()
        had.update(key_of(thing) for thing in (self.beside if picks else ()))
        picks = [pick for pick in picks if pick["key"] not in had]
        things = seen_by(self.request.user, {key for pick in picks for key in (pick["key"], pick["of"])})
        for pick in picks:
            if pick["key"] in things and pick["of"] in things:
                reason = words_of(pick["why"], things[pick["of"]].title)
                yield Recommended(things[pick["key"]], reason), pick["of"]


def for_you(request: HttpRequest, beside: Iterable[Model] = ()) -> ForYou | None:
    """What there is for whoever is signed in, without what the page shows ``beside`` it.

    Where nobody looked today, somebody is sent to look.
    """
    if not request.user.is_authenticated:
        return None
    today, rights = timezone.localdate(), retention.rights_of(request.user)
    reader = Reader.objects.filter(pk=request.user.pk).first() or Reader(person_id=request.user.pk)
    is_found = not reader.changed and (reader.day, reader.rights) == (today, rights)
    if not is_found and not services.is_asked_for(reader) and services.ask_for_picks(request.user, today):
        reader = Reader.objects.get(pk=request.user.pk)
    if reader.rights != rights or (reader.day and reader.day < today - timedelta(days=1)):
        reader.picks = []  # yesterday's, or nothing; and nothing because of what somebody has left
    return ForYou(request, reader, beside)


def had_of(reader: Reader, keys: list[str]) -> set[str]:
    """Those of ``keys`` that the person read, saved or dismissed."""
    read, saved, dismissed = (
        model.objects.filter(person=reader.pk, key__in=keys).order_by().values_list("key", flat=True)
        for model in (Opened, Saved, Dismissed)
    )
    return set(read.union(saved, dismissed))
