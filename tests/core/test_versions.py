"""Versions of what pages show, and the fragments that are kept under them: shared by readers with the same rights and
by nobody else, never older than the last change.
"""

from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.db.models import QuerySet
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from wagtail.images.tests.utils import get_test_image_file

from communities.models import CommunityPage, Membership
from core import versions
from core.after_commit import once_after_commit
from core.audiences import Audience
from core.fragments import Dependencies, keep, key_of, note
from core.models import HubImage
from home.models import HomePage
from importing.models import ImportedRow
from people.models import User
from stories.models import StoryPage
from tests.conftest import browse
from tests.factories import (
    CommunityFactory,
    PersonFactory,
    SessionFactory,
    StoryFactory,
    SurgeryFactory,
    TopicFactory,
    make_member,
)


def key(person: User | None = None, **needs: Any) -> str | None:
    """What a fragment that ``person`` sees is kept under, as a new request finds it."""
    request = RequestFactory().get("/")
    request.user = User.objects.get(pk=person.pk) if person else AnonymousUser()
    return key_of(request, "fragment", [], Dependencies(**needs))


def told(address: str, person: User | None = None) -> str:
    return browse(person).get(address).content.decode()


# -- who shares a fragment ---------------------------------------------------------------------------------------------
def test_colleagues_with_the_same_rights_share(carys: User, hub_team: User) -> None:
    assert key(carys) == key(hub_team)


def test_whoever_may_see_more_has_parts_of_their_own(
    bryn: User, carys: User, dev: User, private_community: CommunityPage
) -> None:
    resident = PersonFactory(first_name="Elin", resident=True)
    assert len({key(), key(resident), key(dev), key(carys), key(bryn)}) == 5


def test_on_a_page_of_a_community_only_its_members_differ(
    bryn: User, carys: User, dev: User, private_community: CommunityPage, community: CommunityPage
) -> None:
    story = StoryFactory(community=community)
    make_member(carys, CommunityFactory())
    keys = {name: key(person, of=story) for name, person in (("bryn", bryn), ("carys", carys), ("dev", dev))}
    assert keys["carys"] == key(PersonFactory(), of=story)
    assert len({key(of=story), *keys.values()}) == 4
    assert key(carys, of=story, links=True) != keys["carys"]


def test_the_language_is_part_of_it(home: HomePage) -> None:
    before = key()
    with override("cy"):
        assert key() != before


def test_what_a_member_saw_first_is_not_shown_to_the_next_reader(
    private_community: CommunityPage, dev: User, carys: User
) -> None:
    StoryFactory(title="Lanterns at the refuge", community=private_community, audience=Audience.MEMBERS)
    for address in ("/", "/stories/", "/communities/"):
        assert ("Lanterns" in told(address, dev)) is (address != "/communities/")
        for other in (carys, None):
            assert "Lanterns" not in told(address, other)
            assert "Safe Homes" not in told(address, other)


# -- when a fragment grows old -----------------------------------------------------------------------------------------
def test_the_second_reader_asks_less(home: HomePage, carys: User) -> None:
    StoryFactory.create_batch(3)
    reader = browse(carys)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            reader.get("/")
        return len(queries)

    first = asked()
    assert asked() <= first - 5


@pytest.mark.parametrize("address", ["/", "/stories/", "/communities/foster-care-together/", "/people/asha-okafor/"])
def test_a_new_title_shows_at_once(community: CommunityPage, asha: User, address: str) -> None:
    story = StoryFactory(title="The lane that drained", community=community)
    story.author_links.create(person=asha)
    story.save()
    make_public(asha)
    assert "The lane that drained" in told(address)
    story.title = "The lane that stayed dry"
    story.save_revision().publish()
    page = told(address)
    assert "stayed dry" in page
    assert "that drained" not in page


def make_public(person: User) -> None:
    person.audience = Audience.EVERYONE
    person.save()


def test_a_story_that_is_made_private_leaves_at_once(community: CommunityPage, bryn: User) -> None:
    story = StoryFactory(title="The lane that drained", community=community)
    assert "that drained" in told("/stories/")
    story.audience = Audience.MEMBERS
    story.save_revision().publish()
    assert "that drained" not in told("/stories/")
    assert "that drained" in told("/stories/", bryn)


def test_whoever_leaves_a_community_no_longer_reads_it(private_community: CommunityPage, dev: User) -> None:
    StoryFactory(title="Lanterns at the refuge", community=private_community, audience=Audience.MEMBERS)
    assert "Lanterns" in told("/stories/", dev)
    browse(dev).post("/communities/safe-homes/leave/")
    assert "Lanterns" not in told("/stories/", dev)


