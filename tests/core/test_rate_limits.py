"""How often one person, or one network, may do a thing; and what the page that refuses keeps."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file

from communities.choices import Capability
from communities.models import CommunityPage, Grant
from conversations.models import Conversation
from core.models import HubDocument
from core.rate_limits import limit
from core.typed_forms import typed
from people.models import User
from tests.conftest import browse
from tests.conversations.saying import answered, begun

SEARCH = "/search/?q=lantern"


@pytest.fixture
def strict(settings: Any) -> None:
    """Twice, and no more."""
    settings.LIMITS = dict.fromkeys(settings.LIMITS, "2/h")


def invite(browser: Client, community: CommunityPage, email: str = "stranger@example.org") -> Any:
    return browser.post(f"/communities/{community.slug}/members/invite/", {"addresses": email, "kind": "staff"})


def test_one_persons_limit_is_nobody_elses(strict: None, carys: User, bryn: User) -> None:
    browser = browse(carys)
    assert [browser.get(SEARCH).status_code for _time in range(3)] == [200, 200, 429]
    assert browse(carys).get(SEARCH).status_code == 429
    assert browse(bryn).get(SEARCH).status_code == 200


def test_a_network_has_ten_times_as_much(strict: None, home: Any) -> None:
    assert [Client().get(SEARCH).status_code for _time in range(21)] == [200] * 20 + [429]
    assert Client(REMOTE_ADDR="203.0.113.9").get(SEARCH).status_code == 200


def test_it_says_when_to_come_back_and_means_it(strict: None, carys: User) -> None:
    browser = browse(carys)
    for _time in range(2):
        browser.get(SEARCH)
    with time_machine.travel(timezone.now() + timedelta(minutes=50)):
        refused = browser.get(SEARCH)
        assert 500 < int(refused["Retry-After"]) <= 601
        assert "in 10 minutes" in refused.content.decode()
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert browser.get(SEARCH).status_code == 200


def test_what_was_typed_is_kept_and_can_be_sent_again(strict: None, asha: User, community: CommunityPage) -> None:
    browser = browse(asha)
    for _time in range(2):
        invite(browser, community)
    page = invite(browser, community, 'somebody"@example.org').content.decode()
    assert "somebody&quot;@example.org" in page
    assert 'method="post"' in page


def test_a_password_is_not_kept(strict: None, rf: Any, carys: User) -> None:
    fields = {"password1": "secret", "oldpassword": "older", "csrfmiddlewaretoken": "x", "note": "kept"}
    assert typed(rf.post("/", fields)) == [("note", "kept")]


def photograph() -> SimpleUploadedFile:
    return SimpleUploadedFile("me.png", get_test_image_file().file.getvalue(), "image/png")


def test_photographs_count_and_words_do_not(strict: None, carys: User) -> None:
    browser = browse(carys)
    words = {"name": "Carys Hughes", "audience": "everyone"}
    assert {browser.post("/people/me/", words).status_code for _time in range(4)} == {302}
    assert [browser.post("/people/me/", words | {"photo": photograph()}).status_code for _time in range(3)][-1] == 429


def words() -> SimpleUploadedFile:
    return SimpleUploadedFile("x.txt", b"x")


@pytest.mark.parametrize("address", ["/admin/documents/add/", "/admin/documents/multiple/add/", "/admin/images/add/"])
def test_uploads_in_the_editor_count(strict: None, hub_team: User, address: str) -> None:
    browser = browse(hub_team)
    file = "files[]" if "multiple" in address else "file"
    statuses = [browser.post(address, {"title": "x", file: words()}).status_code for _time in range(3)]
    assert (429 in statuses[:2], statuses[2]) == (False, 429)
    assert HubDocument.objects.count() <= 2


@pytest.fixture
def talk(community: CommunityPage, asha: User, bryn: User) -> Conversation:
    """With posts of Bryn's to report."""
    Grant.objects.create(
        community=community,
        capability=Capability.WRITE_STORIES,
        starts=timezone.now() - timedelta(days=1),
        decided_at=timezone.now(),
        decided_on=timezone.localdate(),
        decided_name="Mair",
        authority="Cabinet",
    )
    made = begun(community, asha)
    for text in ("One.", "Two.", "Three."):
        answered(made, bryn, text)
    return made


NEWER = {
    "who knows": lambda browser, _talk, _turn: browser.get("/people/who-knows/?q=bees"),
    "whom to ask": lambda browser, _talk, _turn: browser.get("/conversations/ask/?about=bees"),
    "whom to mention": lambda browser, talk, _turn: browser.get(f"{talk.url}names/?q=a"),
    "whom to mention in a new one": lambda browser, talk, _turn: browser.get(
        f"/conversations/in/{talk.community.slug}/names/?q=a"
    ),
    "what is wrong with a post": lambda browser, talk, turn: browser.post(
        f"/conversations/posts/{talk.posts.get(number=turn + 2).pk}/flag/", {"reason": "unkind"}
    ),
    "a photograph for a story": lambda browser, talk, _turn: browser.post(
        f"/stories/writing/new/{talk.community.slug}/", {"title": "x", "photograph": photograph()}
    ),
    "what is attached": lambda browser, talk, turn: browser.post(talk.url, {"text": f"{turn}", "files": words()}),
}


@pytest.mark.parametrize("what", NEWER)
def test_what_is_asked_reported_or_brought_counts_wherever_it_is(
    strict: None, talk: Conversation, asha: User, what: str
) -> None:
    browser = browse(asha)
    statuses = [NEWER[what](browser, talk, turn).status_code for turn in range(3)]
    assert (429 in statuses[:2], statuses[2]) == (False, 429)


def test_what_did_not_happen_is_given_back(db: Any) -> None:
    chosen = limit("invitations")
    assert [chosen.take("a") for _time in range(chosen.amount)] == [True] * chosen.amount
    assert not chosen.take("a")
    chosen.give_back("a")
    chosen.give_back("a")
    assert chosen.take("a")


def test_limits_are_read_as_they_are_written(settings: Any) -> None:
    settings.LIMITS = {"a": "5/15m", "b": "60/h", "c": "2/s"}
    assert [(limit(name).amount, limit(name).seconds) for name in "abc"] == [(5, 900), (60, 3600), (2, 1)]
