"""A button that is pressed twice, or a form that a slow line sends twice, does what it says once: the second answer
leads on as the first did, and complains of nothing. Whoever comes after somebody else is told so.
"""

import uuid
from typing import Any

import pytest
from django.apps import apps
from django.contrib.messages import ERROR, get_messages
from django.db.models import Model

from accounts.invitations.models import Invitation
from communities.models import FACILITATOR, Claim
from conversations import services
from conversations.choices import IdeaStage, Kind
from conversations.moving import services as moving
from conversations.outcomes import services as outcomes
from conversations.promise import services as promise
from reports.models import PageReport
from tests.conftest import browse
from tests.conversations.pressing import PRESSED, TAKE_BACK, WORD, a_case, filled, marked, reported, scene
from tests.conversations.saying import answered, begun
from tests.factories import PersonFactory, make_member
from thanks.models import Thanks

__all__ = ["scene"]


def rows() -> list[Any]:
    """All that conversations keep, and what is beside them."""
    models = [*apps.get_app_config("conversations").get_models(), Thanks, Claim, PageReport, Invitation]
    return [(model.__name__, list(model._base_manager.order_by("pk").values(*_kept(model)))) for model in models]


def _kept(model: type[Model]) -> list[str]:
    """Its columns, but for when a draft was saved."""
    return [field.attname for field in model._meta.concrete_fields if field.name != "saved"]


@pytest.mark.parametrize("deed", PRESSED)
def test_pressed_twice_it_is_done_once(deed, scene, community):
    name, before, where, given = PRESSED[deed]
    before(scene)
    morgan = PersonFactory(first_name="Morgan", last_name="Price")
    make_member(morgan, community, FACILITATOR)
    who = morgan if name == "morgan" else getattr(scene, name)
    url, data = filled(deed, scene, where(scene), given)
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
