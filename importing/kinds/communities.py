"""Communities of an archive."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _

from communities.models import CommunityIndexPage, CommunityPage, CommunityTopic, Holding, Joining, Membership, Stage
from communities.models.default_roles import facilitator
from communities.services import recount_places
from core.markup import block, blocks_of, body_of, shortened
from importing.fields import BadRow, Fields
from importing.pages import SUMMARY, PageWriter, published
from importing.rows import ArchiveRow, People


@dataclass(frozen=True, slots=True)
class Channel:
    """A mailing list or another way in which a community talked, where it came from."""

    kind: str
    audience: str
    terms: str
    members: int | None


@dataclass(frozen=True, slots=True)
class CommunityRow(ArchiveRow):
    title: str
    summary: str
    purpose: str
    body: str
    opened: date | None
    closed: date | None
    leads: tuple[str, ...]
    topics: tuple[str, ...]
    channels: tuple[Channel, ...]


class CommunityWriter(PageWriter[CommunityRow, CommunityPage]):
    kind = "communities"
    model = CommunityPage
    index = CommunityIndexPage
    topic_link = CommunityTopic

    @staticmethod
    def read(fields: Fields, people: People) -> CommunityRow:
        opened, closed = fields.moment("opened"), fields.moment("closed")
        if opened and closed and closed.date() < opened.date():
            raise BadRow(_("It closed before it opened."))
        return CommunityRow(
            id=fields.id(),
            title=fields.title(),
            summary=fields.line("summary", 10_000),
            purpose=fields.line("purpose", 10_000),
            body=fields.text("body"),
            opened=opened.date() if opened else None,
            closed=closed.date() if closed else None,
            leads=fields.people("leads", people),
            topics=fields.names("topics"),
            channels=tuple(_read_channel(each) for each in fields.list("channels")),
        )

    def values(self, row: CommunityRow) -> dict[str, Any]:
        opened = datetime.combine(row.opened, time(12), UTC) if row.opened else None
        body = blocks_of(row.body) + _channels(row.channels)
        if len(row.summary) > SUMMARY:
            body = [block("paragraph", f"<p>{escape(row.summary)}</p>"), *body]
        return {
            "title": row.title,
            "summary": shortened(row.summary, SUMMARY),
            "purpose": row.purpose,
            "body": body_of(body),
            "stage": Stage.CLOSED if row.closed else Stage.ACTIVE,
            "joining": Joining.ASK,
            "opened_on": row.opened,
            "closed_on": row.closed,
            "source": self.source,
            **published(opened),
        }

    def attach(self, pages: Sequence[tuple[CommunityPage, CommunityRow]]) -> None:
        for page, row in pages:
            since = page.first_published_at or timezone.now()
            known = set(Membership.objects.filter(community=page).values_list("person_id", flat=True))
            leads = [person for lead in row.leads if (person := self.lookup.people[lead]).pk not in known]
            led = Membership.objects.bulk_create(
                Membership(community=page, person=person, since=since) for person in leads
            )
            role = facilitator()
            Holding.objects.bulk_create(Holding(membership=one, role=role, since=since) for one in led)
            recount_places(page)

    def detach(self, page: CommunityPage) -> None:
        """Those who lead it there. Whoever joined here stays: they can sign in, and have an address.

        Whoever was removed here is not brought back.
        """
        leading = Membership.objects.current().filter(community=page).holding(facilitator())
        leading.filter(person__email=None).delete()


def _read_channel(row: Mapping[str, Any]) -> Channel:
    fields = Fields(row)
    members = row.get("members")
    return Channel(
        kind=fields.line("kind", 100),
        audience=fields.line("audience", 100),
        terms=fields.line("terms", 1000),
        members=members if isinstance(members, int) else None,
    )


def _channels(channels: Sequence[Channel]) -> list[dict[str, Any]]:
    """How the community talked where it came from, as a list."""
    items = "".join(f"<li>{escape(_channel(channel))}</li>" for channel in channels)
    return [block("heading", "Channels"), block("paragraph", f"<ul>{items}</ul>")] if items else []


def _channel(channel: Channel) -> str:
    members = f"{channel.members:,} members" if channel.members is not None else ""
    named = ", ".join(filter(None, (channel.kind, channel.audience, members)))
    return ". ".join(filter(None, (named[:1].upper() + named[1:], channel.terms)))
