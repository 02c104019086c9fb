"""Whose word it takes before readers see what somebody wrote: one process, at either door."""

from typing import Any

import pytest
from django.test import TestCase
from django.urls import reverse
from wagtail.models import PageLogEntry, Task, TaskState

from communities.approval import approvers, notices, requests, rules
from communities.approval.workflow import community_workflow
from communities.choices import Approval, Capability
from communities.content_writing.access import at_once_in
from communities.models import CommunityPage, Holding
from communities.models.approval import ApprovalRule, ApprovalSettings, CommunityApproval
from core.notices import Happened
from home.to_do import AskedOfYou
from people.models import User
from stories.models import StoryPage
from stories.writing.kinds import WRITING
from tests.conftest import browse
from tests.editing import Editor
from tests.factories import CommunityFactory, PersonFactory, StoryFactory, make_member
from tests.stories.test_writing import TOLD, grant, new, told


@pytest.fixture
def publishers(community: CommunityPage, asha: User, bryn: User) -> None:
    """Every member publishes; Asha is a steward."""
    grant(community, Capability.WRITE_STORIES, Capability.PUBLISH_STORIES)


def draft(community: CommunityPage, owner: User | None = None) -> StoryPage:
    story: StoryPage = StoryFactory(community=community, owner=owner, live=False, title="Lantern", slug="lantern-draft")
    story.save_revision(user=owner)
    return story


def sent(community: CommunityPage, by: User) -> StoryPage:
    story = draft(community, by)
    requests.send(story, by)
    return story


def task_of(story: StoryPage) -> TaskState:
    found: TaskState = TaskState.objects.get(workflow_state__object_id=str(story.pk), status="in_progress")
    return found


def agree(person: User, story: StoryPage, at: StoryPage | None = None) -> Any:
    """Press *Approve* in the editor, at the address of the page or of another one."""
    args = [(at or story).pk, "approve", task_of(story).pk]
    return browse(person).post(reverse("wagtailadmin_pages:workflow_action", args=args), {"comment": ""})


def is_live(story: StoryPage) -> bool:
    return bool(StoryPage.objects.get(pk=story.pk).live)


AT_ONCE = {Approval.NOTHING: {"asha", "bryn"}, Approval.STEWARD: {"asha"}, Approval.ANOTHER: set()}


@pytest.mark.parametrize("rule", Approval)
def test_form_editor_and_service_give_one_answer(
    rule: Approval, community: CommunityPage, asha: User, bryn: User, publishers: None
) -> None:
    ApprovalRule.objects.create(community=community, rule=rule)
    for name, pk in (("asha", asha.pk), ("bryn", bryn.pk)):
        person = User.objects.get(pk=pk)
        story = draft(community, person)
        expected = name in AT_ONCE[rule]
        assert at_once_in(person, WRITING, community) is expected
        assert story.permissions_for_user(person).can_publish() is expected
        writer = new(person, community)
        writer.press("publish", **{**TOLD, "title": name})
        assert (is_live(told(name)), requests.is_waiting(told(name))) == (expected, not expected)
        assert approvers.approves(User.objects.get(pk=pk), told(name)) is (expected and rule != Approval.ANOTHER)
        story.delete()


def test_what_the_form_sends_is_approved_in_the_editor(community: CommunityPage, asha: User, bryn: User) -> None:
    grant(community, Capability.WRITE_STORIES)
    writer = new(bryn, community)
    writer.press("save", **TOLD)
    writer.press("send")
    story = told()
    assert task_of(story) in CommunityApproval.objects.get().get_task_states_user_can_moderate(asha)
    assert "Take it back" in browse(bryn).get(writer.address).content.decode()
    assert writer.press("save", need="Other words.").status_code == 409
    agree(bryn, story)
    assert not is_live(story)
    agree(asha, story)
    assert is_live(story)
    done = PageLogEntry.objects.filter(page=story.pk).values_list("action", flat=True)
    assert {"wagtail.workflow.start", "wagtail.workflow.approve", "wagtail.publish"} <= set(done)


