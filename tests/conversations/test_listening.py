"""Listening against broadcasting: what is counted, and of whom nothing is said."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given, strategies as st

from communities.models import CommunityPage
from conversations import services
from conversations.choices import IdeaStage, Kind
from conversations.listening.figures import (
    FEWEST,
    Ideas,
    Listening,
    Questions,
    Voices,
    _half_of,
    _months_until,
    counted,
)
from conversations.models import Conversation, Post
from conversations.outcomes.services import set_stage
from conversations.promise.services import withdraw
from core.working_days.models import ClosedDay
from people.models import User
from tests.conftest import browse
from tests.conversations.saying import answered, begun
from tests.factories import PersonFactory, make_member


def listening(community: CommunityPage, reader: User | None = None) -> Any:
    return browse(reader).get(f"/conversations/in/{community.slug}/listening/").context["listening"]


@pytest.fixture
def people(community: CommunityPage) -> list[User]:
    """As many members as are counted together at least."""
    made = PersonFactory.create_batch(FEWEST)
    for person in made:
        make_member(person, community)
    return made


def moved(conversation: Conversation, number: int, moment: datetime) -> None:
    """A post was written at another moment."""
    Post.objects.filter(conversation=conversation, number=number).update(posted=moment)
    if number == 1:
        Conversation.objects.filter(pk=conversation.pk).update(begun=moment)


def test_what_is_announced_stands_against_what_is_answered(community, asha, bryn):
    begun(community, asha, Kind.ANNOUNCEMENT)
    talk = begun(community, asha)
    answered(talk, bryn)
    services.remove(answered(talk, bryn, "Never mind."), bryn)
    figures = listening(community)
    assert (figures.announced, figures.answered, figures.unanswered_announcements) == (1, 1, 1)
    assert figures.by_month[-1] == (timezone.localdate().replace(day=1), 1, 1)
    assert len(figures.by_month) == 12


def test_what_one_adds_to_ones_own_words_is_no_answer(community, asha, bryn):
    announced = begun(community, asha, Kind.ANNOUNCEMENT)
    counted = []
    for who, text in ((asha, "Bring boots."), (bryn, "How deep is it?"), (asha, "To the knee.")):
        answered(announced, who, text)
        figures = listening(community)
        counted.append((figures.answered, figures.unanswered_announcements))
    assert counted == [(0, 1), (1, 0), (2, 0)]


def test_what_is_older_than_a_year_is_not_counted(community, asha, bryn):
    talk = begun(community, asha)
    answered(talk, bryn)
    moved(talk, 2, timezone.now() - timedelta(days=370))
    assert listening(community).answered == 0


def test_a_month_begins_by_the_clock_on_the_wall(community, asha, bryn):
    """At half past midnight on the first of a summer month it is still the month before in Greenwich."""
    talk = begun(community, asha)
    answered(talk, bryn)
    today = timezone.localdate()
    july = date(today.year if today >= date(today.year, 7, 2) else today.year - 1, 7, 1)
    moved(talk, 2, timezone.make_aware(datetime(july.year, 7, 1, 0, 30)))  # noqa: DTZ001 (made aware)
    months = {month.first: month.answered for month in listening(community).by_month}
    assert months[july] == 1


def test_a_question_is_heard_once_somebody_else_answers(community, asha, bryn):
    question = begun(community, bryn, Kind.QUESTION)
    answered(question, bryn, "Anybody?")
    assert listening(community).questions == Questions(1, 0, 0, 0, None)
    post = answered(question, asha)
    services.mark_answer(post, bryn)
    assert listening(community).questions == Questions(1, 1, 1, 1, 0)


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "the same day"), (1.0, "1 working day"), (1.5, "1.5 working days"), (2.0, "2 working days")],
)
def test_the_days_until_an_answer_are_whole_where_they_are(days, words):
    assert Questions(2, 2, 2, 0, days).in_words == words


def test_questions_are_counted_by_the_month_in_which_they_were_asked(community, asha, bryn, carys):
    with time_machine.travel(datetime(2026, 3, 29, 2, 30, tzinfo=timezone.get_default_timezone())):  # the clock changes
        begun(community, carys, Kind.QUESTION)
    with time_machine.travel(datetime(2026, 5, 1, 0, 30, tzinfo=timezone.get_default_timezone())):  # April in UTC
        answered(begun(community, carys, Kind.QUESTION), bryn)
        months = {str(month.first): (month.asked, month.heard) for month in listening(community).questions.by_month}
    assert (months["2026-03-01"], months["2026-04-01"], months["2026-05-01"]) == ((1, 0), (0, 0), (1, 1))


def test_what_came_of_ideas_is_counted(community, asha, bryn):
    stages = (IdeaStage.OPEN, IdeaStage.CONSIDERING, IdeaStage.DONE, IdeaStage.DONE, IdeaStage.WILL_NOT)
    for number, stage in enumerate(stages):
        kind = Kind.CONSULTATION if number == 1 else Kind.IDEA
        set_stage(begun(community, bryn, kind, title=f"Idea {number}"), asha, stage, "So it is.")
    begun(community, bryn)
    ideas = listening(community).ideas
    assert ideas == Ideas(begun=5, considered=1, will_do=0, done=2, will_not=1)
    assert (ideas.waiting, listening(community, bryn).ideas) == (2, ideas)


def test_of_few_voices_nothing_is_said(community, people):
    talk = begun(community, people[0])
    for person in people[1:-1]:
        answered(talk, person)
    assert listening(community).voices is None
    answered(talk, people[-1])
    answered(talk, people[-1])
    assert listening(community).voices == Voices(people=FEWEST, half=2)


def test_what_one_may_not_read_is_not_counted(community, asha, bryn, carys):
    answered(begun(community, asha, audience="members"), bryn)
    assert (listening(community, bryn).answered, listening(community, carys).answered) == (1, 0)
    everywhere = browse(carys).get("/conversations/listening/").context["listening"]
    assert everywhere.answered == 0


def test_of_the_hub_what_is_open_is_counted_once_a_day_for_all_who_belong_alike(community, asha, bryn, carys, dev):
    """So that the page costs the same however much was said: nothing of it is counted again for the next one."""
    answered(begun(community, asha, audience="everyone"), bryn)
    answered(begun(community, asha, audience="organisation"), bryn)
    answered(begun(community, asha, audience="members"), bryn)

    def figure(reader: User) -> tuple[int, list[str]]:
        with CaptureQueriesContext(connection) as asked:
            answer = browse(reader).get("/conversations/listening/")
        counting = [each["sql"] for each in asked if "conversations_post" in each["sql"]]
        return answer.context["listening"].answered, counting

    staff, residents = figure(asha), figure(dev)
    assert (staff[0], residents[0]) == (2, 1)
    answered(begun(community, asha, audience="everyone"), bryn)
    assert (figure(bryn), figure(carys), figure(dev)) == ((2, []), (2, []), (1, []))
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        assert figure(carys)[0] == 3


def test_a_private_community_is_nobodys_business(private_community, carys):
    assert browse(carys).get(f"/conversations/in/{private_community.slug}/listening/").status_code == 404


def test_figures_ask_as_often_however_much_was_said(community, people, django_assert_num_queries):
    begun(community, people[0], Kind.QUESTION)
    shown = Conversation.objects.in_community(community).shown_to(people[0])

    def all_of_them() -> None:
        figures = Listening(shown)
        _all = figures.by_month, figures.questions, figures.ideas, figures.voices, figures.unanswered_announcements

    all_of_them()  # the reader's rights are asked once
    with django_assert_num_queries(7) as few:
        all_of_them()
    for person in people:
        answered(begun(community, person, Kind.QUESTION), people[0])
    with django_assert_num_queries(len(few)):
        all_of_them()


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)))
def test_the_last_months_end_with_this_one(today):
    months = list(_months_until(today))
    assert (len(months), months[-1]) == (12, today.replace(day=1))
    assert all(later > earlier for earlier, later in pairwise(months))


@given(st.lists(st.integers(1, 500), min_size=1, max_size=60).map(lambda counts: sorted(counts, reverse=True)))
def test_half_of_the_posts_come_from_the_fewest(counts):
    half = _half_of(counts)
    assert sum(counts[:half]) * 2 >= sum(counts) > sum(counts[: half - 1]) * 2


def test_what_is_kept_of_a_community_follows_whatever_is_done(community, asha, bryn):
    question, idea = begun(community, bryn, Kind.QUESTION), begun(community, bryn, Kind.IDEA)
    shown = Conversation.objects.in_community(community).shown_to(AnonymousUser())
    deeds: dict[str, Callable[[], object]] = {
        "answered": lambda: answered(question, asha),
        "marked": lambda: services.mark_answer(question.posts.get(number=2), asha),
        "removed": lambda: services.remove(question.posts.get(number=2), asha, "It was the wrong ladder."),
        "will do": lambda: set_stage(idea, asha, IdeaStage.WILL_DO, "In May."),
        "announced": lambda: begun(community, asha, Kind.ANNOUNCEMENT),
        "withdrawn": lambda: withdraw(question, "I have one now.", bryn),
    }
    seen = [replace(listening(community), at=None)]
    for name, deed in deeds.items():
        with TestCase.captureOnCommitCallbacks(execute=True):
            deed()
        seen.append(replace(listening(community), at=None))
        assert seen[-1] == replace(counted(Listening(shown)), at=None), name
    assert all(one != other for one, other in pairwise(seen))


def test_what_is_kept_of_a_community_follows_its_bank_holidays(community, asha, bryn):
    question = begun(community, bryn, Kind.QUESTION)
    answered(question, asha)
    friday, tuesday = (datetime(2026, 11, day, 12, tzinfo=UTC) for day in (20, 24))
    moved(question, 1, friday)
    moved(question, 2, tuesday)
    with time_machine.travel(datetime(2026, 11, 27, 12, tzinfo=UTC), tick=False):
        before = listening(community).questions.days
        ClosedDay.objects.create(date=date(2026, 11, 23), name="A day for the lantern")
        assert (before, listening(community).questions.days) == (2, 1)
