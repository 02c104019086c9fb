"""You said, we did: stages, who hears of them, who owes an outcome, and where it is shown."""

import uuid
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from communities.models import FACILITATOR, CommunityPage
from conversations import services as talk
from conversations.choices import Feeling, IdeaStage, Kind, Level
from conversations.models import CommunityPromise, Conversation, Step
from conversations.moving import services as moving
from conversations.outcomes import services
from conversations.outcomes.listings import changed_because
from conversations.polls import services as polls
from conversations.services import CannotPost
from core.outbox import drain
from core.working_days.models import ClosedDay
from indexing import maintenance
from notifications.models import Notice
from people.models import User
from tests.conftest import browse
from tests.conversations.saying import answered, begun
from tests.conversations.test_told import found, inbox
from tests.factories import PersonFactory, make_member

DONE = "“Who has a tall ladder?” is done"
OVER = "“Who has a tall ladder?” is over. Say what comes of it"
OWED = "People have answered “Who has a tall ladder?”. Say what comes of it"


@pytest.fixture
def idea(community: CommunityPage, bryn: User) -> Conversation:
    return begun(community, bryn, Kind.IDEA)


@pytest.fixture
def consultation(community: CommunityPage, bryn: User) -> Conversation:
    """Bryn's, which asked until yesterday."""
    found = begun(community, bryn, Kind.CONSULTATION)
    Conversation.objects.update(closing_day=timezone.localdate() - timedelta(days=1))
    found.refresh_from_db()
    return found


def fellow(community: CommunityPage, name: str) -> User:
    person: User = PersonFactory(first_name=name)
    make_member(person, community)
    return person


# -- setting a stage ---------------------------------------------------------------------------------------------------
def test_an_outcome_is_linked_to_what_was_said(idea, asha, bryn):
    post = answered(idea, bryn, "Mine is eight metres long.")
    sent = {"stage": "done", "word": "It hangs in the hall.", "said": [post.pk]}
    assert browse(asha).post(f"{idea.url}stage/", sent).url == idea.url
    course = browse(bryn).get(idea.url).context["course"]
    assert (course.now.stage, course.now.by, course.now.is_outcome) == ("done", asha, True)
    assert [(quoted.words, quoted.url) for quoted in course.quoted] == [("Mine is eight metres long.", idea.url_of(2))]
    talk.remove(post, bryn)
    assert browse(bryn).get(idea.url).context["course"].quoted == []


def test_what_was_split_off_into_another_community_is_quoted_no_more(idea, asha, bryn, carys, private_community):
    """The words behind an outcome have the readers of where they stand now."""
    post = answered(idea, bryn, "About my neighbour.")
    services.set_stage(idea, asha, IdeaStage.DONE, "It hangs in the hall.", [post.pk])
    new, _entry = moving.split(idea, [2], Kind.DISCUSSION, "The neighbour", asha, "It is about somebody.")
    assert browse(asha).get(idea.url).context["course"].quoted == []
    assert [line["said"] for line in changed_because(carys)] == [""]
    assert new.posts.get().text == "About my neighbour."


def test_an_outcome_for_which_nothing_is_chosen_quotes_the_idea(idea, asha):
    services.set_stage(idea, asha, IdeaStage.WILL_DO, "In spring.")
    assert [post.number for post in Step.objects.get().said.all()] == [1]


def test_posts_of_another_conversation_are_not_quoted(idea, community, asha, bryn):
    other = begun(community, bryn).posts.get()
    sent = {"stage": "done", "word": "It hangs in the hall.", "said": [other.pk]}
    assert browse(asha).post(f"{idea.url}stage/", sent).status_code == 422
    services.set_stage(idea, asha, IdeaStage.DONE, "It hangs in the hall.", [other.pk])
    assert other not in Step.objects.get().said.all()


def test_will_not_needs_a_because_and_keeps_what_was_chosen(idea, asha):
    answer = browse(asha).post(f"{idea.url}stage/", {"stage": "will_not", "word": "  "})
    assert (answer.status_code, answer.context["form"]["stage"].value()) == (422, "will_not")
    assert not Step.objects.exists()


def test_it_goes_back_with_a_word_and_keeps_its_history(idea, asha):
    services.set_stage(idea, asha, IdeaStage.WILL_NOT, "No money.")
    services.set_stage(idea, asha, IdeaStage.CONSIDERING, "There is money again.")
    course = browse(asha).get(idea.url).context["course"]
    assert [step.stage for step in course.steps] == ["considering", "will_not"]
    idea.refresh_from_db()
    assert idea.stage == IdeaStage.CONSIDERING


