"""Takes the values out of one row of an archive, and is strict about them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlsplit

from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext as _

from core.markup import words
from importing.scope import same_id

YEARS = range(1000, 3000)
LONGEST_ID = 150  # with the archive's name before it, it fits beside a person
LONGEST_TITLE = 255


class BadRow(Exception):
    """The row cannot be taken; the message says why."""


class Fields:
    """The values of one row. What makes the row useless raises ``BadRow``; what can be left out is left out, and
    ``remarks`` says so.
    """

    def __init__(self, row: object) -> None:
        if not isinstance(row, Mapping):
            raise BadRow(_("This is not an object."))
        self._row = row
        self.remarks: list[str] = []

    def id(self) -> str:
        value = self._row.get("id")
        text = clean(str(value)).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
        if not text:
            raise BadRow(_("The id is missing."))
        if len(text) > LONGEST_ID:
            raise BadRow(_("The id has %(n)d letters; %(most)d is the most.") % {"n": len(text), "most": LONGEST_ID})
        return text

    def title(self, name: str = "title", longest: int = LONGEST_TITLE) -> str:
        title = words(self.text(name))
        if not title:
            raise BadRow(_("The %(field)s is missing.") % {"field": name})
        if len(title) > longest:
            detail = {"field": name, "n": len(title), "most": longest}
            raise BadRow(_("The %(field)s has %(n)d letters; %(most)d is the most.") % detail)
        return title

    def text(self, name: str) -> str:
        value = self._row.get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise BadRow(_("%(field)s is not text.") % {"field": name})
        return clean(value)

    def line(self, name: str, longest: int) -> str:
        """One line of plain words; what does not fit is left out."""
        line = words(self.text(name))
        if len(line) <= longest:
            return line
        self.remarks.append(_("%(field)s has %(n)d letters and was left out.") % {"field": name, "n": len(line)})
        return ""

    def choice(self, name: str, words: Sequence[str]) -> str:
        """One of ``words``, or nothing where nothing is said. A row that says another word is not guessed at."""
        word = self.text(name).strip()
        if word and word not in words:
            said = {"field": name, "word": word[:40], "words": ", ".join(words)}
            raise BadRow(_("%(field)s is “%(word)s”, which is none of: %(words)s.") % said)
        return word

    def address(self, name: str) -> str:
        """A web address; what is none is left out."""
        address = self.line(name, 1000)
        try:
            parts = urlsplit(address)
        except ValueError:
            parts = urlsplit("")
        if address and not (parts.scheme in ("http", "https") and parts.netloc):
            self.remarks.append(_("%(field)s is not a web address and was left out.") % {"field": name})
            return ""
        return address

    def list(self, name: str) -> list[Any]:
        value = self._row.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise BadRow(_("%(field)s is not a list.") % {"field": name})
        return value

    def names(self, name: str) -> tuple[str, ...]:
        """Names of other things, each once."""
        names = self.list(name)
        if not all(isinstance(each, str | int) for each in names):
            raise BadRow(_("%(field)s holds something that is not a name.") % {"field": name})
        return tuple(dict.fromkeys(filter(None, (clean(str(each)).strip() for each in names))))

    def people(self, name: str, known: Mapping[str, str]) -> tuple[str, ...]:
        """Ids of people, from ``known`` in the form in which ids are compared; one whom nobody knows is left out."""
        named = {person: known.get(same_id("people", person)) for person in self.names(name)}
        for person, known_as in named.items():
            if known_as is None:
                self.remarks.append(
                    _("%(field)s names %(person)s, whom nobody knows.") % {"field": name, "person": person}
                )
        return tuple(dict.fromkeys(filter(None, named.values())))

    def moment(self, name: str) -> datetime | None:
        """A date and time as it was written, with or without an offset."""
        text = self.text(name).strip()
        if not text:
            return None
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            moment = None
        if moment is None or moment.year not in YEARS:
            raise BadRow(_("%(field)s is not a date: %(text)s.") % {"field": name, "text": text[:40]})
        return moment

    def is_day(self, name: str) -> bool:
        """Whether a date stands there, and no time of it."""
        try:
            date.fromisoformat(self.text(name).strip())
        except ValueError:
            return False
        return True

    def required_moment(self, name: str) -> datetime:
        moment = self.moment(name)
        if moment is None:
            raise BadRow(_("%(field)s is missing.") % {"field": name})
        return moment


def clean(text: str) -> str:
    """``text`` without what a database refuses: zero bytes, and halves of letters."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def exists(moment: datetime) -> bool:
    """Whether there is such a moment: in one night of spring clocks leave out an hour."""
    return moment.astimezone(UTC).astimezone(moment.tzinfo).replace(tzinfo=None) == moment.replace(tzinfo=None)


def placed(moments: Iterable[datetime | None]) -> list[datetime | None]:
    """The moments of one row with an offset each: one that has none shares its neighbour's, or the hub's time zone."""
    moments = list(moments)
    zone = next((moment.tzinfo for moment in moments if moment and moment.tzinfo), get_default_timezone())
    return [moment if moment is None or moment.tzinfo else moment.replace(tzinfo=zone) for moment in moments]
