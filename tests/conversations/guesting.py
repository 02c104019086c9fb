"""Guests of one conversation, as the pages invite them.

Kit facilitates Safe Homes, a private community; Gail works for a partner and is invited to one of its conversations.
"""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.invitations import services as invitations
from accounts.invitations.pasted_addresses import Addressee
from communities.models import FACILITATOR, CommunityPage
from conversations.guests import services as guests
from conversations.models import Conversation, Guest
from core.outbox import drain
from indexing.documents import key_of
from people.choices import PersonKind as Belongs
from people.models import User
from tests.conftest import browse
from tests.conversations.saying import begun
from tests.factories import PersonFactory, make_member
from tests.replay import replayed


@pytest.fixture
@replayed
def keeper(private_community: CommunityPage) -> User:
    """Facilitates Safe Homes."""
    person = PersonFactory(first_name="Kit", last_name="Moss")
    make_member(person, private_community, FACILITATOR)
    return person


@pytest.fixture
@replayed
def gail(db: Any) -> User:
    person: User = PersonFactory(first_name="Gail", last_name="Stone", partner=True)
    return person


@pytest.fixture
@replayed
def talk(private_community: CommunityPage, keeper: User) -> Conversation:
    return begun(private_community, keeper, title="Which locks?")


def invited(talk: Conversation, by: User, email: str = "gail@example.org", **terms: Any) -> Guest:
    """As the form does it."""
    said = {"purpose": "To tell about locks.", "review_on": timezone.localdate() + timedelta(days=30), "sponsor": by}
    offer = invitations.Offer(Belongs.PARTNER, into=key_of(talk), organisation="Lakeside", **{**said, **terms})
    [guest] = guests.invite(talk, offer, [Addressee(email)], by)
    for consumer in ("guests of conversations", "invited addresses"):
        drain(consumer)
    guest.refresh_from_db()
    return guest


@pytest.fixture
def place(talk: Conversation, keeper: User, gail: User) -> Guest:
    """Gail's, who has opened the conversation."""
    guest = invited(talk, keeper)
    assert browse(gail).get(talk.url).status_code == 200
    guest.refresh_from_db()
    return guest


def sent(talk: Conversation, text: str = "Long ones.") -> dict[str, str]:
    return {"key": str(uuid.uuid4()), "seen": str(Conversation.objects.get(pk=talk.pk).last_number), "text": text}


def reads(person: User, talk: Conversation) -> bool:
    return browse(person).get(talk.url).status_code == 200
