"""The case that began it: a draft opened a private page to the world. And its siblings, one by one."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from communities.models import FACILITATOR, CommunityPage, Membership, State
from core.audience_check import wrong_tokens
from core.audiences import EVERYONE, ORGANISATION, Audience
from people.models import User
from stories.models import StoryPage
from surgeries.models import Session, SurgeryPage
from tests.conftest import browse
from tests.editing import Editor
from tests.factories import (
    CommunityFactory,
    GuidanceFactory,
    PersonFactory,
    SessionFactory,
    StoryFactory,
    SurgeryFactory,
    make_member,
)

Commit = Any


@pytest.fixture
def edith(home: Any) -> User:
    """One of Wagtail's own group of editors, who may not publish."""
    person: User = PersonFactory(first_name="Edith")
    person.groups.add(Group.objects.get(name="Editors"))
    return person


@pytest.fixture
def story(home: Any) -> StoryPage:
    """Live, for the organisation."""
    return StoryFactory(title="Closing the depot", audience=Audience.ORGANISATION)


@pytest.mark.parametrize("deed", [Editor.save_draft, Editor.autosave, Editor.submit, Editor.preview, Editor.lock])
def test_an_editor_who_may_not_publish_opens_nothing(story: StoryPage, edith: User, deed: Any) -> None:
    deed(Editor(edith, story), {"audience": "everyone"})
    story.refresh_from_db()
    assert (story.audience_token, browse().get(story.url).status_code) == (ORGANISATION, 404)


def test_a_draft_that_narrows_hides_nothing(community: CommunityPage, edith: User) -> None:
    story = StoryFactory(community=community)
    make_member(edith, community, FACILITATOR)
    Editor(edith, community).save_draft({"audience": "members"})
    assert [browse().get(page.url).status_code for page in (community, story)] == [200, 200]


def test_a_draft_of_a_private_community_opens_nothing_that_it_looks_after(private_community: CommunityPage) -> None:
    looked_after = [make(community=private_community) for make in (StoryFactory, GuidanceFactory, SurgeryFactory)]
    things = [private_community, *looked_after, SessionFactory(surgery=looked_after[-1])]
    private_community.audience = Audience.EVERYONE
    private_community.save_revision(approved_go_live_at=timezone.now() + timedelta(days=1))
    assert [browse().get(thing.url).status_code for thing in things] == [404] * len(things)
    assert list(wrong_tokens()) == []


def test_a_story_in_a_draft_of_a_public_community_stays_where_it_is(private_community: CommunityPage) -> None:
    story = StoryFactory(community=private_community)
    story.community = CommunityFactory()
    story.save_revision()
    assert browse().get(story.url).status_code == 404


def test_a_part_of_an_object_that_holds_a_draft_is_saved_alone(story: StoryPage) -> None:
    story.audience = Audience.EVERYONE  # not saved
    story.summary = "Another."
    story.save(update_fields=["summary"])
    assert StoryPage.objects.get().audience_token == ORGANISATION
    story.community = CommunityFactory()
    story.save(update_fields=["community"])
    assert StoryPage.objects.get().audience_token == ORGANISATION


# -- pages that are not live -------------------------------------------------------------------------------------------
def test_a_draft_of_an_unpublished_community_changes_nothing(
    private_community: CommunityPage, carys: User, hub_team: User
) -> None:
    story = StoryFactory(community=private_community)
    make_member(hub_team, private_community, FACILITATOR)
    private_community.capacity = 1
    private_community.save()
    make_member(carys, private_community, state=State.WAITING)
    private_community.unpublish()
    editor = Editor(hub_team, private_community)
    editor.save_draft({"audience": "everyone", "capacity": "9"})
    assert browse().get(story.url).status_code == 404
    assert Membership.objects.get(person=carys).state == State.WAITING
    editor.publish({"audience": "everyone", "capacity": "9"})
    assert browse().get(story.url).status_code == 200
    assert Membership.objects.get(person=carys).state == State.ACTIVE


def test_the_name_of_an_unpublished_community_is_told_by_no_story(community: CommunityPage, hub_team: User) -> None:
    shown = [StoryFactory(community=community), GuidanceFactory(community=community)]
    session = SessionFactory(surgery=SurgeryFactory(community=community))
    community.unpublish()
    Editor(hub_team, community).save_draft({"title": "Closing the depot"})
    for address in ["/", "/stories/", "/guidance/", "/surgeries/", *(page.url for page in [*shown, session])]:
        assert "Closing the depot" not in browse().get(address).content.decode()


def test_a_new_page_with_a_later_date_is_never_live_before(home: Any) -> None:
    story = StoryFactory(go_live_at=timezone.now() + timedelta(days=1))
    assert browse().get(story.url).status_code == 404


