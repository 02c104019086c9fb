"""The large demo: the same council as a county would have it."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import Page

from communities.models import CommunityPage, State
from demo import growing, loading
from demo.kind import Content
from demo.kinds.people import PEOPLE
from demo.kinds.stories import STORIES
from knowledge.models import GuidancePage
from people.models import User
from stories.models import StoryPage
from surgeries.models import Session, SurgeryPage

pytestmark = pytest.mark.django_db
Demo = Callable[..., str]
SMALL = {"people": 20, "communities": 6, "surgeries": 12, "guidance": 10, "stories": 42}


@pytest.fixture(scope="module")
def large(withermere: loading.Council, django_db_blocker: Any, content: Content) -> list[int]:
    """A hub that is a little larger, and the steps that it took."""
    steps: list[int] = []
    with django_db_blocker.unblock():
        growing.grow(content, SMALL, 7, steps.append)
    return steps


def test_a_large_hub_has_what_was_asked_for(large: list[int], content: Content) -> None:
    assert sum(large) == sum(SMALL.values())
    assert CommunityPage.objects.count() == 12 + SMALL["communities"]
    assert StoryPage.objects.count() == len(content[STORIES]) + SMALL["stories"]
    assert Session.objects.filter(imported_id__startswith="invented").count() == SMALL["surgeries"]
    assert not any(Page.find_problems())


def test_everything_invented_is_as_private_as_its_community(large: list[int]) -> None:
    for model in (CommunityPage, StoryPage, GuidancePage, SurgeryPage, User, Session):
        for thing in model._default_manager.filter(imported_id__isnull=False):
            assert thing.audience_token == thing.own_audience_token()


def test_places_of_a_large_hub_are_counted(large: list[int]) -> None:
    for community in CommunityPage.objects.all():
        assert community.taken == community.memberships.filter(state=State.ACTIVE).count()


def test_private_words_are_not_invented_with(large: list[int]) -> None:
    private = " ".join(story.text for story in StoryPage.objects.filter(imported_id=None, audience="members"))
    for story in StoryPage.objects.exclude(imported_id=None)[:20]:
        said = [word.strip() for word in story.text.split(".") if len(word) > 40]
        assert not any(sentence in private for sentence in said)


def test_the_same_seed_invents_the_same(content: Content) -> None:
    now = timezone.now()
    texts = []
    for seed in (1, 1, 2):
        inventor = growing.inventor_of(content, seed, now)
        PEOPLE.invent(inventor, 5)
        texts.append(list(inventor.texts(5)))
    same, other = (first == second for first, second in pairwise(texts))
    assert same
    assert not other


def test_a_large_hub_does_not_grow_again(demo: Demo, large: list[int]) -> None:
    before = Page.objects.count()
    assert "large already" in demo("--size", "large")
    assert Page.objects.count() == before
