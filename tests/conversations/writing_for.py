"""Bryn, a member, writes for Asha, who facilitates the community. Carys works here and is no member."""

import uuid

import pytest

from communities.models import CommunityPage
from conversations import services
from conversations.choices import Kind
from conversations.models import Conversation, Delegation, Post
from people.models import User
from tests.conftest import browse
from tests.conversations.delegating import delegated
from tests.conversations.saying import begun
from tests.replay import replayed

BOTH = "Bryn Powell for Asha Okafor"


@pytest.fixture
@replayed
def delegation(asha: User, bryn: User) -> Delegation:
    return delegated(asha, bryn)


@pytest.fixture
@replayed
def question(community: CommunityPage, carys: User) -> Conversation:
    return begun(community, carys, Kind.QUESTION)


@pytest.fixture
@replayed
def post(question: Conversation, delegation: Delegation, asha: User, bryn: User) -> Post:
    """What Bryn answered for Asha."""
    return said_for(asha, bryn, question)


def said_for(principal: User, by: User, conversation: Conversation, text: str = "Take mine.") -> Post:
    conversation.refresh_from_db()
    last = conversation.last_number
    return services.reply(conversation, text, by, key=uuid.uuid4(), seen=last, behalf=principal.pk)


def begun_for(principal: User, by: User, community: CommunityPage, kind: Kind = Kind.DISCUSSION) -> Conversation:
    told = ("Who has a tall ladder?", "For Saturday.", community.audience)
    return services.begin(community, kind, *told, by, uuid.uuid4(), behalf=principal.pk)


def sent(conversation: Conversation, **more: str) -> dict[str, str]:
    conversation.refresh_from_db()
    return {"key": str(uuid.uuid4()), "seen": str(conversation.last_number), "text": "Take mine.", **more}


def read(viewer: User, url: str) -> str:
    return " ".join(browse(viewer).get(url).content.decode().split())
