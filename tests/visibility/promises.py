"""What every answer of the hub keeps to, whoever asks and whatever stands at the address.

``tests/test_visibility_matrix.py`` asks every address for every viewer once, and looks at each answer for all of it:
what browsers and caches are told, and that no outsider reads a word of what is private.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from django.http import QueryDict

from tests.visibility.world import MARKER

OUTSIDERS = ("nobody", "carys", "hub_team")
"""Whoever the private community has not let in, and may not read a word of it."""

STRICT = ("script-src 'self'", "style-src 'self'", "default-src 'none'", "base-uri 'none'", "frame-ancestors 'self'")
OWN_POLICY = ("art/", "documents/^", "conversations/files/")
"""A picture is a document of its own, and a file may do nothing at all."""
KEPT_BY_ALL = (
    "art/",
    "style/",
    "robots.txt",
    "healthz",
    "manifest.webmanifest",
    "offline/",
    "sw.js",
)
"""Nothing in them depends on the reader."""
WRITTEN_INLINE = (" style=", "<style", " onclick=", "javascript:")

ADDRESS_IS_THE_SECRET = {"surgeries/calendar/<str:key>.ics", "reading/searches/<str:key>.atom"}
TOLD_TO_THE_HUB_TEAM = {
    "communities/unattended/",
    "communities/<any_slug:slug>/facilitators/",
    "communities/<any_slug:slug>/grants/new/",
    "rights/",
    "rights/feed/",
    "rights/table.csv",
    "rights/<int:pk>/",
    "rights/<int:pk>/grant/",
    "rights/<int:pk>/refuse/",
    "rights/<int:pk>/extend/",
    "rights/<int:pk>/withdraw/",
    "qualifications/<int:pk>/",
    "qualifications/<int:pk>/withdraw/",
    "named/",
    "named/waiting/",
    "named/<int:pk>/",
    "named/<int:pk>/withdraw/",
    "ways-in/leaving/<slug:slug>/",
    "ways-in/directories/<int:pk>/",
    "ways-in/directories/groups/<uuid:pk>/",
}
"""Where the hub team names facilitators, decides about grants, verifies qualifications and sees to what somebody hands
over, also of what it may not see.
"""


def broken(name: str, viewer: str, response: Any) -> Iterator[str]:
    """What the answer to ``viewer`` at the address called ``name`` does not keep to, in words."""
    if lacks_its_policy(name, response):
        yield "has another content security policy than it should"
    if response.get("X-Content-Type-Options") != "nosniff":
        yield "may be sniffed"
    if viewer != "nobody" and is_kept_for_somebody_else(name, response):
        yield "may be kept by a shared cache"
    if holds_inline_code(name, response):
        yield "holds an inline style, script or handler"
    if viewer in OUTSIDERS and not is_told(name, viewer) and says_the_word(response):
        yield "says the word of the private community"


def lacks_its_policy(name: str, response: Any) -> bool:
    """Whether it has another policy than it should: the editor alone has a looser one."""
    if name.startswith(OWN_POLICY):
        return False
    directives = [directive.strip() for directive in response.get("Content-Security-Policy", "").split(";")]
    loose = "script-src 'self' 'unsafe-inline'" in directives
    in_editor = name.lstrip("^").startswith(("admin/", "django-admin/"))
    return loose is not in_editor or (not loose and not set(STRICT) <= set(directives))


def is_kept_for_somebody_else(name: str, response: Any) -> bool:
    """Whether a shared cache may keep what depends on the reader."""
    value = response.get("Cache-Control", "")
    return "private" not in value and "no-store" not in value and not name.startswith(KEPT_BY_ALL)


def holds_inline_code(name: str, response: Any) -> bool:
    """An inline style, script or handler."""
    if name.startswith(("admin/", "django-admin/", "art/", "_util")) or "html" not in response["Content-Type"]:
        return False
    return any(mark in response.content.decode() for mark in WRITTEN_INLINE)


def is_told(name: str, viewer: str) -> bool:
    """Whether an outsider reads the word there because they have its secret address, or run the hub."""
    return name in ADDRESS_IS_THE_SECRET or (viewer == "hub_team" and name in TOLD_TO_THE_HUB_TEAM)


def told(response: Any) -> str:
    """All that a response says, its headers included, without the address that was asked for."""
    address = response.request["PATH_INFO"]
    body = b"".join(response.streaming_content) if response.streaming else response.content
    text = f"{response.headers}\n{body.decode('utf-8', 'replace')}"
    for echo in {address, quote(address, safe=""), quote(address), f"{address}/"}:
        text = text.replace(echo, "")
    return text


def says_the_word(response: Any) -> bool:
    """Whether it holds the word as the private things write it. What was asked for may come back as it was typed."""
    text = told(response)
    for typed in QueryDict(response.request["QUERY_STRING"]).values():
        text = text.replace(typed, "")
    return MARKER.title() in text or f"{MARKER}-lore" in text
