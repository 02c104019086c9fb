"""Kept parts of pages: shared by readers with the same rights and by nobody else, never older than the last change."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from wagtail.images.tests.utils import get_test_image_file

from communities.models import CommunityPage, Membership
from core import versions
from core.after_commit import once_after_commit
from core.audiences import Audience
from core.models import Edition, HubImage
from home.models import HomePage
from importing.models import ImportedRow
from people.models import User
from stories.models import StoryPage
from tests.conftest import browse
from tests.factories import PersonFactory, StoryFactory, TopicFactory, make_member


def key(person: User | None = None, **attributes: Any) -> str:
    """What a part that ``person`` sees is kept under, as a new request finds it."""
    request = RequestFactory().get("/")
    request.user = User.objects.get(pk=person.pk) if person else AnonymousUser()
    for name, value in attributes.items():
        setattr(request, name, value)
    return versions.as_seen(request)


def told(address: str, person: User | None = None) -> str:
    return browse(person).get(address).content.decode()


# -- who shares a part -------------------------------------------------------------------------------------------------
def test_colleagues_with_the_same_rights_share(carys: User, hub_team: User) -> None:
    assert key(carys) == key(hub_team)


def test_whoever_may_see_more_has_parts_of_their_own(
    bryn: User, carys: User, dev: User, private_community: CommunityPage
) -> None:
    resident = PersonFactory(first_name="Elin", resident=True)
    assert len({key(), key(resident), key(dev), key(carys), key(bryn)}) == 5


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


# -- when a part grows old ---------------------------------------------------------------------------------------------
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
    "a person": lambda it: it["person"].save(),
    "a membership": lambda it: make_member(it["person"], it["community"]),
    "a topic": lambda _it: TopicFactory(),
    "a skill": lambda it: it["person"].skills.add("Bees"),
    "a picture": lambda _it: HubImage.objects.create(title="Bees", file=get_test_image_file()),
    "a change in bulk that says so": lambda _it: versions.begin_new(),
    "a page in bulk": lambda _it: CommunityPage.objects.update(stage="paused"),
    "people in bulk": lambda _it: User.objects.update(job_title="Baker"),
    "memberships in bulk": lambda it: Membership.objects.filter(person=it["person"]).update(note="Bees"),
}
QUIET = {
    "signing in, in bulk": lambda _it: User.objects.update(last_login=None),
    "signing in": lambda it: it["person"].save(update_fields=["last_login"]),
    "a row that was imported": lambda _it: ImportedRow.objects.create(kind="story", imported_id="1", fingerprint="x"),
    "reading": lambda it: told(it["community"].url),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_begins_a_new_edition(community: CommunityPage, carys: User, change: str) -> None:
    before = versions.current()
    CHANGES[change]({"person": carys, "community": community})
    assert versions.current() != before


@pytest.mark.parametrize("change", QUIET)
def test_what_nobody_sees_begins_none(community: CommunityPage, carys: User, change: str) -> None:
    before = versions.current()
    QUIET[change]({"person": carys, "community": community})
    assert versions.current() == before


def test_a_change_in_another_process_is_seen(home: HomePage) -> None:
    """All that the other process leaves here is the number in the database."""
    Edition.objects.get_or_create(pk=1)
    StoryFactory(title="The lane that drained", slug="lane")
    assert "that drained" in told("/stories/")
    QuerySet(StoryPage).filter(slug="lane").update(title="The lane that stayed dry")
    assert "that drained" in told("/stories/")
    Edition.objects.update(number=F("number") + 1)
    assert "stayed dry" in told("/stories/")


def test_the_number_rises_once_a_transaction_and_after_its_commit(
    db: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        TopicFactory()
    before = Edition.objects.get().number
    with django_capture_on_commit_callbacks(execute=True):
        TopicFactory.create_batch(3)
        assert Edition.objects.get().number == before
    assert Edition.objects.get().number == before + 1


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
