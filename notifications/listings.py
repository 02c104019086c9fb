"""What the inbox shows, and the number beside one's face."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from communities.models import CommunityPage
from core.audiences import community_pks, viewer_tokens
from core.fragments import NEWS, Dependencies, keep, key_of
from core.notices import NOTICE_KINDS, Importance, NoticeKind, Timing
from core.pagination import page_of
from notifications.choices import NoticeLevel
from notifications.models import Happening, Mark, Preferences
from notifications.wording import WordedNotice, put_in_words
from people.models import User

MATTERS = 20  # on a page
OF_A_MATTER = 4  # the newest that stand there
LOOKED_AT = 1000  # events, the newest of somebody: the inbox ends with them
COUNTED = 100  # matters; more are "99+"
KEPT = 600  # seconds: what is settled by the clock alone is settled here, too


class Event(NamedTuple):
    """Where an event stands, before anything is read of it."""

    pk: int
    matter: str
    is_read: bool


@dataclass
class Matter:
    """Everything about one matter that the reader may be told, the newest first."""

    key: str
    told: list[WordedNotice] = field(default_factory=list)
    earlier: int = 0  # events that are not shown

    def add(self, told: WordedNotice) -> None:
        """What says the same as something newer says nothing more."""
        if all(one.words != told.words for one in self.told):
            self.told.append(told)

    @property
    def title(self) -> Any:
        return self.told[0].words.about

    @property
    def is_new(self) -> bool:
        return any(not one.happening.is_read for one in self.told)

    @property
    def newest(self) -> WordedNotice:
        return self.told[0]


def inbox_context(request: HttpRequest, person: User) -> dict[str, Any]:
    """One page of the inbox, in a fixed number of queries."""
    shows_new = request.GET.get("show") == "new"
    events = _newest(person, only_new=shows_new)
    page = page_of(request, _by_matter(events), MATTERS)
    return {
        "matters": _matters(person, list(page)),
        "page_of_matters": page,
        "shows_new": shows_new,
        "up_to": events[0].pk if events else 0,  # what comes while this is read stays new
        "new": number_for(request, person),
        "tabs_label": _("Which"),
        "tabs": [
            {"title": _("All"), "url": reverse("notifications:inbox"), "current": not shows_new, "count": None},
            {"title": _("New"), "url": "?show=new", "current": shows_new, "count": None},
        ],
    }


def _newest(person: User, *, only_new: bool) -> list[Event]:
    """Where the newest events stand that concern somebody, or the newest that are new to them. So a page costs the same
    however much has happened: it looks at so many rows of four columns, and reads those that it shows.
    """
    marked = Happening.objects.concerning(person).mark_read_by(person)
    wanted = marked.filter(is_read=False) if only_new else marked
    rows = wanted.order_by("-pk").values_list("pk", "matter", "is_read")
    return [Event(*row) for row in rows[:LOOKED_AT]]


def _by_matter(events: Iterable[Event]) -> list[list[Event]]:
    """The events of each matter, what is new first. The matter of the newest event comes first."""
    found: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        found[event.matter].append(event)
    return [sorted(some, key=lambda event: event.is_read) for some in found.values()]


def _matters(person: User, found: Sequence[Sequence[Event]]) -> list[Matter]:
    """What may be told of these matters, in their order. One of which nothing may be told is left out. How many are
    earlier is said only where all that were looked at may be told: of the others nobody looks whether they may.
    """
    shown = {event.pk: event for events in found for event in events[:OF_A_MATTER]}
    rows = list(Happening.objects.filter(pk__in=shown).select_related("actor").order_by("-pk")) if shown else []
    for row in rows:
        row.is_read = shown[row.pk].is_read
    words = put_in_words(person, rows)
    is_told = {told.happening.pk for told in words}
    matters = {
        events[0].matter: Matter(
            events[0].matter,
            earlier=len(events[OF_A_MATTER:]) if all(event.pk in is_told for event in events[:OF_A_MATTER]) else 0,
        )
        for events in found
    }
    for told in words:
        matters[told.happening.matter].add(told)
    return [matter for matter in matters.values() if matter.told]


# -- the number --------------------------------------------------------------------------------------------------------
def number_for(request: HttpRequest, person: User) -> int:
    """How many matters hold something new for somebody, as they may be told it now. It is kept until that changes."""
    key = key_of(request, "new notices", (), Dependencies(reader=NEWS))
    return keep(request, key, KEPT, lambda: _how_many_new(person))


def _how_many_new(person: User) -> int:
    """As the inbox would show them. The newest event of a matter says it mostly; the others are read where it may not
    be told. Where nothing is new, one query says so.
    """
    found = _by_matter(_newest(person, only_new=True))[:COUNTED]
    told = {matter.key for matter in _matters(person, [events[:1] for events in found])}
    others = [events[1:OF_A_MATTER] for events in found if events[0].matter not in told and events[1:]]
    return len(told) + len(_matters(person, others))


def beside_my_face(request: HttpRequest) -> dict[str, Any] | None:
    """What the head of every page shows to somebody who is signed in."""
    if not request.user.is_authenticated:
        return None
    new = number_for(request, request.user)
    urls = {"url": reverse("notifications:inbox"), "poll": reverse("notifications:number")}
    return {**urls, "new": new, "shown": shown(new), "said": said(new)}


# -- how much one hears ------------------------------------------------------------------------------------------------
def levels_of(person: User) -> list[dict[str, Any]]:
    """The communities of somebody, each with how much of it they hear."""
    marks = dict(Mark.objects.filter(person=person).values_list("community_id", "level"))
    mine = CommunityPage.objects.live().filter(pk__in=community_pks(viewer_tokens(person))).order_by("title", "pk")
    return [{"community": one, "level": NoticeLevel(marks.get(one.pk, NoticeLevel.MATTERS))} for one in mine]


def level_beside(request: HttpRequest, community: CommunityPage) -> dict[str, Any] | None:
    """How much a member hears of this community, on its page."""
    if community.pk not in community_pks(viewer_tokens(request.user)):
        return None
    mark = Mark.objects.filter(person=request.user.pk, community=community).first()
    return {"community": community, "level": mark.level if mark else NoticeLevel.MATTERS, "levels": NoticeLevel.choices}


def says(level: NoticeLevel) -> str:
    """What is said once somebody has chosen. ``%(community)s`` stands for its title."""
    return {
        NoticeLevel.EVERYTHING: _("You hear of everything that happens in %(community)s."),
        NoticeLevel.MATTERS: _("You hear of what matters in %(community)s."),
        NoticeLevel.NOTHING: _("You hear nothing of %(community)s. What is addressed to you still reaches you."),
    }[level]


def shown(new: int) -> str:
    """The number as it stands there: it has room for two figures."""
    return str(new) if new < COUNTED else f"{COUNTED - 1}+"


def said(new: int) -> str:
    """The number beside one's face, in words."""
    return ngettext("%(n)s new", "%(n)s new", new) % {"n": new} if new else _("nothing new")


def settings_context(person: User) -> dict[str, Any]:
    """The page of settings beside its form: communities with their levels, and what there is to hear of."""
    kinds = [kind for kind in NOTICE_KINDS if not kind.is_security]
    return {
        "communities": levels_of(person),
        "levels": NoticeLevel.choices,
        "kinds": [(one.label, _labels(kinds, one)) for one in Importance],
        "security": [kind.label for kind in NOTICE_KINDS if kind.is_security],
    }


def _labels(kinds: Iterable[NoticeKind], importance: Importance) -> list[str]:
    """One line for each, and one for those that are called alike."""
    return list(dict.fromkeys(str(kind.label) for kind in kinds if kind.importance == importance))


def language_chosen_by(person: User) -> str:
    """The language of e-mails to ``person``; empty where they chose none."""
    return Preferences.objects.filter(person=person).values_list("language", flat=True).first() or ""


def gets_mail(person: int) -> bool:
    """Whether somebody hears by e-mail of what is addressed to them; who chose nothing does."""
    return not Preferences.objects.filter(person=person, addressed=Timing.NEVER).exists()
