"""Names in posts as the reader may see them now: a link with the present name, or the name as it was written."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from django.utils.translation import gettext as _

from communities.models import CommunityPage, Role
from conversations.mentions.marking import keys_in, with_each
from core.audiences import Viewer
from core.current_reader import reader
from people.models import User

KNOWN = "_mentioned"
"""Where what was looked up for a reader stands, for as long as a request lasts."""


@dataclass(frozen=True, slots=True)
class ShownName:
    """What stands for a key: ``name`` is empty where the one that was written stays, ``url`` where it is no link."""

    name: str = ""
    url: str = ""


def look_ahead(texts: Iterable[str]) -> None:
    """Look up what the posts of a page name, all at once: one query for each kind that there is."""
    _known(reader(), {key for html in texts for key in keys_in(html)})


def with_names(html: str) -> str:
    """A post's words as the reader sees them."""
    if not (keys := keys_in(html)):
        return html
    known = _known(reader(), keys)
    return with_each(html, lambda key, name: _shown(known[key], name))


def _shown(shown: ShownName, name: str) -> str:
    words = escape(f"@{shown.name or name}")
    return f'<a href="{escape(shown.url)}">{words}</a>' if shown.url else words


def _known(viewer: Viewer, keys: set[str]) -> dict[str, ShownName]:
    known: dict[str, ShownName] = viewer.__dict__.setdefault(KNOWN, {})
    if unknown := keys - known.keys():
        known.update(dict.fromkeys(unknown, ShownName()))
        known.update(_people(viewer, unknown))
        known.update(_places(viewer, unknown))
    return known


def _people(viewer: Viewer, keys: set[str]) -> dict[str, ShownName]:
    asked = {int(key.split(":")[1]): key for key in keys if key.startswith("person:")}
    if not asked:
        return {}
    rows = User.objects.filter(pk__in=asked).mark_visible_to(viewer)
    gone = ShownName(_("somebody whose account is gone"))
    shown = {
        asked[row.pk]: ShownName(row.name, row.get_absolute_url()) if row.is_visible else ShownName() for row in rows
    }
    return {**dict.fromkeys(asked.values(), gone), **shown}


def _places(viewer: Viewer, keys: set[str]) -> dict[str, ShownName]:
    """Communities, and roles in them. A role is called as it is now where its community may be seen."""
    asked = {key: [int(part) for part in key.split(":")[1:]] for key in keys if not key.startswith("person:")}
    if not asked:
        return {}
    found = {page.pk: page for page in CommunityPage.objects.shown_to(viewer).filter(pk__in=_last(asked.values()))}
    roles = Role.objects.in_bulk([parts[0] for parts in asked.values() if len(parts) > 1])
    shown = {}
    for key, parts in asked.items():
        if (community := found.get(parts[-1])) is not None:
            role = roles.get(parts[0])
            name = (role.name if role else "") if len(parts) > 1 else community.title
            shown[key] = ShownName(name, community.url)
    return shown


def _last(keys: Iterable[list[int]]) -> list[int]:
    return [parts[-1] for parts in keys]
