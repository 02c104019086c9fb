"""What somebody typed into a form that could not be taken: it is shown again, and sent when they press."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.http import HttpRequest

TOKEN = "csrfmiddlewaretoken"  # noqa: S105 (a name)
Fields = list[tuple[str, str]]
WRITTEN = {"text", "title", "word", "words", "why"}
"""Fields in which people write: one word may be all that they say."""


@dataclass(frozen=True, slots=True)
class TypedField:
    """One value of a form. ``is_text`` where a person may have typed it: those are shown, the others only sent."""

    name: str
    value: str

    @property
    def is_text(self) -> bool:
        value = self.value.strip()
        by_machine = value.startswith(("{", "["))  # what Wagtail's editor makes of text
        by_hand = any(letter.isspace() for letter in value) or "@" in value or value.endswith((".", "!", "?"))
        by_hand |= bool(value) and self.name in WRITTEN
        return not by_machine and (by_hand or not value.isascii())


def typed(request: HttpRequest) -> Fields:
    """The fields of a form, but for passwords, files, and the token that the page brings itself."""
    fields = request.POST.lists() if request.method == "POST" else ()
    open_ones = [(name, values) for name, values in fields if name != TOKEN and not is_password(name)]
    return [(name, str(value)) for name, values in open_ones for value in values]


def is_password(name: str) -> bool:
    return "password" in name.lower()


def shown(fields: Fields) -> list[TypedField]:
    """As ``components/typed.html`` shows them."""
    return [TypedField(name, value) for name, value in fields]


def words_of(request: HttpRequest) -> list[TypedField]:
    """What a person typed, to be copied where the form it was for is gone."""
    return [field for field in shown(typed(request)) if field.is_text]


def is_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this hub sent the form. What says nothing may come from anywhere."""
    origin, site = request.headers.get("Origin", ""), request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return bool(origin) and urlsplit(origin)[:2] == (request.scheme, request.get_host())
