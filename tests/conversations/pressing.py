"""Every button of conversations, and of what stands beside them: who presses it, after what, where, and with what."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.utils import timezone

from communities.claims import services as claims
from communities.models import FACILITATOR, Claim, CommunityPage, CommunityTopic
from conversations import services
from conversations.attachments import services as files
from conversations.choices import IdeaStage, Kind, ReportReason
from conversations.delegates import services as delegates
from conversations.models import Attachment, Case, Conversation, Delegation, Guest, IncomingMail, Option, Post
from conversations.models.mail import Came
from conversations.moderation import services as moderation
from conversations.moving import services as moving
from conversations.polls import services as polls
from conversations.promise import services as promise
from conversations.services import place_of
from core.models import Topic
from people.models import User
from reports.models import PageReport
from tests.conftest import browse
from tests.conversations.saying import answered, begun
from tests.factories import CommunityFactory, PersonFactory, make_member
from tests.replay import replayed
from thanks import services as thanks
from thanks.models import Thanks

WORD = "It is about the ladder."
DAY = timezone.localdate() + timedelta(days=30)


@dataclass
class Scene:
    """Carys asked, Bryn answered; Bryn had an idea, too. Asha facilitates here and elsewhere."""

    question: Conversation
    post: Post
    idea: Conversation
    other: Conversation
    elsewhere: CommunityPage
    asha: User
    bryn: User
    carys: User
    gail: User

    @property
    def case(self) -> Case:
        return Case.objects.get(post=self.post)


@pytest.fixture
@replayed
def scene(community: CommunityPage, asha: User, bryn: User, carys: User) -> Scene:
    elsewhere = CommunityFactory(title="Elsewhere", slug="elsewhere")
    make_member(asha, elsewhere, FACILITATOR)
    question = begun(community, carys, Kind.QUESTION)
    post = answered(question, bryn)
    idea, other = begun(community, bryn, Kind.IDEA), begun(community, bryn)
    question.refresh_from_db()
    return Scene(question, post, idea, other, elsewhere, asha, bryn, carys, PersonFactory(partner=True))


def reported(scene: Scene) -> None:
    moderation.report(scene.post, scene.carys, ReportReason.UNKIND, "")


def removed(scene: Scene) -> None:
    services.remove(scene.post, scene.asha, WORD)


def appealed(scene: Scene) -> None:
    removed(scene)
    moderation.appeal(scene.post, scene.bryn, WORD)


def polled(scene: Scene) -> None:
    polls.set_up(scene.idea, scene.bryn, "Where?", ["The mill", "The weir"])


def marked(scene: Scene) -> None:
    services.mark_answer(scene.post, scene.asha)


def with_guest(scene: Scene) -> None:
    terms = {"community": scene.question.community, "sponsor": scene.asha, "until": DAY, "purpose": "Ladders."}
    Guest.objects.create(conversation=scene.question, email=scene.gail.email, person=scene.gail, **terms)


def named(scene: Scene) -> None:
    delegates.name(scene.asha, scene.bryn, timezone.localdate(), DAY, announces=False)


def thanked(scene: Scene) -> None:
    thanks.give(scene.carys, scene.bryn, WORD)


def about_ladders(scene: Scene) -> None:
    topic = Topic.objects.create(name="Ladders", slug="ladders")
    CommunityTopic.objects.create(tag=topic, content_object=scene.question.community)


def claimed(scene: Scene) -> None:
    about_ladders(scene)
    claims.ask(scene.bryn, scene.question.community, Topic.objects.get(name="Ladders"), WORD, [])


def answered_claim(scene: Scene) -> None:
    claimed(scene)
    claims.answer(Claim.objects.get(), scene.asha, WORD, is_yes=True)


def report_of_page(scene: Scene) -> None:
    browse(scene.carys).post("/report/", {"page": scene.question.community.url, "text": WORD})


def mailed(scene: Scene) -> None:
    terms = {"conversation": scene.question, "key": "1" * 64, "text": WORD, "is_proved": True}
    IncomingMail.objects.create(person=scene.bryn, came=Came.WAITING, **terms)


def chosen(scene: Scene) -> None:
    files.take(SimpleUploadedFile("ladder.txt", b"Tall."), scene.bryn, place_of(scene.question))


def nothing(_scene: Scene) -> None:
    """It is pressed as it stands."""


def of(name: str, deed: str) -> Callable[[Scene], str]:
    return lambda scene: f"{getattr(scene, name).url}{deed}/"


def of_post(deed: str) -> Callable[[Scene], str]:
    return lambda scene: f"/conversations/posts/{scene.post.pk}/{deed}/"


def a_case(scene: Scene) -> str:
    return scene.case.get_absolute_url()


def undone(scene: Scene) -> str:
    entry = moving.move(scene.other, scene.elsewhere, scene.asha, WORD)
    assert entry is not None
    return f"/conversations/undo/{entry.pk}/"


def one(model: type[Model], address: str) -> Callable[[Scene], str]:
    return lambda _scene: address.format(model._default_manager.get().pk)


POLL = {
    "question": "Where?",
    "option_1": "A",
    "option_2": "B",
    "method": "single",
    "secrecy": "secret",
    "voters": "members",
}
GUEST = {
    "addresses": "new@example.org",
    "kind": "partner",
    "organisation": "Lakeside",
    "purpose": WORD,
    "review_on": str(DAY),
    "word": "",
}
TAKE_BACK = {"take_back": "yes"}
PRESSED: dict[str, tuple[str, Callable[[Scene], None], Callable[[Scene], str], dict[str, Any]]] = {
    "say a word": ("carys", nothing, of_post("say/thanks"), {}),
    "take a word back": ("carys", nothing, of_post("say/thanks"), TAKE_BACK),
    "mark": ("asha", nothing, of_post("answer"), {}),
    "take the mark off": ("asha", marked, of_post("answer"), TAKE_BACK),
    "pin": ("asha", nothing, of("question", "pin"), {}),
    "unpin": ("asha", nothing, of("question", "pin"), TAKE_BACK),
    "close": ("asha", nothing, of("question", "close"), {"word": WORD}),
    "reopen": ("asha", lambda scene: services.close(scene.question, scene.asha, WORD), of("question", "reopen"), {}),
    "lock": ("asha", nothing, of("question", "lock"), {"days": 1, "word": WORD}),
    "unlock": ("asha", nothing, of("question", "unlock"), {}),
    "move": ("asha", nothing, of("other", "move"), {"to": "elsewhere", "why": WORD}),
    "split": (
        "asha",
        nothing,
        of("question", "split"),
        {"posts": 2, "title": " Two  ladders ", "kind": "idea", "why": WORD},
    ),
    "merge": ("asha", nothing, of("other", "merge"), {"into": "question", "why": WORD}),
    "undo": ("asha", nothing, undone, {}),
    "remove one’s own": ("bryn", nothing, of_post("remove"), {}),
    "remove": ("asha", nothing, of_post("remove"), {"reason": WORD}),
    "put back": ("asha", removed, of_post("put-back"), {}),
    "report": ("carys", nothing, of_post("flag"), {"reason": "unkind"}),
    "take a case": ("asha", reported, a_case, {"deed": "take", "from": "None"}),
    "hand it back": ("asha", reported, a_case, {"deed": "hand_back"}),
    "keep a post": ("asha", reported, a_case, {"deed": "keep"}),
    "remove a reported post": ("asha", reported, a_case, {"deed": "remove", "word": WORD}),
    "appeal": ("bryn", removed, of_post("appeal"), {"words": WORD}),
    "answer an appeal": ("morgan", appealed, a_case, {"deed": "uphold", "word": WORD}),
    "grant an appeal": ("morgan", appealed, a_case, {"deed": "put_back", "word": WORD}),
    "set the stage": ("asha", nothing, of("idea", "stage"), {"stage": IdeaStage.DONE, "word": WORD}),
    "add a poll": ("bryn", nothing, of("idea", "poll/new"), POLL),
    "close the poll": ("bryn", polled, of("idea", "poll/close"), {}),
    "take the poll back": ("bryn", polled, of("idea", "poll/take-back"), {}),
    "look into it": ("bryn", nothing, of("question", "look"), {}),
    "withdraw": ("carys", nothing, of("question", "withdraw"), {"word": WORD}),
    "ask again": ("carys", lambda s: promise.withdraw(s.question, WORD, s.carys), of("question", "ask-again"), {}),
    "invite a guest": ("asha", nothing, of("question", "guests"), GUEST),
    "send a guest away": ("asha", with_guest, lambda s: f"{s.question.url}guests/{Guest.objects.get().pk}/end/", {}),
    "let a guest stay": (
        "asha",
        with_guest,
        lambda s: f"{s.question.url}guests/{Guest.objects.get().pk}/keep/",
        {"until": str(DAY + timedelta(days=9))},
    ),
    "leave as a guest": ("gail", with_guest, of("question", "guests/leave"), {}),
    "name a delegate": (
        "asha",
        nothing,
        lambda _scene: "/conversations/delegates/",
        {"who": "Bryn", "since": str(timezone.localdate()), "until": str(DAY)},
    ),
    "accept to write for somebody": ("bryn", named, one(Delegation, "/conversations/delegates/{}/accept/"), {}),
    "decline it": ("bryn", named, one(Delegation, "/conversations/delegates/{}/end/"), {}),
    "end a delegation": ("asha", named, one(Delegation, "/conversations/delegates/{}/end/"), {}),
    "take a chosen file out": ("bryn", chosen, lambda scene: scene.question.url, {"text": WORD, "deed": "save"}),
    "publish an e-mail": ("bryn", mailed, one(IncomingMail, "/conversations/by-mail/{}/"), {"text": WORD}),
    "throw an e-mail away": ("bryn", mailed, one(IncomingMail, "/conversations/by-mail/{}/"), {"deed": "throw_away"}),
    "show thanks": ("bryn", thanked, one(Thanks, "/thanks/{}/show/"), {}),
    "take thanks off the page": ("bryn", thanked, one(Thanks, "/thanks/{}/show/"), TAKE_BACK),
    "take thanks back": ("carys", thanked, one(Thanks, "/thanks/{}/take-back/"), {}),
    "let thanks go": ("bryn", thanked, one(Thanks, "/thanks/{}/take-back/"), {}),
    "ask to be named": ("bryn", about_ladders, lambda _scene: "/named/ask/", {"topic": "a topic", "words": WORD}),
    "take that back": ("bryn", claimed, one(Claim, "/named/{}/take-back/"), {}),
    "say that they know": ("asha", claimed, one(Claim, "/named/{}/"), {"reason": WORD, "answer": "yes"}),
    "say that they do not": ("asha", claimed, one(Claim, "/named/{}/"), {"reason": WORD, "answer": "no"}),
    "say that they know no more": ("asha", answered_claim, one(Claim, "/named/{}/withdraw/"), {"reason": WORD}),
    "report a page": ("carys", nothing, lambda _scene: "/report/", {"page": "its page", "text": WORD}),
    "answer a report": ("asha", report_of_page, one(PageReport, "/report/{}/"), {"answer": WORD}),
    "thank": ("carys", nothing, lambda _scene: "/thanks/give/", {"words": WORD, "how": "openly"}),
}


def filled(deed: str, scene: Scene, url: str, given: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Where ``deed`` is pressed and what is sent, with the keys that its form would have."""
    keys: dict[str, Any] = {"to": scene.elsewhere.pk, "into": scene.question.pk, "key": str(uuid4())}
    if given.get("topic"):
        keys["topic"] = f"{scene.question.community_id}-{Topic.objects.get(name='Ladders').pk}"
    if given.get("page"):
        keys["page"] = scene.question.community.url
    if given.get("choice"):
        keys["choice"] = Option.objects.first().pk
    if (file := Attachment.objects.first()) is not None:
        keys |= {"take_out": str(file.key), "attached": str(file.key)}
        given = {**given, "take_out": "", "attached": ""}
    if deed == "thank":
        given, keys["to"], url = {**given, "to": ""}, scene.bryn.pk, f"{url}?to={scene.bryn.slug}"
    return url, {name: keys.get(name, value) for name, value in given.items()}