def test_what_the_editor_submits_is_answered_on_the_form(community: CommunityPage, asha: User, bryn: User) -> None:
    grant(community, Capability.WRITE_STORIES)
    story = draft(community, bryn)
    Editor(bryn, story).submit({"title": "Lantern, again"})
    address = f"/stories/writing/{story.pk}/"
    assert [each.pk for each in browse(asha).get("/stories/writing/").context["sent"]] == [story.pk]
    browse(asha).post(f"{address}back/", {"word": "Say where."})
    word = browse(bryn).get(address).context["last"]
    assert (word.is_returned, word.word, word.by) == (True, "Say where.", asha)
    assert not requests.is_waiting(story)
    requests.send(story, bryn)
    browse(bryn).post(f"{address}take-back/")
    assert requests.last_word(story) is None


def test_no_author_agrees_to_their_own(community: CommunityPage, asha: User, bryn: User, publishers: None) -> None:
    ApprovalRule.objects.create(community=community, rule=Approval.ANOTHER)
    story = sent(community, asha)
    agree(asha, story)
    assert not is_live(story)
    assert task_of(story) not in CommunityApproval.objects.get().get_task_states_user_can_moderate(asha)
    agree(bryn, story)
    assert is_live(story)


def test_the_address_of_ones_own_page_opens_no_other(community: CommunityPage, asha: User, bryn: User) -> None:
    mine = sent(community, bryn)
    other = CommunityFactory(title="Teasel folk", slug="teasel-folk")
    theirs = StoryFactory(community=other, live=False, title="Teasel", slug="teasel-draft")
    theirs.save_revision()
    requests.send(theirs, bryn)
    agree(asha, theirs, at=mine)
    assert not is_live(theirs)


def test_a_right_that_ended_a_second_ago_agrees_to_nothing(community: CommunityPage, asha: User, bryn: User) -> None:
    story = sent(community, bryn)
    assert approvers.approves(asha, story)  # and what was asked is remembered for the request
    Holding.objects.filter(membership__person=asha).delete()
    with pytest.raises(approvers.NotTheirs):
        requests.answer(story, asha, "approve")
    assert not is_live(story)


def test_where_nobody_is_left_the_hub_team_is_asked(community: CommunityPage, asha: User, hub_team: User) -> None:
    ApprovalRule.objects.create(community=community, rule=Approval.ANOTHER)
    story = sent(community, asha)
    event = Happened(notices.ASKED, f"stories.storypage:{story.pk}", actor=asha.pk)
    assert list(notices.who_agrees(event)) == [hub_team.pk]
    second = PersonFactory(first_name="Second")
    make_member(second, community, "facilitator")
    assert list(notices.who_agrees(event)) == [second.pk]
    agree(hub_team, story)
    assert is_live(story)


def asked(person: User) -> list[str]:
    """What the front page says that ``person`` is to publish, by where it leads."""
    page = browse(person).get("/")
    found: list[AskedOfYou] = [one for one in page.context["asked_of_me"] if one.title.startswith("To be published")]
    assert ("To be published" in page.content.decode()) == bool(found)  # what is kept of the page says the same
    return [one.url for one in found]


def number(person: User) -> int:
    new: int = browse(person).get("/inbox/new/").json()["new"]
    return new


@pytest.mark.parametrize("settles", ["sends it back", "publishes it", "takes it back"])
def test_what_waits_for_a_word_is_asked_of_whoever_agrees_until_it_is_settled(
    settles: str, community: CommunityPage, asha: User, bryn: User, carys: User, hub_team: User
) -> None:
    grant(community, Capability.WRITE_STORIES)
    second = PersonFactory(first_name="Second")
    make_member(second, community, "facilitator")
    with TestCase.captureOnCommitCallbacks(execute=True):
        story = sent(community, bryn)
    everybody = (asha, second, bryn, carys, hub_team)
    assert [len(asked(person)) for person in everybody] == [1, 1, 0, 0, 0]
    assert asked(asha) == [story.writing_address]
    assert (number(asha), number(second)) == (1, 1)
    with TestCase.captureOnCommitCallbacks(execute=True):
        if settles == "takes it back":
            requests.take_back(story, bryn)
        else:
            requests.answer(story, second, "approve" if settles == "publishes it" else "reject", "Not yet.")
    assert [asked(person) for person in everybody] == [[]] * 5
    assert number(asha) == (settles == "publishes it")  # the story itself is new to her


def test_what_waits_where_nobody_is_left_is_asked_of_the_hub_team(
    community: CommunityPage, asha: User, hub_team: User
) -> None:
    ApprovalRule.objects.create(community=community, rule=Approval.ANOTHER)
    sent(community, asha)
    assert (len(asked(hub_team)), len(asked(asha))) == (1, 0)


