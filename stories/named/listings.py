"""Who is on the list of a story, what they said, and who else seems to stand in it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from core.audiences import Viewer
from people.models import User
from stories.named.choices import AGREED, ConsentState
from stories.named.gate import is_settled, named_in
from stories.named.models import NamedPerson
from stories.named.names import PIECE, find, forms_of
from stories.named.passages import forms, passages, words_of
from stories.named.story import StoryRow

LONGEST_NAME, MOST_ASKED_FOR = 4, 2000


@dataclass(frozen=True, slots=True)
class NamedPersonRow:
    """One row of the list, against the newest draft."""

    row: NamedPerson
    passages: list[str]
    is_settled: bool

    @property
    def says(self) -> str:
        if self.row.state in AGREED and not self.is_settled:
            return _("Agreed to something else than stands there now")
        return str(self.row.get_state_display())

    @property
    def can_be_asked(self) -> bool:
        return not self.is_settled and self.row.answers_here


def names_context(draft: StoryRow, reader: Viewer) -> dict[str, Any]:
    """Whom the newest draft of a story names, what they said, and who else seems to stand in it."""
    people = named_in(draft)
    named = listed(draft, people)
    return {
        "people": named,
        "to_ask": [one for one in named if one.can_be_asked and one.row.state != ConsentState.ASKED],
        "unlisted": unlisted(draft, people, reader),
    }


def listed(draft: StoryRow, people: list[NamedPerson]) -> list[NamedPersonRow]:
    """Each with the passages that name them."""
    return [
        NamedPersonRow(one, [] if one.is_gone else passages(draft, one, people), is_settled(draft, one))
        for one in people
    ]


def unlisted(draft: StoryRow, people: list[NamedPerson], reader: Viewer) -> list[str]:
    """Names of people on the hub that stand in it and are not on the list: one query. Who tells it is not asked."""
    texts = [text for _name, text in words_of(draft)]
    found = User.objects.here().visible_to(reader).filter(name__in=_candidates(texts))
    asked = {one.person_id for one in people} | {link.person_id for link in draft.author_links.all()}
    names = [person.name for person in found.order_by("sort_name", "pk") if person.pk not in asked]
    known = [forms(one) for one in people if not one.is_gone]
    return [name for name in dict.fromkeys(names) if any(find(text, forms_of([name]), others=known) for text in texts)]


def _candidates(texts: list[str]) -> list[str]:
    """Runs of two to four words side by side that begin with a capital letter."""
    found: dict[str, None] = {}
    for text in texts:
        words = [word for word in PIECE.finditer(text) if word["word"]]
        for place, first in enumerate(words):
            for last in words[place + 1 : place + LONGEST_NAME]:
                name = text[first.start() : last.end()]
                if first[0][0].isupper() and last[0][0].isupper() and "\n" not in name:
                    found[" ".join(name.split())] = None
    return list(found)[:MOST_ASKED_FOR]