def test_who_sets_a_stage(idea, community, asha, bryn, carys):
    asked = [browse(who).get(f"{idea.url}stage/").status_code for who in (asha, bryn, carys)]
    assert asked == [200, 404, 404]
    assert browse(asha).get(f"{begun(community, bryn).url}stage/").status_code == 404
    asha.memberships.all().delete()
    with pytest.raises(CannotPost):
        services.set_stage(idea, asha, IdeaStage.DONE, "Too late.")


# -- telling -----------------------------------------------------------------------------------------------------------
def test_all_who_took_part_hear_of_it_once_and_those_who_muted_it_do_not(idea, community, asha, bryn):
    said, voted, muted, silent = [fellow(community, name) for name in ("Said", "Voted", "Muted", "Silent")]
    talk.react(idea.posts.get(), said, Feeling.AGREE)
    talk.react(idea.posts.get(), muted, Feeling.AGREE)
    talk.set_level(idea, muted, Level.MUTE)
    poll = polls.set_up(idea, bryn, "Whose?", ["Mine", "Yours"], is_secret=False)
    polls.vote(poll, voted, [poll.options.first().pk])
    polls.vote(poll, bryn, [poll.options.first().pk])
    services.set_stage(idea, asha, IdeaStage.DONE, "It hangs in the hall.")
    told = [inbox(person).count(DONE) for person in (bryn, said, voted, muted, silent, asha)]
    assert told == [1, 1, 1, 0, 0, 0]


def test_a_stage_that_another_followed_is_told_no_more(idea, asha, bryn):
    services.set_stage(idea, asha, IdeaStage.CONSIDERING, "We ask the hall.")
    services.set_stage(idea, asha, IdeaStage.DONE, "It hangs in the hall.")
    assert inbox(bryn) == [DONE]


# -- what is owed ------------------------------------------------------------------------------------------------------
@pytest.fixture
def at(monkeypatch: Any) -> Any:
    """Ask for reminders so many working days after the closing day, which was a Friday, at ten or at another hour."""

    def ask(conversation: Conversation, days: int, hour: int = 10) -> None:
        zone = timezone.get_current_timezone()
        now = datetime(2026, 9, 4, hour, tzinfo=zone) + timedelta(days=days)
        Conversation.objects.filter(pk=conversation.pk).update(closing_day=datetime(2026, 9, 4, tzinfo=zone).date())
        monkeypatch.setattr(timezone, "now", lambda: now)
        services.remind()
        monkeypatch.undo()

    return ask


def test_those_who_owe_an_outcome_are_reminded_once_and_then_the_sponsor(
    consultation, community, asha, bryn, carys, at
):
    community.sponsor = carys
    community.save()
    heard = []
    for days, hour in [(0, 10), (1, 10), (3, 22), (3, 10), (4, 10), (10, 10), (11, 10), (17, 10), (30, 10)]:
        at(consultation, days, hour)
        drain("notices")
        told = Notice.objects.filter(happening__kind="conversations.outcome_owed")
        heard.append([told.filter(person=person).count() for person in (asha, carys)])
    assert heard == [[0, 0]] * 3 + [[1, 0]] * 2 + [[2, 0]] * 2 + [[3, 1]] * 2
    assert OVER in inbox(carys)


def test_nobody_is_said_to_have_answered_where_nobody_has(consultation, community, asha, bryn, at):
    at(consultation, 3)
    assert inbox(asha) == [OVER]
    answered(consultation, bryn)
    assert inbox(asha) == [OWED]


def test_nobody_is_reminded_on_a_bank_holiday_of_the_communitys_region(consultation, community, asha, at):
    CommunityPromise.objects.create(community=community, region="scotland")
    ClosedDay.objects.create(date=date(2026, 9, 7), name="A day of Scotland", region="scotland")
    for days, told in ((3, 0), (4, 1)):
        at(consultation, days)
        assert inbox(asha).count(OVER) == told


@pytest.mark.parametrize("stage", [IdeaStage.WILL_DO, IdeaStage.WILL_NOT, IdeaStage.DONE])
def test_nothing_is_owed_for_what_has_its_outcome(stage, consultation, asha, at):
    services.set_stage(consultation, asha, stage, "So it is.")
    at(consultation, 4)
    consultation.refresh_from_db()
    assert (consultation.reminders, inbox(asha)) == (0, [])