def test_of_a_closed_community_the_hub_team_hears_that_something_waits_and_not_what(
    private_community: CommunityPage, hub_team: User
) -> None:
    ApprovalRule.objects.create(community=private_community, rule=Approval.ANOTHER)
    kit = PersonFactory(first_name="Kit")
    make_member(kit, private_community, "facilitator")
    with TestCase.captureOnCommitCallbacks(execute=True):
        sent(private_community, kit)
    found = [one for one in browse(hub_team).get("/").context["asked_of_me"] if "waits to be published" in one.title]
    address = reverse("communities:facilitators", args=[private_community.slug])
    assert [(one.title, one.url) for one in found] == [("Something waits to be published in Safe Homes", address)]
    inbox = browse(hub_team).get("/inbox/").content.decode()
    assert ("Something waits to be published in Safe Homes" in inbox, "Lantern" in inbox, "Kit" in inbox) == (
        True,
        False,
        False,
    )


def test_a_change_of_a_communitys_own_page_is_told_and_asked_too(
    community: CommunityPage, asha: User, hub_team: User
) -> None:
    ApprovalRule.objects.create(community=community, rule=Approval.ANOTHER)
    second = PersonFactory(first_name="Second")
    make_member(second, community, "facilitator")
    community.purpose = "Another purpose."
    community.save_revision(user=asha)
    with TestCase.captureOnCommitCallbacks(execute=True):
        requests.send(community, asha)
    assert asked(second) == [reverse("wagtailadmin_pages:edit", args=[community.pk])]
    assert "asks you to publish something" in browse(second).get("/inbox/").content.decode()
    with TestCase.captureOnCommitCallbacks(execute=True):
        requests.answer(community, second, "reject", "It was better before.")
    assert "It was better before." in browse(asha).get("/inbox/").content.decode()


def test_stewards_choose_within_what_the_organisation_allows(community: CommunityPage, asha: User, bryn: User) -> None:
    address = reverse("communities:approval", args=[community.slug])
    assert browse(bryn).get(address).status_code == 404
    browse(asha).post(address, {"rule": Approval.STEWARD})
    assert rules.rules().of(community.pk) is Approval.STEWARD
    ApprovalSettings.objects.create(steward=False, nothing=False)
    assert browse(asha).post(address, {"rule": Approval.NOTHING}).status_code == 422
    assert rules.rules().of(community.pk) is Approval.ANOTHER


def test_groups_of_wagtail_agree_to_nothing(community: CommunityPage, bryn: User, hub_team: User) -> None:
    browser = browse(hub_team)
    for address in ("tasks/select_type/", "tasks/add/wagtailcore/groupapprovaltask/"):
        assert browser.get(f"/admin/workflows/{address}").status_code == 404
    story = draft(community, bryn)
    assert story.get_workflow() == community_workflow()


def test_a_workflow_without_its_task_publishes_nothing(community: CommunityPage, bryn: User, hub_team: User) -> None:
    workflow = community_workflow()
    workflow.workflow_tasks.all().delete()
    Task.objects.update(active=False)
    story = sent(community, bryn)
    assert not is_live(story)
    assert task_of(story).task.active


def test_people_from_outside_enter_the_editor_with_a_role_alone(community: CommunityPage, publishers: None) -> None:
    dana = PersonFactory(first_name="Dana", resident=True)
    make_member(dana, community)
    assert browse(dana).get(f"/stories/writing/new/{community.slug}/").status_code == 200
    assert browse(dana).get("/admin/").status_code == 302
    make_member(PersonFactory(first_name="Eve", resident=True), community, "facilitator")
    assert browse(User.objects.get(name__startswith="Eve")).get("/admin/").status_code == 200


def test_choosers_call_a_page_as_readers_do(community: CommunityPage, asha: User) -> None:
    other = CommunityFactory(title="Teasel folk", slug="teasel-folk")
    for name, whose in (("Lantern", community), ("Teasel", other)):
        story = StoryFactory(community=whose, title=name, slug=name.lower())
        story.title = f"{name} in a draft"
        story.save_revision()
    shown = browse(asha).get(f"/admin/choose-page/{story.get_parent().pk}/").content.decode()
    assert "Lantern in a draft" in shown
    assert "Teasel in a draft" not in shown
