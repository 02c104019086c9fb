"""Whoever loses a right while they write in the editor gets back what they typed, and reads why."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone

from communities.choices import Capability
from communities.grants import services as grants
from communities.models import FACILITATOR, CommunityPage, Grant, Holding, KeptText, Role
from core.tidying import TIDYINGS
from people.models import User
from stories.models import StoryPage
from tests.communities.granting import CABINET, given, in_days
from tests.communities.qualified import awarded, demanded
from tests.conftest import browse
from tests.core.test_editor_forms import story
from tests.factories import CommunityFactory, PersonFactory, StoryFactory, make_member

TYPED = "The lanterns were Bryn’s idea."
SECRET = "Quillwort is told to nobody."


@pytest.fixture
def page(community: CommunityPage, asha: User, bryn: User) -> StoryPage:
    """A draft by somebody else, which Asha is writing on."""
    found = StoryFactory(title="Lantern draft", slug="lantern-draft", community=community, owner=bryn, live=False)
    found.summary = SECRET
    found.save_revision(user=bryn)
    return found


def edit(page: StoryPage) -> str:
    return f"/admin/pages/{page.pk}/edit/"


def typed(page: StoryPage, **fields: Any) -> dict[str, Any]:
    said = {"title": page.title, "slug": page.slug, "summary": f"{SECRET}\n{TYPED}", "community": page.community_id}
    return story(**{**said, **fields})


def role_ended(person: User) -> None:
    Holding.objects.filter(membership__person=person).update(until=timezone.now())


def grant_withdrawn(person: User) -> None:
    for grant in Grant.objects.all():
        grants.withdraw(grant, PersonFactory(is_superuser=True), CABINET, "It is over.")


def qualification_lapsed(person: User) -> None:
    """The role is suspended at once; what was granted to all is over for long, and not the reason."""
    ended = {"since": -9, "until": in_days(-1)}
    given(person.memberships.get().community, PersonFactory(is_superuser=True), Capability.WRITE_STORIES, **ended)
    awarded(person, demanded(Holding.objects.get(membership__person=person).role), PersonFactory(), ends_in=-1)


def by_grant(person: User, community: CommunityPage) -> None:
    """From a role that gives nothing of itself, and a grant to whoever holds it."""
    role_ended(person)
    scribe = Role.objects.create(name="Scribe", slug="scribe")
    answered = {"answered": scribe.responsibilities.first(), "accepts": True}
    Holding.objects.create(membership=person.memberships.get(), role=scribe, since=timezone.now(), **answered)
    given(community, PersonFactory(is_superuser=True), Capability.WRITE_STORIES, role=scribe)


def opened(person: User, page: StoryPage) -> Client:
    browser = browse(person)
    assert browser.get(edit(page)).status_code == 200
    return browser


@pytest.mark.parametrize("is_elsewhere_too", [False, True], ids=["out of the editor", "still in the editor"])
@pytest.mark.parametrize("ends", [role_ended, grant_withdrawn, qualification_lapsed])
def test_what_was_typed_is_kept_with_the_reason(
    page: StoryPage, asha: User, community: CommunityPage, ends: Callable[[User], None], is_elsewhere_too: bool
) -> None:
    if ends is grant_withdrawn:
        by_grant(asha, community)
    browser = opened(asha, page)
    ends(asha)
    if is_elsewhere_too:
        make_member(asha, CommunityFactory(), FACILITATOR)
    answer = browser.post(edit(page), typed(page))
    text = KeptText.objects.get(person=asha)
    assert (answer.status_code, answer["Location"]) == (302, text.get_absolute_url())
    shown = browser.get(text.get_absolute_url())
    assert shown.context["text"].pieces == [["Summary", TYPED]]
    assert community.title in str(shown.context["because"])
    assert ("Safeguarding ended on" in str(shown.context["because"])) is (ends is qualification_lapsed)
    assert (reverse("qualifications:mine") in shown.content.decode()) is (ends is qualification_lapsed)
    assert SECRET not in shown.content.decode()
    assert page.revisions.count() == 1


def test_autosave_tells_at_once(page: StoryPage, asha: User) -> None:
    browser = opened(asha, page)
    role_ended(asha)
    answer = browser.post(edit(page), typed(page), headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["error_code"]) == (403, "locked")
    browser.post(edit(page), typed(page, summary="Twice."), headers={"Accept": "application/json"})
    assert KeptText.objects.get(person=asha).pieces == [["Summary", "Twice."]]


def test_a_new_story_is_kept_too(asha: User, community: CommunityPage, home: Any) -> None:
    browser, index = browse(asha), StoryFactory().get_parent()
    role_ended(asha)
    address = f"/admin/pages/add/stories/storypage/{index.pk}/"
    browser.post(address, story(title="Nineteen carers", community=community.pk))
    assert KeptText.objects.get(person=asha).pieces == [["Title", "Nineteen carers"]]


def test_a_stranger_learns_nothing(page: StoryPage, carys: User) -> None:
    other = CommunityFactory()
    make_member(carys, other, FACILITATOR)
    assert browse(carys).post(edit(page), typed(page)).status_code == 404
    assert not KeptText.objects.exists()


def test_of_a_community_that_was_left_only_ones_own_words_are_told(asha: User, bryn: User, home: Any) -> None:
    closed = CommunityFactory(title="Quillwort folk", private=True)
    membership = make_member(asha, closed, FACILITATOR)
    page = StoryFactory(title="Quillwort", community=closed, private=True, owner=bryn)
    page.save_revision(user=bryn).publish()
    browser = opened(asha, page)
    membership.delete()
    answer = browser.post(edit(page), typed(page, title="Quillwort"), follow=True)
    assert answer.context["text"].pieces[-1][1].endswith(TYPED)
    assert "Quillwort folk" not in answer.content.decode()
    assert not answer.context["may_be_sent"]


def kept(page: StoryPage, person: User) -> KeptText:
    browser = opened(person, page)
    role_ended(person)
    browser.post(edit(page), typed(page))
    return KeptText.objects.get(person=person)


def test_it_is_sent_to_those_who_publish_and_to_nobody_else(
    page: StoryPage, asha: User, bryn: User, community: CommunityPage
) -> None:
    text = kept(page, asha)
    gwen = PersonFactory(first_name="Gwen")
    make_member(gwen, community, FACILITATOR)
    address = text.get_absolute_url()
    assert [browse(each).get(address).status_code for each in (gwen, bryn)] == [404, 404]
    browse(asha).post(f"{address}send/")
    assert [browse(each).get(address).status_code for each in (asha, gwen, bryn)] == [200, 200, 404]
    assert browse(gwen).post(f"{address}discard/").status_code == 404


def test_what_is_thrown_away_is_counted_beside_nobodys_face(
    page: StoryPage, asha: User, bryn: User, community: CommunityPage
) -> None:
    gwen = PersonFactory(first_name="Gwen")
    make_member(gwen, community, FACILITATOR)
    with TestCase.captureOnCommitCallbacks(execute=True):
        text = kept(page, asha)
        browse(asha).post(f"{text.get_absolute_url()}send/")
    number = lambda: [browse(each).get("/inbox/new/").json()["new"] for each in (asha, gwen)]  # noqa: E731 (asked twice)
    before = number()
    browse(asha).post(f"{text.get_absolute_url()}discard/")
    assert [one - 1 for one in before] == number()


def test_where_nobody_publishes_it_stays(page: StoryPage, asha: User) -> None:
    text = kept(page, asha)
    browse(asha).post(f"{text.get_absolute_url()}send/")
    text.refresh_from_db()
    assert text.sent_at is None


def test_it_goes_after_thirty_days(page: StoryPage, asha: User) -> None:
    kept(page, asha)
    forget = TIDYINGS.get("texts that were kept for somebody")
    assert forget
    for days, are_left in ((29, True), (31, False)):
        KeptText.objects.update(kept_at=timezone.now() - timedelta(days=days))
        forget()
        assert KeptText.objects.exists() is are_left


def test_its_person_throws_it_away(page: StoryPage, asha: User) -> None:
    text = kept(page, asha)
    browse(asha).post(f"{text.get_absolute_url()}discard/")
    assert not KeptText.objects.exists()
