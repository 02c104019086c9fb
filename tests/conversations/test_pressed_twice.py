"""A button that is pressed twice, or a form that a slow line sends twice, does what it says once: the second answer
leads on as the first did, and complains of nothing. Whoever comes after somebody else is told so.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.contrib.messages import ERROR, get_messages

from communities.models import FACILITATOR, CommunityPage
from conversations import services
from conversations.choices import IdeaStage, Kind, Reason
from conversations.models import Case, Conversation, Post
from conversations.moderation import services as moderation
from conversations.moving import services as moving
from conversations.outcomes import services as outcomes
from conversations.polls import services as polls
from conversations.promise import services as promise
from people.models import User
from tests.conftest import browse
from tests.conversations.saying import answered, begun
from tests.factories import CommunityFactory, PersonFactory, make_member

WORD = "It is about the ladder."


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

    @property
    def case(self) -> Case:
        return Case.objects.get(post=self.post)


@pytest.fixture
def scene(community: CommunityPage, asha: User, bryn: User, carys: User) -> Scene:
    elsewhere = CommunityFactory(title="Elsewhere", slug="elsewhere")
    make_member(asha, elsewhere, FACILITATOR)
    question = begun(community, carys, Kind.QUESTION)
    post = answered(question, bryn)
    idea, other = begun(community, bryn, Kind.IDEA), begun(community, bryn)
    question.refresh_from_db()
    return Scene(question, post, idea, other, elsewhere, asha, bryn, carys)


def reported(scene: Scene) -> None:
    moderation.report(scene.post, scene.carys, Reason.UNKIND, "")


def removed(scene: Scene) -> None:
    services.remove(scene.post, scene.asha, WORD)


def appealed(scene: Scene) -> None:
    removed(scene)
    moderation.appeal(scene.post, scene.bryn, WORD)


def polled(scene: Scene) -> None:
    polls.set_up(scene.idea, scene.bryn, "Where?", ["The mill", "The weir"])


def marked(scene: Scene) -> None:
    services.mark_answer(scene.post, scene.asha)


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


POLL = {
    "question": "Where?",
    "option_1": "A",
    "option_2": "B",
    "method": "single",
    "secrecy": "secret",
    "voters": "members",
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
    "thank": ("carys", nothing, lambda _scene: "/thanks/give/", {"words": WORD, "how": "openly"}),
}


def rows() -> list[Any]:
    """All that conversations and thanks keep."""
    models = [*apps.get_app_config("conversations").get_models(), apps.get_model("thanks", "Thanks")]
    return [(model.__name__, list(model._base_manager.order_by("pk").values())) for model in models]


def filled(scene: Scene, given: dict[str, Any]) -> dict[str, Any]:
    keys = {"to": scene.elsewhere.pk, "into": scene.question.pk}
    return {name: keys.get(name, value) for name, value in given.items()}


@pytest.mark.parametrize("deed", PRESSED)
def test_pressed_twice_it_is_done_once(deed, scene, community):
    name, before, where, given = PRESSED[deed]
    before(scene)
    morgan = PersonFactory(first_name="Morgan", last_name="Price")
    make_member(morgan, community, FACILITATOR)
    who = morgan if name == "morgan" else getattr(scene, name)
    url, data = where(scene), filled(scene, given)
    if deed == "thank":
        data, url = {**data, "to": scene.bryn.pk}, f"{url}?to={scene.bryn.slug}"
    first = browse(who).post(url, data)
    after = rows()
    second = browse(who).post(url, data)
    assert (first.status_code, second.status_code) == (302, 302), second.content.decode()[:2000]
    assert second.url == first.url
    assert not [said for said in get_messages(second.wsgi_request) if said.level >= ERROR]
    assert rows() == after


# -- somebody else was quicker -----------------------------------------------------------------------------------------
def said_to(answer: Any) -> str:
    return " ".join(str(said) for said in get_messages(answer.wsgi_request) if said.level >= ERROR)


def test_a_mark_that_somebody_else_set_meanwhile_stays(scene):
    marked(scene)
    better = answered(scene.question, scene.asha, "The library lends one.")
    services.mark_answer(better, scene.asha)
    browse(scene.carys).post(f"/conversations/posts/{scene.post.pk}/answer/", TAKE_BACK)
    scene.question.refresh_from_db()
    assert scene.question.answer == better


def test_a_case_is_not_taken_from_whom_one_did_not_see(scene, community):
    morgan = PersonFactory(first_name="Morgan", last_name="Price")
    make_member(morgan, community, FACILITATOR)
    reported(scene)
    browse(scene.asha).post(a_case(scene), {"deed": "take", "from": "None"})
    assert scene.asha.name in said_to(browse(morgan).post(a_case(scene), {"deed": "take", "from": "None"}))
    assert scene.case.taken_by == scene.asha
    browse(morgan).post(a_case(scene), {"deed": "take", "from": scene.asha.pk})
    assert scene.case.taken_by == morgan


def test_who_removes_what_its_author_removed_has_the_reason_back(scene):
    services.remove(scene.post, scene.bryn)
    assert WORD in said_to(browse(scene.asha).post(f"/conversations/posts/{scene.post.pk}/remove/", {"reason": WORD}))


@pytest.mark.parametrize("deed", ["close", "stage", "lock"])
def test_what_was_typed_about_a_conversation_that_was_merged_meanwhile_comes_back(deed, scene, community):
    idea = begun(community, scene.bryn, Kind.IDEA)
    moving.merge(idea, scene.other, scene.asha, "The same.")
    answer = browse(scene.asha).post(f"{idea.url}{deed}/", {"word": WORD, "stage": "done", "days": 1})
    assert (answer.status_code, answer.url) == (302, scene.other.url)
    assert WORD in said_to(answer)


def test_a_mark_set_by_mistake_leaves_the_question_waiting_as_it_was(scene):
    """Bryn asked back; Asha marks an answer, and takes the mark off again."""
    post = promise.ask_back(scene.question, "How tall?", scene.bryn, key=uuid.uuid4(), seen=2)
    services.mark_answer(post, scene.asha)
    services.unmark_answer(post, scene.asha)
    stands = scene.question.promise
    stands.refresh_from_db()
    assert (stands.waiting_since, stands.waiting_by, stands.waits.count()) == (post.posted, scene.bryn, 0)


def test_outcome_said_again_later_counts_as_a_stage_of_its_own(scene):
    """Back and forth is no double press."""
    for stage in (IdeaStage.DONE, IdeaStage.CONSIDERING, IdeaStage.DONE):
        outcomes.set_stage(scene.idea, scene.asha, stage, WORD)
    assert scene.idea.steps.count() == 3
