"""My communities on the editor's desk: each with what there is to do, as far as I may."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.choices import Capability
from communities.models import CommunityPage
from communities.writing.writable_communities import anywhere, where
from core.audiences import Viewer
from core.desk.rows import PANELS, DeskLink, Panel
from core.registry import Registry
from core.text import Words
from search.unanswered import SUBJECTS

SHOWN = 6
SUBJECTS_SHOWN = 200

Addresses = Callable[[Sequence[CommunityPage]], Mapping[int, str]]


@dataclass(frozen=True, slots=True)
class DeskAction:
    """Something to do for a community with one of ``takes``. ``addresses`` says where, for several at once."""

    words: Words
    takes: Collection[Capability]
    addresses: Addresses


Notes = Callable[[HttpRequest, Sequence[CommunityPage]], Mapping[int, DeskLink]]

DEEDS: Registry[DeskAction] = Registry("what to do for a community, on the desk", taken_by="communities")
NOTES: Registry[Notes] = Registry("what is due in a community, on the desk", taken_by="communities")
"""Each gives, by the key of a community, what waits there, in one query for all."""


def pages_edited(communities: Sequence[CommunityPage]) -> dict[int, str]:
    return {each.pk: reverse("communities:edit", args=[each.slug]) for each in communities}


def communities_of(person: Viewer) -> Any:
    """Those for which ``person`` writes something."""
    return CommunityPage.objects.live().filter(pk__in=anywhere(person)).order_by("title", "pk")


def mine(request: HttpRequest) -> dict[str, Any]:
    """As many queries for one community as for three hundred."""
    shown = list(communities_of(request.user)[: SHOWN + 1])
    more, shown = len(shown) > SHOWN, shown[:SHOWN]
    notes = [note(request, shown) for note in NOTES] if shown else []
    deeds = [(deed, _where(request.user, deed), deed.addresses(shown)) for deed in DEEDS] if shown else []
    return {
        "communities": [
            {
                "community": each,
                "deeds": [DeskLink(deed.words, to[each.pk]) for deed, keys, to in deeds if each.pk in keys & to.keys()],
                "notes": [note[each.pk] for note in notes if each.pk in note],
            }
            for each in shown
        ],
        "all": [DeskLink(_("All your communities"), f"{_index()}?mine=1")] if more else [],
    }


def _where(person: Viewer, deed: DeskAction) -> frozenset[int]:
    return frozenset().union(*(where(person)[one] for one in deed.takes))


def _index() -> str:
    return "/communities/"


def what_they_are_about(person: Viewer) -> list[str]:
    """The names and the topics of one's communities."""
    rows = communities_of(person).values_list("pk", "title", "topic_links__tag__name")[:SUBJECTS_SHOWN]
    return list({text: None for _pk, *texts in rows for text in texts if text})


def lay_out() -> None:
    """Put them on the desk."""
    DEEDS.add("its page", DeskAction(_("Edit its page"), [Capability.EDIT_PAGE], pages_edited), order=90)
    SUBJECTS.add("communities", what_they_are_about)
    PANELS.add(
        "communities",
        Panel(
            "communities",
            _("Your communities"),
            mine,
            "communities/desk.html",
            empty=_("You write for no community yet. Whoever looks after one can name you in a role."),
            next_step=lambda _request: DeskLink(_("See the communities"), _index()),
        ),
        order=20,
    )
