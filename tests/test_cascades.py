"""Whatever is deleted, by whatever way, leaves no document, count or token behind that its rows do not give.

Also where the process ends between the commit and the work that follows it: what is in the queue then is enough.
"""

import itertools
import shutil
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from django import conf
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from django.urls import reverse
from wagtail.models import Page

from communities.models import FACILITATOR, CommunityPage, State
from core.audience_check import wrong_tokens
from core.models import Topic
from indexing import maintenance, queue
from knowledge.models import GuidancePage
from people.models import User
from stories.models import StoryPage
from surgeries.models import Session, SurgeryPage
from tests.conftest import browse
from tests.factories import (
    CommunityFactory,
    GuidanceFactory,
    PersonFactory,
    SessionFactory,
    StoryFactory,
    SurgeryFactory,
    make_member,
    tell,
)

Way = Callable[[Any, User], Any]
KINDS = (User, CommunityPage, SurgeryPage, Session, StoryPage, GuidancePage, Topic)


def in_the_editor(thing: Any, hub_team: User) -> None:
    if isinstance(thing, Page):
        address = reverse("wagtailadmin_pages:delete", args=[thing.pk])
    elif isinstance(thing, User):
        address = reverse("wagtailusers_users:delete", args=[thing.pk])
    else:
        model = thing._meta
        address = f"/admin/snippets/{model.app_label}/{model.model_name}/delete/{thing.pk}/"
    reason = {"opening-reason": "A resident asked for it."}  # what is for members alone is opened with one
    assert browse(hub_team).post(address, reason).status_code == 302


def as_a_page(thing: Any, _team: User) -> None:
    """By the table that the row of a page is a part of; whatever is no page by its manager without ways of ours."""
    objects = Page.objects if isinstance(thing, Page) else type(thing)._base_manager
    objects.filter(pk=thing.pk).delete()


WAYS: dict[str, Way] = {
    "itself": lambda thing, _team: thing.delete(),
    "a queryset": lambda thing, _team: type(thing).objects.filter(pk=thing.pk).delete(),
    "as a page": as_a_page,
    "the editor": in_the_editor,
}


@pytest.fixture(scope="module")
def _built(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[dict[type, Any], Path]]:
    """The things, and the folder of the index that holds them."""
    index = tmp_path_factory.mktemp("index")
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(SEARCH=search_in(index)):
        made = build()
        maintenance.rebuild()
        yield made, index
        transaction.set_rollback(True)


@pytest.fixture
def things(_built: tuple[dict[type, Any], Path], db: None, settings: Any, tmp_path: Path) -> dict[type, Any]:
    """One of each, built once; each test has an index of its own."""
    made, index = _built
    shutil.copytree(index, tmp_path / "index")
    settings.SEARCH = search_in(tmp_path / "index")
    return deepcopy(made)


def search_in(index: Path) -> dict[str, Any]:
    return {**conf.settings.SEARCH, "URL": f"sqlite:///{index}"}


def build() -> dict[type, Any]:
    """All held together: what one of them loses, the others tell of."""
    topic = Topic.objects.create(name="Boilers", slug="boilers")
    gwen = PersonFactory(name="Gwen Gone", public=True)
    community = CommunityFactory(title="Warm Homes", private=True, capacity=2, sponsor=gwen)
    make_member(gwen, community, FACILITATOR)
    make_member(PersonFactory(), community)
    make_member(PersonFactory(), community, state=State.WAITING)
    surgery = SurgeryFactory(title="Old boilers", community=community, private=True)
    session = SessionFactory(surgery=surgery)
    session.mentors.add(gwen)
    story = tell(StoryFactory(title="The weir", community=community, private=True), gwen)
    guidance = GuidanceFactory(title="Lagging", community=community, private=True, checked_by=gwen)
    for page in (community, surgery, story, guidance):
        page.topics.add(topic)
        page.save()
    gwen.skills.add(topic)
    return {type(thing): thing for thing in (gwen, community, surgery, session, story, guidance, topic)}


def stale() -> dict[str, Any]:
    """What the hub holds that its rows do not give. The command counts places, and fails where they differ."""
    call_command("check_memberships")
    return {
        "documents": maintenance.compare().keys(),
        "tokens": [str(wrong) for wrong in wrong_tokens()],
        "pages below": [*itertools.chain(*Page.find_problems())],
    }


NOTHING: dict[str, Any] = {"documents": [], "tokens": [], "pages below": []}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_stale_is_left(
    things: dict[type, Any], hub_team: User, kind: type, way: str, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        WAYS[way](things[kind], hub_team)
    assert not kind._default_manager.filter(pk=things[kind].pk).exists()  # type: ignore[attr-defined]  # a row
    assert stale() == NOTHING


@pytest.mark.parametrize("kind", KINDS)
def test_a_process_that_ends_after_the_commit_leaves_all_of_it_in_the_queue(
    things: dict[type, Any], hub_team: User, kind: type, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=False):  # what was to follow the commit never runs
        things[kind].delete()
    assert maintenance.compare().keys(), "if this fails, the line below proves nothing"
    queue.drain()
    assert stale() == NOTHING
