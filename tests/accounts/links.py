"""What tests of invitations by link do again and again."""

import re
from typing import Any

from django.core import mail
from django.test import Client, TestCase

from accounts.models import Invitation
from communities.models import CommunityPage
from people.models import User
from tests.conftest import browse

GWEN = "gwen@example.net"
PASSWORD = "three herons on a wall"
ANSWER = {"answer": "yes", "name": "Gwen Rees", "password1": PASSWORD, "password2": PASSWORD}


def links() -> list[str]:
    """The links that went out by e-mail, the newest last."""
    return [match for one in mail.outbox for match in re.findall(r"/account/invitation/\S+", one.body)]


def press(link: str, browser: Client | None = None, **answer: str) -> Any:
    with TestCase.captureOnCommitCallbacks(execute=True):
        return (browser or Client()).post(link, answer or ANSWER, follow=True)


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def from_the_hub(hub_team: User, **said: str) -> Any:
    with TestCase.captureOnCommitCallbacks(execute=True):
        return browse(hub_team).post(
            "/ways-in/invitations/new/", {"addresses": GWEN, "kind": "staff", **said}, follow=True
        )


def send_again(hub_team: User) -> None:
    with TestCase.captureOnCommitCallbacks(execute=True):
        browse(hub_team).post(f"/ways-in/invitations/{Invitation.objects.get().pk}/again/")


def leave(asha: User) -> None:
    asha.is_active = False
    asha.save()


def ask_again(by: User, community: CommunityPage) -> None:
    pk = Invitation.objects.get().pk
    with TestCase.captureOnCommitCallbacks(execute=True):
        browse(by).post(f"{community.url}members/invited/{pk}/again/")
