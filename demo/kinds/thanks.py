"""What the people of the demo thank each other for."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from demo.kind import LONGEST, Content, ContentKind, Council, Faults, in_the_past
from demo.kinds.conversations import CONVERSATIONS
from demo.kinds.people import PEOPLE
from demo.kinds.topics import TOPICS
from indexing.documents import key_of
from thanks.models import LONGEST as LONGEST_WORDS, Thanks


@dataclass(frozen=True, slots=True)
class Thanked:
    """Who thanks whom, for the ``page`` or the ``talk`` of this slug, or in words alone."""

    by: str
    to: str
    days_ago: int
    words: str = ""
    page: str = ""
    talk: str = ""
    topics: tuple[str, ...] = ()
    openly: bool = True
    shown: bool = True


class Recognition(ContentKind[Thanked, Thanks]):
    name, word = "thanks", "thanks"
    counted = _("%(n)d thanks")
    needs = ("people", "topics", "conversations", "stories", "guidance", "surgeries")
    shape = Thanked
    longest: ClassVar = LONGEST | {"words": LONGEST_WORDS}

    def key(self, thanked: Thanked) -> str:
        return f"{thanked.by}-{thanked.to}-{thanked.days_ago}"

    def names(self, thanked: Thanked) -> Iterator[tuple[str, Iterable[str]]]:
        yield "people", (thanked.by, thanked.to)
        yield "topics", thanked.topics
        yield "conversations", filter(None, (thanked.talk,))

    def check(self, thanked: Thanked, content: Content) -> Faults:
        yield from in_the_past(self.key(thanked), (thanked.days_ago,))
        pages = {getattr(thing, "slug", "") for name in self.needs[3:] for thing in content.things.get(name, ())}
        if thanked.page and thanked.page not in pages:
            yield f"{self.key(thanked)}: there is no page {thanked.page}."
        if not (thanked.page or thanked.talk or thanked.words):
            yield f"{self.key(thanked)}: nobody knows what for."

    def add(self, council: Council, thanked: Thanked) -> Thanks:
        people = council[PEOPLE]
        thing = council.pages.get(thanked.page) or council[CONVERSATIONS].get(thanked.talk)
        made: Thanks = Thanks.objects.create(
            giver=people[thanked.by],
            receiver=people[thanked.to],
            thing=key_of(thing) if thing else "",
            thing_pk=thing.pk if thing else None,
            words=thanked.words,
            is_open=thanked.openly,
            is_shown=thanked.openly and thanked.shown,
            given=council.moment(thanked.days_ago),
        )
        made.topics.set(council[TOPICS][name] for name in thanked.topics)
        return made


THANKS = Recognition()
