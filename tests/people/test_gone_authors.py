"""What somebody wrote keeps or drops their name as the privacy page says, everywhere at once."""

from collections.abc import Callable
from typing import Any

import pytest

from indexing import maintenance
from knowledge.models import GuidancePage
from people.models import User
from stories.models import StoryPage
from tests.conftest import browse
from tests.factories import GuidanceFactory, PersonFactory, SessionFactory, StoryFactory, tell


def by_queryset(gone: User, _team: User) -> None:
    User.objects.filter(pk=gone.pk).delete()


def by_itself(gone: User, _team: User) -> None:
    gone.delete()


def on_the_screen(gone: User, team: User) -> None:
    assert browse(team).post(f"/admin/users/delete/{gone.pk}/").status_code == 302


def with_others(gone: User, team: User) -> None:
    other = PersonFactory(name="Second Teller")
    tell_more(StoryPage.objects.get(), other)
    address = f"/admin/bulk/people/user/delete/?id={gone.pk}&id={other.pk}&next=/admin/users/"
    assert browse(team).post(address).status_code == 302


def tell_more(story: StoryPage, person: User) -> None:
    story.author_links.create(person=person, sort_order=9)
    story.save()


DEEDS: list[Callable[[User, User], None]] = [by_queryset, by_itself, on_the_screen, with_others]


@pytest.fixture
def told(home: Any, carys: User) -> tuple[StoryPage, GuidancePage]:
    PersonFactory(name="Gone Teller", public=True)
    gone = User.objects.get(name="Gone Teller")
    story = tell(StoryFactory(title="The weir"), carys, gone)
    page = GuidanceFactory(title="Weirs", checked_by=gone, checked_on="2026-01-02")
    page.authors.add(gone)
    session = SessionFactory(title="Weir hour")
    session.mentors.add(gone)
    return story, page


def places(*pages: Any) -> str:
    addresses = ["/stories/", "/guidance/", "/search/?q=weir", "/people/", "/surgeries/", *(page.url for page in pages)]
    return "".join(browse().get(address).content.decode() for address in addresses)


@pytest.mark.parametrize("deed", DEEDS)
def test_whoever_is_deleted_is_named_nowhere(
    told: Any, hub_team: User, deed: Callable[[User, User], None], django_capture_on_commit_callbacks: Any
) -> None:
    maintenance.rebuild()
    assert "Gone Teller" in places(*told)
    with django_capture_on_commit_callbacks(execute=True):
        deed(User.objects.get(name="Gone Teller"), hub_team)
    assert "Gone Teller" not in places(*told)
    assert StoryPage.objects.get().byline == "Carys Hughes"
    assert not maintenance.compare().keys()


def test_whoever_is_made_inactive_keeps_their_name_and_has_no_page(told: Any) -> None:
    gone = User.objects.get(name="Gone Teller")
    gone.is_active = False
    gone.save()
    for page in told:
        html = browse().get(page.url).content.decode()
        assert "Gone Teller" in html
        assert gone.get_absolute_url() not in html


def test_the_editor_says_what_deleting_takes_away(hub_team: User, carys: User) -> None:
    html = browse(hub_team).get(f"/admin/users/delete/{carys.pk}/").content.decode()
    assert "make them inactive" in html
