"""The fixed cast, and a hub to play in.

Asha facilitates the community, Bryn is a member, Carys works for the council but is not a member, Dev is a resident who
was invited to one community, Nobody is not signed in.
"""

import gc
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client, TestCase, override_settings
from django.utils import timezone
from hypothesis import HealthCheck, settings as hypothesis_settings

from communities.models import FACILITATOR, CommunityPage
from home.models import HomePage
from home.scaffold import prepare_hub
from indexing import maintenance
from people.models import User
from search import services as search
from tests import as_postgresql, quick, tables
from tests.database import emptied_but_for_what_stays, migrated_once
from tests.embeddings import read_once
from tests.engines import patience
from tests.factories import CommunityFactory, PersonFactory, make_member
from tests.replay import begins, replayed

if TYPE_CHECKING:
    from tests.visibility.world import World


# A busy machine is no fault of what is tested.
hypothesis_settings.register_profile("hub", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("hub")


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(quick)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--once", action="store_true", help="what a second database could answer otherwise")
    parser.addoption(
        "--quick",
        action="store_true",
        help="of each table a sample of its cells (tests/quick.py)",
    )
    parser.addoption(
        "--rooms", default="", help="of the tables of all rooms the rows of these (a,b) and one of the rest"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if lost := tables.out_of_sight(items):
        raise pytest.UsageError(f"A run that imports some files only would miss these: {', '.join(lost)}")
    left: set[pytest.Item] = set()
    if config.getoption("--once"):
        left.update(tables.not_asked(items))
    if rooms := config.getoption("--rooms"):
        left.update(tables.of_other_rooms(items, rooms.split(",")))
    if left:
        config.hook.pytest_deselected(items=[item for item in items if item in left])
        items[:] = [item for item in items if item not in left]
    tables.built_once(items)
    if getattr(config.option, "loadgroup", False):  # one of several processes
        tables.kept_together(items)


def pytest_collection_finish() -> None:
    """What was imported stays: the collector need not look at it again after every few thousand objects."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def _texts_are_read_once() -> Iterator[None]:
    with read_once():
        yield


@pytest.fixture(scope="session", autouse=True)
def _a_busy_cluster_is_not_away() -> Iterator[None]:
    with patience():
        yield


@pytest.fixture(scope="session", autouse=True)
def _sqlite_refuses_what_postgresql_refuses() -> Iterator[None]:
    with as_postgresql.refusing():
        yield


@pytest.fixture(autouse=True)
def _fresh_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: Any
) -> Iterator[None]:
    """The database is migrated once for one state of the migrations, and copied from then on."""
    with ExitStack() as stack:
        with django_db_blocker.unblock():
            stack.enter_context(migrated_once())
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Every test starts from an empty hub. It is made once: made for each test, it was half of what most tests took."""
    with ExitStack() as stack:
        with django_db_blocker.unblock(), search.paused():
            prepare_hub()
            if hasattr(connection, "_test_serialized_contents"):  # what a test with real transactions starts from, too
                stack.enter_context(emptied_but_for_what_stays())
        yield


@pytest.fixture
def _django_db_helper(_django_db_helper: None) -> None:
    begins()


@pytest.fixture
def home(db: Any) -> HomePage:
    """An empty hub: the front page and the index pages."""
    return HomePage.objects.get()


@pytest.fixture
@replayed
def community(home: HomePage) -> CommunityPage:
    """Foster Care Together: public, open to anybody."""
    return CommunityFactory(title="Foster Care Together", slug="foster-care-together")


@pytest.fixture
@replayed
def private_community(home: HomePage) -> CommunityPage:
    """Safe Homes: for its members only."""
    return CommunityFactory(title="Safe Homes", slug="safe-homes", private=True)


@pytest.fixture
@replayed
def asha(community: CommunityPage) -> User:
    """Facilitates the community."""
    person = PersonFactory(first_name="Asha", last_name="Okafor")
    make_member(person, community, FACILITATOR)
    return person


@pytest.fixture
@replayed
def bryn(community: CommunityPage) -> User:
    """A member of the community."""
    person = PersonFactory(first_name="Bryn", last_name="Powell")
    make_member(person, community)
    return person


@pytest.fixture
@replayed
def carys(home: HomePage) -> User:
    """Works for the council, and is no member."""
    return PersonFactory(first_name="Carys", last_name="Hughes")


@pytest.fixture
@replayed
def dev(private_community: CommunityPage) -> User:
    """A resident who was invited to the private community."""
    person = PersonFactory(first_name="Dev", last_name="Anand", resident=True)
    make_member(person, private_community)
    return person


@pytest.fixture
@replayed
def hub_team(home: HomePage) -> User:
    """Runs the hub, and is a member of nothing."""
    return User.objects.create_superuser("hub.team@example.org", "a long enough password")


def next_month() -> str:
    """A day to look at something again, as a browser sends it."""
    return (timezone.localdate() + timedelta(days=30)).isoformat()


def invite(by: User, community: CommunityPage, addresses: str, **said: str) -> Any:
    """``by`` invites people to the community with its form, and what follows the commit is done."""
    said = {"kind": "resident", "purpose": "Lives by the lake.", "review_on": next_month(), **said}
    with TestCase.captureOnCommitCallbacks(execute=True):
        return browse(by).post(f"{community.url}members/invite/", {"addresses": addresses, **said}, follow=True)


def browse(person: User | None = None) -> Client:
    """A browser that ``person`` is signed in with; Nobody's without one."""
    client = Client()
    if person is not None:
        client.force_login(person)
    return client


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> "Iterator[World]":
    """One thing of each kind for each audience, found by search too. Built once for a module: what a test changes in it
    is undone after the test."""
    from django.conf import settings

    from tests.visibility.world import build_world

    index = {**settings.SEARCH, "URL": f"sqlite:///{tmp_path_factory.mktemp('index')}"}
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(SEARCH=index):
        with search.paused():
            made = build_world()
        maintenance.rebuild()
        yield made
        transaction.set_rollback(True)
