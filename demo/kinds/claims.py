"""Who of the demo council asked to be named as somebody who knows: some are, one is not, and one waits."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from communities.claims.services import HOLDS, MOST_THINGS
from communities.models import Claim, ClaimEvidence
from communities.models.claims import LONGEST as LONGEST_WORDS
from demo.kind import LONGEST, Content, ContentKind, Council, Faults, in_the_past
from demo.kinds.communities import COMMUNITIES
from demo.kinds.conversations import CONVERSATIONS
from demo.kinds.people import PEOPLE
from demo.kinds.topics import TOPICS
from indexing.documents import key_of


@dataclass(frozen=True, slots=True)
class Claimed:
    """``talks`` are the slugs of conversations that show it. Whoever answers does so a day later."""

    person: str
    community: str
    topic: str
    days_ago: int
    words: str = ""
    talks: tuple[str, ...] = ()
    by: str = ""
    answer: str = ""
    is_yes: bool = True


class Claims(ContentKind[Claimed, Claim]):
    name, word = "claims", "claim"
    needs = ("people", "topics", "communities", "conversations")
    shape = Claimed
    longest: ClassVar = LONGEST | {"words": LONGEST_WORDS, "answer": 400}

    def key(self, claimed: Claimed) -> str:
        return f"{claimed.person}-{claimed.topic}"

    def names(self, claimed: Claimed) -> Iterator[tuple[str, Iterable[str]]]:
        yield "people", filter(None, (claimed.person, claimed.by))
        yield "communities", (claimed.community,)
        yield "topics", (claimed.topic,)
        yield "conversations", claimed.talks

    def check(self, claimed: Claimed, content: Content) -> Faults:
        yield from in_the_past(self.key(claimed), (claimed.days_ago,))
        if not (claimed.words or claimed.talks) or len(claimed.talks) > MOST_THINGS:
            yield f"{self.key(claimed)}: nothing shows it, or too much."
        if bool(claimed.by) is not bool(claimed.answer) or claimed.by == claimed.person:
            yield f"{self.key(claimed)}: somebody else answers, with a reason."
        asked = next(one for one in content[COMMUNITIES] if one.slug == claimed.community)
        if claimed.topic not in asked.topics or claimed.person not in {one.person for one in asked.members}:
            yield f"{self.key(claimed)}: {claimed.community} is not about that, or they are no member of it."

    def add(self, council: Council, claimed: Claimed) -> Claim:
        people, asked = council[PEOPLE], council.moment(claimed.days_ago)
        answered = min(asked + timedelta(days=1), council.now) if claimed.by else None
        claim: Claim = Claim.objects.create(
            person=people[claimed.person],
            community=council[COMMUNITIES][claimed.community],
            topic=council[TOPICS][claimed.topic],
            words=claimed.words,
            asked_at=asked,
            decided_at=answered,
            decided_by=people[claimed.by] if claimed.by else None,
            decided_name=people[claimed.by].name if claimed.by else "",
            reason=claimed.answer,
            until=answered.date() + HOLDS if answered and claimed.is_yes else None,
        )
        things = [council[CONVERSATIONS][slug] for slug in claimed.talks]
        shown = [ClaimEvidence(claim=claim, thing=key_of(thing), thing_pk=thing.pk) for thing in things]
        ClaimEvidence.objects.bulk_create([*shown, *([ClaimEvidence(claim=claim)] if claim.words else [])])
        return claim


CLAIMS = Claims()
