"""What has happened in the demo lately, as it stands in people's inboxes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from communities.models import Membership
from core.outbox import Delivery, subject_of
from demo.kind import ContentKind, Council
from demo.kinds.communities import COMMUNITIES
from demo.kinds.guidance import GUIDANCE
from demo.kinds.people import PEOPLE
from demo.kinds.stories import STORIES
from notifications.models import Happening
from notifications.receiving import receive


@dataclass(frozen=True, slots=True)
class LatelyHappened:
    """``event`` is its kind; it is about the membership of a person in a community, a story or a page of guidance."""

    event: str
    hours_ago: int
    community: str = ""
    person: str = ""
    story: str = ""
    guidance: str = ""
    by: str = ""


class Inbox(ContentKind[LatelyHappened, Happening]):
    name, word, table = "inbox", "thing that happened lately", "happened"
    needs = ("people", "communities", "stories", "guidance")
    shape = LatelyHappened

    def key(self, one: LatelyHappened) -> str:
        return " ".join(filter(None, (one.event, one.community, one.person, one.story, one.guidance)))

    def names(self, one: LatelyHappened) -> Iterator[tuple[str, Iterable[str]]]:
        yield "people", filter(None, (one.person, one.by))
        yield "communities", filter(None, (one.community,))
        yield "stories", filter(None, (one.story,))
        yield "guidance", filter(None, (one.guidance,))

    def add(self, council: Council, one: LatelyHappened) -> Happening:
        subject = self._subject(council, one)
        actor = council[PEOPLE][one.by] if one.by else None
        event = Delivery(
            kind=one.event,
            subject=subject_of(subject),
            actor=str(actor.pk) if actor else "",
            data={"community": subject.community_id},
            at=council.now - timedelta(hours=one.hours_ago),
        )
        receive([event])
        return Happening.objects.get(event=event.event)

    def _subject(self, council: Council, one: LatelyHappened) -> Any:
        if one.story:
            return council[STORIES][one.story]
        if one.guidance:
            return council[GUIDANCE][one.guidance]
        where, who = council[COMMUNITIES][one.community], council[PEOPLE][one.person]
        return Membership.objects.current().get(community=where, person=who)


INBOX = Inbox()