def test_a_live_page_that_no_revision_is_known_of_stays_until_the_date(story: StoryPage) -> None:
    story.title, story.go_live_at = "Another title", timezone.now() + timedelta(days=1)
    story.save_revision().publish()
    now = StoryPage.objects.get()
    assert (now.live, now.title, now.live_revision.as_object().title) == (True, "Closing the depot", now.title)


# -- surgeries ---------------------------------------------------------------------------------------------------------
def test_a_series_that_returns_is_announced_to_calendars_that_held_it(home: Any, hub_team: User) -> None:
    session = SessionFactory()
    surgery = SurgeryPage.objects.get()
    surgery.unpublish()
    editor = Editor(hub_team, surgery)
    editor.save_draft({"place": "Town hall"})
    assert Session.objects.get(pk=session.pk).sequence == 0
    editor.publish({"place": "Town hall"})
    assert Session.objects.get(pk=session.pk).sequence == 1


def test_a_part_of_a_session_that_is_saved_announces_that_part(home: Any) -> None:
    session = SessionFactory()
    session.title, session.capacity = "Not saved", 4
    session.save(update_fields=["capacity"])
    assert Session.objects.get().sequence == 0
    session.save(update_fields=["title"])
    assert Session.objects.get().sequence == 1


# -- copies and aliases ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("make", [CommunityFactory, StoryFactory, GuidanceFactory, SurgeryFactory])
@pytest.mark.parametrize("alias", [False, True])
def test_an_imported_page_is_copied_without_the_number_of_its_row(
    home: Any, hub_team: User, make: Any, alias: bool
) -> None:
    page = make(imported_id="a:1", title="The lane", slug="lane")
    data = {"new_title": "The lane", "new_slug": "lane-2", "new_parent_page": page.get_parent().pk}
    extra = {"alias": "on"} if alias else {"publish_copies": "on"}
    answer = browse(hub_team).post(f"/admin/pages/{page.pk}/copy/", {**data, **extra})
    copied = type(page).objects.get(slug="lane-2")
    assert (answer.status_code, copied.imported_id, bool(copied.alias_of_id)) == (302, None, alias)
    assert browse().get(copied.url).status_code == 200


def test_an_alias_follows_its_original_and_keeps_its_own_row(home: Any) -> None:
    page = StoryFactory(imported_id="a:1")
    alias = page.create_alias(update_slug="alias")
    page.audience, page.title = Audience.ORGANISATION, "Another title"
    page.save_revision()
    assert StoryPage.objects.get(pk=alias.pk).audience_token == EVERYONE
    page.latest_revision.publish()
    alias = StoryPage.objects.get(pk=alias.pk)
    assert (alias.title, alias.audience_token, alias.imported_id) == ("Another title", ORGANISATION, None)


def test_an_old_version_does_not_bring_back_the_number_of_its_row(home: Any) -> None:
    page = StoryFactory(imported_id="a:1")
    old = page.save_revision()
    StoryPage.objects.update(imported_id=None)
    StoryFactory(imported_id="a:1")
    StoryPage.objects.get(pk=page.pk).revisions.get(pk=old.pk).publish()
    assert StoryPage.objects.get(pk=page.pk).imported_id is None


def test_a_copy_of_a_page_with_a_draft_is_a_draft(story: StoryPage, hub_team: User) -> None:
    Editor(hub_team, story).save_draft({"audience": "everyone"})
    copy = StoryPage.objects.get().copy(update_attrs={"slug": "copy"}, keep_live=False)
    assert not copy.live
    assert [browse().get(page.url).status_code for page in (story, copy)] == [404, 404]


def test_a_copied_date_is_another_date_to_calendars(home: Any, hub_team: User) -> None:
    session = SessionFactory(imported_id="e:1")
    address = f"/admin/snippets/surgeries/session/copy/{session.pk}/"
    browser = browse(hub_team)
    assert 'action="/admin/snippets/surgeries/session/add/"' in browser.get(address).content.decode()
    form = Editor(hub_team, session.surgery).open(address, "w-editor-form")
    answer = browser.post("/admin/snippets/surgeries/session/add/", form)
    new = Session.objects.exclude(pk=session.pk).get()
    assert answer.status_code == 302
    assert (new.imported_id, new.uid == session.uid, new.sequence) == (None, False, 0)


# -- what is saved beside it -------------------------------------------------------------------------------------------
def test_an_autosave_begins_no_new_edition_and_queues_nothing(community: CommunityPage, edith: User) -> None:
    from core import versions
    from tests.indexing.queued import queued

    StoryFactory(community=community)
    queued().delete()
    before = versions.current()
    Editor(edith, community).autosave({"title": "Another title"})
    assert (versions.current(), queued().count()) == (before, 0)
