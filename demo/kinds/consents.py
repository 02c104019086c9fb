"""Whom the demo's stories name, and what they said to it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from core.outbox import Delivery, subject_of
from demo.kind import Content, ContentKind, Council, Faults
from demo.kinds.people import PEOPLE
from demo.kinds.stories import STORIES
from notifications.receiving import receive
from stories.consent.notices import ASKED
from stories.models import StoryPage
from stories.named.choices import AGREED, AskedBy, ConsentState
from stories.named.models import NamedPerson
from stories.named.passages import forms, picture_of, shown_of
from stories.writing.access import draft_of

SAID = {"asked": ConsentState.ASKED, "agreed": ConsentState.YES, "took it back": ConsentState.WITHDRAWN}


@dataclass(frozen=True, slots=True)
class ConsentShape:
    """``person`` has an account and is asked on the hub; of others ``name`` says how they are written."""

    story: str
    instead: str
    by: str
    says: str
    days_ago: int
    person: str = ""
    name: str = ""
    way: str = AskedBy.HUB
    kept_by: str = ""
    word: str = ""


class Consents(ContentKind[ConsentShape, NamedPerson]):
    name, word, table = "consents", "named person", "named"
    needs = ("people", "stories")
    shape = ConsentShape
    choices: ClassVar = {"says": tuple(SAID), "way": AskedBy.values}

    def key(self, row: ConsentShape) -> str:
        return f"{row.story} {row.person or row.name}"

    def names(self, row: ConsentShape) -> Iterator[tuple[str, Iterable[str]]]:
        yield "people", (name for name in (row.by, row.person) if name)
        yield "stories", (row.story,)

    def check(self, row: ConsentShape, content: Content) -> Faults:
        if bool(row.person) is not (row.way == AskedBy.HUB):
            yield f"{self.key(row)}: whoever has an account is asked on the hub, and nobody else."

    def add(self, council: Council, row: ConsentShape) -> NamedPerson:
        """What they agreed to is what the story says. Of whoever took it back their name is not kept."""
        story = draft_of(StoryPage.objects.select_related("latest_revision").get(pk=council[STORIES][row.story].pk))
        at = council.now - timedelta(days=row.days_ago)
        person = council[PEOPLE].get(row.person)
        made = NamedPerson(
            key=story.consent_key, story_id=story.pk, person=person, name=row.name or str(person), instead=row.instead,
            way=row.way, state=SAID[row.says], word=row.word, asked_by=council[PEOPLE][row.by],
            asked_at=at if person else None, answered_at=None if row.says == "asked" else at,
        )  # fmt: skip
        if made.state == ConsentState.WITHDRAWN:
            made.digests, made.name = forms(made).as_digests(), ""
        else:
            made.shown, made.picture = shown_of(story, made), picture_of(story, made)
            made.audience, made.revision_id = story.audience, story.latest_revision_id
        if made.state in AGREED and person is None:
            made.given_on, made.kept_by = council.day(row.days_ago), row.kept_by
        made.save()
        if made.state == ConsentState.ASKED:
            receive([Delivery(kind=ASKED, subject=subject_of(made), actor=str(made.asked_by_id), at=at)])
        return made


CONSENTS = Consents()
