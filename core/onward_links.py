"""Links that rooms above put on a page of a room below: where a reader goes from there.

An empty list or an answer without results leads on to what other rooms have, but may not know them. They add their
links in their ``contributions.py``, and a template asks for those of its place: ``{% links_onward "nothing found" %}``.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from core.registry import Registry


@dataclass(frozen=True, slots=True)
class OnwardLink:
    """One link. ``place`` says on which page it stands."""

    place: str
    text: str | Promise
    address: Callable[[], str]

    @property
    def url(self) -> str:
        return self.address()


ONWARD: Registry[OnwardLink] = Registry("links onward", taken_by="core")


def add_onward(link: OnwardLink, name: str, *, order: int = 0) -> None:
    """Put a link on the pages of its place, lower ``order`` first."""
    ONWARD.add(f"{link.place}: {name}", link, order=order)


def onward_from(place: str) -> list[OnwardLink]:
    """The links of one place, in order."""
    return [link for link in ONWARD if link.place == place]