def test_a_deleted_story_leaves_at_once(home: HomePage) -> None:
    story = StoryFactory(title="The lane that drained")
    assert "that drained" in told("/stories/")
    story.delete()
    assert "that drained" not in told("/stories/")


def test_a_draft_in_preview_is_neither_kept_nor_given_what_is_kept(home: HomePage, hub_team: User) -> None:
    story = StoryFactory(need="<p>The lane flooded.</p>")
    assert "The lane flooded" in told(story.url)
    draft = StoryPage.objects.get(pk=story.pk)
    draft.need = "<p>Nobody may read this yet.</p>"
    preview = draft.make_preview_request(preview_mode="")
    assert b"Nobody may read this yet" in preview.render().content
    assert "Nobody may read this yet" not in told(story.url)
    assert "The lane flooded" in told(story.url)


CHANGES = {
    "a person": (lambda it: it["person"].save(), {"people"}),
    "a membership": (lambda it: make_member(it["person"], it["community"]), {"members", "members:{community}"}),
    "a topic": (lambda it: it["topic"].save(), {"topics"}),
    "a skill": (lambda it: it["person"].skills.add("Bees"), {"people"}),
    "a picture": (lambda it: it["picture"].save(), {"uploads"}),
    "a change in bulk that says so": (lambda _it: versions.begin_new(), {"site"}),
    "a story": (lambda it: it["story"].save(), {"stories", "community:{community}"}),
    "a story that moves": (
        lambda it: it["story"].move_to(it["other"]),
        {"stories", "community:{community}", "community:{other}"},
    ),
    "a story that moves in bulk": (
        lambda it: StoryPage.objects.update(community=it["other"]),
        {"stories", "community:{community}", "community:{other}"},
    ),
    "a story that is taken down": (lambda it: it["story"].unpublish(), {"stories", "community:{community}"}),
    "a story that goes": (lambda it: it["story"].delete(), {"stories", "community:{community}"}),
    "a page in bulk": (
        lambda _it: CommunityPage.objects.update(stage="paused"),
        {"communities", "community:{community}", "community:{other}"},
    ),
    "people in bulk": (lambda _it: User.objects.update(location="Here"), {"people"}),
    "memberships in bulk": (
        lambda it: Membership.objects.filter(community=it["community"]).update(note="Bees"),
        {"members", "members:{community}"},
    ),
    "the front page": (lambda _it: HomePage.objects.get().save(), {"site"}),
}
QUIET = {
    "signing in, in bulk": lambda _it: User.objects.update(last_login=None),
    "signing in": lambda it: it["person"].save(update_fields=["last_login"]),
    "a row that was imported": lambda _it: ImportedRow.objects.create(kind="story", imported_id="1", fingerprint="x"),
    "a topic that nothing has yet": lambda _it: TopicFactory(),
    "a picture that stands nowhere yet": lambda _it: picture(),
    "a draft": lambda it: it["story"].save_revision(),
    "a draft that nobody published": lambda it: it["drafted"].save(),
    "reading": lambda it: told(it["community"].url),
}


def picture() -> HubImage:
    return HubImage.objects.create(title="Bees", file=get_test_image_file())


def move_to(story: StoryPage, community: CommunityPage) -> None:
    story.community = community
    story.save_revision().publish()


