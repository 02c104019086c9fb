"""What has happened in the demo lately, as it stands in people's inboxes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from communities.models import Membership
from core.models import DeadAddress, HubPage
from core.outbox import Delivery, subject_of
from demo.cast import TEAM, by_name
from demo.kind import ContentKind, Council
from demo.kinds.communities import COMMUNITIES
from demo.kinds.guidance import GUIDANCE
from demo.kinds.people import PEOPLE
from demo.kinds.stories import STORIES
from indexing.documents import key_of
from notifications import services
from notifications.models import Happening
from notifications.receiving import receive
from people.models import User
from reading.models import SavedSearch
from reading.searches import services as searches
from reports.models import PageReport
from search.query import Query


@dataclass(frozen=True, slots=True)
class LatelyHappened:
    """``event`` is its kind. It is about the membership of a person in a community, a story, a page of guidance, a
    report of ``person`` in ``words`` (and its answer), a ``search`` that finds one of these, or an ``address``.
    """

    event: str
    hours_ago: int
    community: str = ""
    person: str = ""
    story: str = ""
    guidance: str = ""
    by: str = ""
    words: str = ""
    answer: str = ""
    search: str = ""
    address: str = ""
    read_by: tuple[str, ...] = ()


class Inbox(ContentKind[LatelyHappened, Happening]):
    name, word, table = "inbox", "thing that happened lately", "happened"
    needs = ("people", "communities", "stories", "guidance")
    shape = LatelyHappened

    def key(self, one: LatelyHappened) -> str:
        what = (one.event, one.community, one.person, one.story, one.guidance, one.search, one.address)
        return " ".join(filter(None, what))

    def names(self, one: LatelyHappened) -> Iterator[tuple[str, Iterable[str]]]:
        yield "people", (name for name in (one.person, one.by, *one.read_by) if name not in ("", TEAM))
        yield "communities", filter(None, (one.community,))
        yield "stories", filter(None, (one.story,))
        yield "guidance", filter(None, (one.guidance,))

    def add(self, council: Council, one: LatelyHappened) -> Happening:
        subject, data = self._subject(council, one)
        event = Delivery(
            kind=one.event,
            subject=subject_of(subject),
            actor=str(_person(council, one.by).pk) if one.by else "",
            data=data,
            at=council.now - timedelta(hours=one.hours_ago),
        )
        receive([event])
        made = Happening.objects.get(event=event.event)
        for name in one.read_by:
            services.read(_person(council, name), made)
        return made

    def _subject(self, council: Council, one: LatelyHappened) -> tuple[Any, dict[str, Any]]:
        """What it is about, and what is kept with the event."""
        page = council[STORIES].get(one.story) or council[GUIDANCE].get(one.guidance)
        if one.address:
            return DeadAddress.objects.create(address=one.address, reason=one.words), {}
        if one.words:
            return _report(council, one, page), {}
        if one.search and page is not None:
            return _search(council, one, key_of(page)), {"keys": [key_of(page)]}
        if page is not None:
            return page, {"community": page.community_id}
        where, who = council[COMMUNITIES][one.community], council[PEOPLE][one.person]
        data = {"community": where.pk, "person": who.pk, "is_declined": False}
        return Membership.objects.current().get(community=where, person=who), data


def _person(council: Council, name: str) -> User:
    return by_name(name, council[PEOPLE])


def _report(council: Council, one: LatelyHappened, page: HubPage | None) -> PageReport:
    """What is wrong with a page, or with the hub as a whole, which its team answers."""
    when, page = council.now - timedelta(hours=one.hours_ago), page or council.home
    about = {"page": page, "title": page.title, "path": page.url, "audience_token": page.audience_token}
    about["community"] = getattr(page, "community", None)
    answer = {"answer": one.answer, "answered_by": _person(council, one.by), "answered_at": when} if one.answer else {}
    report = PageReport.objects.create(text=one.words, reporter=council[PEOPLE][one.person], **about, **answer)
    PageReport.objects.filter(pk=report.pk).update(sent_at=when - timedelta(hours=3 if one.answer else 0))
    return report


def _search(council: Council, one: LatelyHappened, key: str) -> SavedSearch:
    """A search that somebody keeps, with what is new in it."""
    mine = searches.save(council[PEOPLE][one.person], Query.of(one.search, {}), alerts=True)
    SavedSearch.objects.filter(pk=mine.pk).update(known=[], told=[key], news=[key])
    return mine


INBOX = Inbox()