def test_an_outcome_that_is_taken_back_is_owed_anew(consultation, asha, at):
    at(consultation, 30)
    sunday = datetime(2026, 10, 4, 9, tzinfo=timezone.get_current_timezone())
    for hour, stage in enumerate((IdeaStage.DONE, IdeaStage.CONSIDERING, IdeaStage.OPEN)):
        step = services.set_stage(consultation, asha, stage, "So it is.")
        Step.objects.filter(pk=step.pk).update(at=sunday + timedelta(hours=hour))
    consultation.refresh_from_db()
    assert consultation.reminders == 0
    told = []
    for days in (30, 31, 37, 38):
        at(consultation, days)
        consultation.refresh_from_db()
        told.append(consultation.reminders)
    assert told == [0, 1, 1, 2]


def test_whoever_asks_for_longer_is_reminded_later(consultation, asha, bryn, at):
    at(consultation, 4)
    ahead = timezone.localdate() + timedelta(days=9)
    browse(bryn).post(f"{consultation.url}closing-day/", {"day": f"{ahead}"})
    consultation.refresh_from_db()
    assert (consultation.closing_day, consultation.reminders, inbox(asha).count(OVER)) == (ahead, 0, 0)


def test_a_consultation_asks_until_the_day_that_is_said_or_for_three_weeks(community, bryn):
    today = timezone.localdate()
    for day, expected in (("", today + timedelta(days=21)), (f"{today}", today)):
        sent = {"kind": "consultation", "title": "Roads", "text": "Which?", "audience": "everyone", "closing_day": day}
        sent |= {"key": str(uuid.uuid4())}
        assert browse(bryn).post(f"/conversations/in/{community.slug}/new/", sent).status_code == 302
        assert Conversation.objects.latest("pk").closing_day == expected


# -- where it is shown -------------------------------------------------------------------------------------------------
def test_what_changed_stands_on_the_front_page_and_on_the_community(idea, community, asha, bryn, carys):
    services.set_stage(idea, asha, IdeaStage.DONE, "It hangs in the hall.")
    shown = browse(carys).get("/").context["outcomes"]
    assert [(one["said"], one["detail"], one["url"]) for one in shown] == [
        ("For Saturday.", "It hangs in the hall.", idea.url)
    ]
    assert "It hangs in the hall." in browse(carys).get(community.url).content.decode()
    services.set_stage(idea, asha, IdeaStage.OPEN, "It fell down.")
    assert list(browse(carys).get("/").context["outcomes"]) == []
    assert "It hangs in the hall." not in browse(carys).get(community.url).content.decode()


def test_what_will_not_be_done_bears_no_tick_and_words_that_are_gone_leave_no_quotation_marks(idea, asha, carys):
    services.set_stage(idea, asha, IdeaStage.DONE, "It hangs in the hall.")
    [did] = browse(carys).get("/").context["outcomes"]
    services.set_stage(idea, asha, IdeaStage.WILL_NOT, "No hall.")
    [not_done] = browse(carys).get("/").context["outcomes"]
    assert (did["icon"], not_done["icon"]) == ("", "closed")
    shown = [{"did": "Done: A hook", "said": "", "url": "/"}]
    assert "“" not in render_to_string("components/said_did.html", {"items": shown})


def test_a_consultation_that_is_closed_before_its_last_day_asks_nobody_any_more(community, asha, bryn, carys):
    consultation = begun(community, bryn, Kind.CONSULTATION)
    assert "Answers are asked for until" in browse(carys).get(consultation.url).content.decode()
    talk.close(consultation, asha, "We know enough.")
    assert "Answers are asked for until" not in browse(carys).get(consultation.url).content.decode()


def test_what_changed_behind_closed_doors_is_told_to_its_members(private_community, dev, carys):
    person = PersonFactory()
    make_member(person, private_community, FACILITATOR)
    idea = begun(private_community, person, Kind.IDEA)
    services.set_stage(idea, person, IdeaStage.DONE, "It hangs in the hall.")
    assert [len(browse(who).get("/").context["outcomes"]) for who in (person, carys, None)] == [1, 0, 0]


def test_an_outcome_is_found(idea, asha, carys):
    maintenance.rebuild()
    services.set_stage(idea, asha, IdeaStage.DONE, "It hangs beside the umbrellas.")
    assert found(carys, "umbrellas")