@pytest.fixture
def things(community: CommunityPage, carys: User, asha: User, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.setattr(StoryPage, "move_to", move_to, raising=False)
    stories = [StoryFactory(community=community, live=live) for live in (True, False)]
    mine = {"person": carys, "topic": TopicFactory(), "picture": picture(), "other": CommunityFactory()}
    return {**mine, "community": community, "story": stories[0], "drafted": stories[1]}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_raises_its_own_scopes_and_no_others(things: dict[str, Any], change: str) -> None:
    do, scopes = CHANGES[change]
    wanted = {scope.format(**{name: thing.pk for name, thing in things.items()}) for scope in scopes}
    before = versions.read()
    do(things)
    after = versions.read()
    assert {scope for scope in after if after[scope] != before[scope]} == wanted


@pytest.mark.parametrize("change", QUIET)
def test_what_nobody_sees_raises_none(things: dict[str, Any], change: str) -> None:
    before = versions.current()
    QUIET[change](things)
    assert versions.current() == before


def test_every_model_says_whether_pages_show_it() -> None:
    """A model that says neither would be forgotten: its changes would show after ten minutes."""
    rooms = set(settings.ROOMS)
    models = [m for m in apps.get_models(include_auto_created=True) if m._meta.app_label in rooms]
    silent = [
        model._meta.label
        for model in models
        if not issubclass(model, versions.Versioned)
        and getattr(model, "changes_pages", True)
        and not model._meta.auto_created
    ]
    assert silent == []


def test_a_change_in_another_process_is_seen(home: HomePage) -> None:
    """All that the other process leaves here are rows in the database."""
    StoryFactory(title="The lane that drained", slug="lane")
    assert "that drained" in told("/stories/")
    QuerySet(StoryPage).filter(slug="lane").update(title="The lane that stayed dry")
    assert "that drained" in told("/stories/")
    versions.ScopeChange.objects.create(scope="stories", number=1)
    assert "stayed dry" in told("/stories/")


def test_a_scope_is_raised_once_a_transaction_however_often_it_changes(db: Any) -> None:
    versions.read()
    before = versions.ScopeChange.objects.count()
    for _time in range(3):
        versions.changed("topics", "people")
    assert versions.ScopeChange.objects.count() == before + 2


def test_a_version_that_was_read_is_never_the_version_of_something_else(db: Any) -> None:
    """Also not where the transaction that raised it was rolled back, and not where it changes more after reading."""
    seen = [versions.read()["topics"]]
    savepoint = transaction.savepoint()
    versions.changed("topics")
    seen.append(versions.read()["topics"])
    transaction.savepoint_rollback(savepoint)
    assert versions.read()["topics"] == seen[0]
    for _time in range(2):
        versions.changed("topics")
        seen.append(versions.read()["topics"])
    assert len(set(seen)) == 4


def test_folding_leaves_one_row_a_scope_and_every_version_as_it_is(db: Any) -> None:
    for _time in range(3):
        versions.changed("topics", "community:3")
        before = versions.read()
    versions.fold()
    assert versions.read() == before
    assert versions.ScopeChange.objects.count() == len(before)


def test_what_has_one_row_keeps_nothing_else_from_being_folded(db: Any) -> None:
    """Each person is a scope: thousands of rows that came first are nothing to fold, and stand before what is."""
    versions.changed(*(f"person:{pk}" for pk in range(6000)))
    for _time in range(3):
        versions.changed("topics")
        before = versions.read()["topics"]
    with CaptureQueriesContext(connection) as asked:
        versions.fold()
    assert versions.ScopeChange.objects.filter(scope="topics").count() == 1
    assert versions.read()["topics"] == before
    assert not any("person:" in each["sql"] for each in asked)


def test_all_versions_of_a_request_are_one_query(community: CommunityPage, bryn: User) -> None:
    reader = browse(bryn)
    reader.get(community.url)
    with CaptureQueriesContext(connection) as queries:
        reader.get(community.url)
    assert sum("scopechange" in query["sql"] for query in queries) == 1


# -- work after the commit ---------------------------------------------------------------------------------------------
def test_work_after_the_commit_is_done_once_and_outlives_a_part_that_was_rolled_back(
    db: Any, django_capture_on_commit_callbacks: Any
) -> None:
    done: list[int] = []

    def work() -> None:
        done.append(1)

    def fail() -> None:
        with transaction.atomic():
            once_after_commit(work)
            raise ZeroDivisionError

    with django_capture_on_commit_callbacks(execute=True):
        with pytest.raises(ZeroDivisionError):
            fail()
        once_after_commit(work)
        once_after_commit(work)
        assert done == []
    assert done == [1]
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ZeroDivisionError):
        fail()
    assert done == [1]
    with django_capture_on_commit_callbacks(execute=True):
        once_after_commit(work)
    assert done == [1, 1]


def test_a_session_that_moves_to_another_series_changes_what_the_first_one_shows(home: HomePage) -> None:
    left, taken = (SurgeryFactory(community=CommunityFactory()) for _each in range(2))
    session = SessionFactory(surgery=left)
    before = versions.read()[left.version_scope]
    session.surgery = taken
    session.save()
    assert versions.read()[left.version_scope] != before


def test_a_page_that_is_taken_down_changes_what_its_community_shows(home: HomePage) -> None:
    story = StoryFactory(community=CommunityFactory())
    before = versions.read()[story.version_scope]
    story.unpublish()
    assert versions.read()[story.version_scope] != before


def test_what_changes_while_a_fragment_is_rendered_is_not_kept_under_its_new_version(db: Any) -> None:
    """What another person did is asked for once a fragment says that it shows it."""
    scope, said = "person:12", ["before", "after", "nobody makes it again"]

    def look() -> str:
        request = RequestFactory().get("/")
        request.user = AnonymousUser()
        return keep(request, "kept.a-race", 60, make)

    def make() -> str:
        words = said.pop(0)
        note(SimpleNamespace(version_scope=scope))
        if words == "before":  # another one commits before the version is read
            versions.changed(scope)
        return words

    assert [look() for _time in range(3)] == ["before", "after", "after"]
