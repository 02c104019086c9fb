"""A question is acknowledged and answered in time, and whoever asked sees where it stands: through the pages, as the
cast does it, in a week that begins on Monday, 3 March 2031.
"""

import uuid
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import TestCase
from django.urls import reverse

from accounts.leaving import services as leaving
from accounts.leaving.listings import groups_of
from communities import services as memberships
from communities.models import CommunityPage
from conversations import services
from conversations.choices import Clock, Ended, Kind, Reached
from conversations.listed import values_for
from conversations.models import CommunityPromise, Conversation, Promise, PromisedDays
from conversations.moving import services as moving, undoing
from conversations.permissions import part_of
from conversations.promise import rates
from conversations.promise.listings import stand_of
from conversations.promise.reminders import remind, see_to_keepers
from core.outbox import drain
from core.working_days.models import ClosedDay, WorkingHours
from home.listings import asked_of as asked_on_the_front_page
from indexing.documents import key_of
from people.away import Absence
from people.handover import CannotGive
from people.models import User
from tests.conftest import browse
from tests.conversations.saying import answered, begun
from tests.conversations.test_told import inbox
from tests.factories import PersonFactory, at, make_member

MONDAY = at(2031, 3, 3, 10)
DAY = timedelta(days=1)


@pytest.fixture
def clock(home: Any) -> Iterator[Any]:
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def question(clock: Any, community: CommunityPage, carys: User, asha: User) -> Conversation:
    """Carys, who is no member, asks the community something on Monday."""
    return begun(community, carys, Kind.QUESTION)


@pytest.fixture
def kept(question: Conversation, bryn: User) -> User:
    """Bryn keeps the promise, and Ellis, a member, stands in."""
    ellis = PersonFactory(first_name="Ellis", last_name="Ward")
    make_member(ellis, question.community)
    CommunityPromise.objects.create(community=question.community, keeper=bryn, backup=ellis)
    return ellis


def stand(question: Conversation) -> Promise:
    return Promise.objects.select_related("conversation").get(conversation=question)


def days(question: Conversation) -> tuple[date, date | None]:
    promise = stand(question)
    last = [each and (each - timedelta(hours=1)).date() for each in (promise.acknowledge_by, promise.answer_by)]
    return last[0], last[1]


def ask_back(question: Conversation, by: User) -> Any:
    question.refresh_from_db()
    said = {"text": "Which one?", "key": str(uuid.uuid4()), "seen": str(question.last_number)}
    return browse(by).post(f"{question.url}ask-back/", said)


# -- the days ----------------------------------------------------------------------------------------------------------
def test_it_is_seen_within_a_working_day_and_answered_within_three(question):
    assert days(question) == (date(2031, 3, 4), date(2031, 3, 6))


def test_nothing_else_is_promised_an_answer(clock, community, bryn):
    assert not hasattr(begun(community, bryn), "promise")


def test_the_organisation_sets_other_days_for_what_is_asked_from_then_on(question, community, carys):
    settings = PromisedDays.load()
    settings.acknowledge_within, settings.answer_within = 2, 5
    settings.save()
    assert days(begun(community, carys, Kind.QUESTION)) == (date(2031, 3, 5), date(2031, 3, 10))
    assert days(question)[1] == date(2031, 3, 6)


def test_a_calendar_that_is_changed_moves_open_questions_alone(question, community, carys, bryn):
    done = begun(community, carys, Kind.QUESTION)
    services.mark_answer(answered(done, bryn), carys)
    closed = ClosedDay.objects.create(date=date(2031, 3, 5), name="Flood")
    assert (days(question)[1], days(done)[1]) == (date(2031, 3, 7), date(2031, 3, 6))
    assert stand(question).closed_days == [["2031-03-05", "Flood", False]]
    closed.delete()
    assert days(question)[1] == date(2031, 3, 6)


def test_the_region_of_the_community_counts(question, asha, community):
    ClosedDay.objects.create(date=date(2031, 3, 4), name="A day of Scotland’s", region="scotland")
    assert days(question)[0] == date(2031, 3, 4)
    browse(asha).post(reverse("conversations:promise_of", args=[community.slug]), {"region": "scotland"})
    assert days(question) == (date(2031, 3, 5), date(2031, 3, 7))
    hours = WorkingHours.load()
    hours.region = "scotland"
    hours.save()
    assert days(question) == (date(2031, 3, 5), date(2031, 3, 7))


# -- acknowledged ------------------------------------------------------------------------------------------------------
def test_a_word_of_somebody_else_acknowledges_it_as_long_as_it_stands(question, bryn, carys):
    answered(question, carys, "It is for Saturday.")
    assert stand(question).acknowledged is None
    post = answered(question, bryn)
    assert stand(question).acknowledged_by == bryn
    services.remove(post, bryn)
    assert stand(question).acknowledged is None


def test_a_member_says_that_they_look_into_it(question, bryn, carys):
    browse(bryn).post(f"{question.url}look/")
    assert (stand(question).acknowledged_by, stand(question).is_open) == (bryn, True)
    assert inbox(carys) == ["Bryn Powell looks into “Who has a tall ladder?”"]


def test_nobody_acknowledges_their_own_question(clock, community, bryn):
    own = begun(community, bryn, Kind.QUESTION)
    assert browse(bryn).post(f"{own.url}look/").status_code == 404


# -- answered ----------------------------------------------------------------------------------------------------------
def test_a_reply_is_no_answer_until_somebody_says_so(question, bryn, carys):
    post = answered(question, bryn)
    assert stand(question).is_open
    browse(carys).post(f"/conversations/posts/{post.pk}/answer/")
    assert stand(question).ended_as == Ended.ANSWERED


def test_an_unmarked_answer_opens_it_again_and_the_days_between_do_not_count(question, bryn, carys, clock):
    post = answered(question, bryn)
    services.mark_answer(post, carys)
    clock.move_to(MONDAY + 2 * DAY)
    services.unmark_answer(post, carys)
    assert stand(question).is_open
    assert days(question)[1] == date(2031, 3, 7)  # Tuesday passed while it was taken for answered


def test_what_is_closed_without_an_answer_has_ended_so(question, asha):
    services.close(question, asha, "See the notice board.")
    assert stand(question).ended_as == Ended.CLOSED
    services.reopen(question, asha)
    assert stand(question).is_open


def test_whoever_asked_needs_no_answer_any_more_and_asks_again(question, carys, bryn):
    assert browse(carys).post(f"{question.url}withdraw/", {"word": ""}).status_code == 422
    browse(carys).post(f"{question.url}withdraw/", {"word": "My neighbour has one."})
    question.refresh_from_db()
    assert (stand(question).ended_as, question.closing_word) == (Ended.WITHDRAWN, "My neighbour has one.")
    assert browse(bryn).post(f"{question.url}ask-again/").status_code == 404
    browse(carys).post(f"{question.url}ask-again/")
    question.refresh_from_db()
    assert (stand(question).is_open, question.closed) == (True, None)


# -- waiting -----------------------------------------------------------------------------------------------------------
def test_asking_back_stops_the_second_clock_until_whoever_asked_says_something(question, bryn, carys, clock):
    ask_back(question, bryn)
    promise = stand(question)
    assert (promise.is_waiting, promise.answer_by, promise.acknowledged_by) == (True, None, bryn)
    assert browse(carys).get("/").context["asked_of_me"][0].title == "Bryn Powell asks you back"
    clock.move_to(MONDAY + 2 * DAY)
    answered(question, bryn, "It can wait.")
    assert stand(question).is_waiting
    answered(question, carys, "A tall one.")
    assert (stand(question).is_waiting, days(question)[1]) == (False, date(2031, 3, 7))  # Tuesday does not count


def test_one_asks_back_what_is_open_and_not_one_s_own(question, bryn, carys, dev):
    assert [ask_back(question, each).status_code for each in (carys, dev)] == [404, 404]
    services.mark_answer(answered(question, bryn), carys)
    assert ask_back(question, bryn).status_code == 409


def test_what_others_said_meanwhile_is_read_first(question, bryn, asha):
    answered(question, asha)
    said = {"text": "Which one?", "key": str(uuid.uuid4()), "seen": "1"}
    again = browse(bryn).post(f"{question.url}ask-back/", said)
    assert (again.status_code, again.context["form"]["text"].value()) == (409, "Which one?")
    assert not stand(question).is_waiting


# -- whose it is -------------------------------------------------------------------------------------------------------
def reminded(*people: User) -> list[int]:
    drain("notices")
    return [sum("question" in title for title in inbox(person)) for person in people]


def front(person: User) -> list[str]:
    return [one.title for one in asked_on_the_front_page(person) if "ladder" in one.title]


def test_nobody_is_said_to_see_to_what_they_asked_themselves(kept, community, bryn, carys):
    """Bryn, who keeps the promise, asks: it is for Ellis, who stands in, to see to it, as he is told."""
    asked = begun(community, bryn, Kind.QUESTION)
    asked.refresh_from_db()
    stands = stand_of(asked, part_of(carys, community))
    assert stands is not None
    assert stands.keepers.first == kept


def test_it_is_the_keepers_then_the_backups_then_the_stewards_too(question, kept, bryn, asha, hub_team, clock):
    question.community.sponsor = hub_team
    question.community.save()
    everybody = (bryn, kept, asha, hub_team)
    browse(bryn).post(f"{question.url}look/")
    shown = []
    for passed in range(5):
        clock.move_to(MONDAY + passed * DAY)
        shown.append([bool(front(person)) for person in everybody])
    assert shown == [
        [False, False, False, False],
        [True, False, False, False],
        [True, False, False, False],
        [True, True, False, False],
        [True, True, True, True],
    ]


@pytest.mark.parametrize("gone", ["away", "left", "off"])
def test_whoever_is_not_there_is_passed_over(gone, question, kept, bryn, clock):
    if gone == "away":
        Absence.objects.create(person=bryn, first=date(2031, 3, 1), last=date(2031, 3, 9))
    elif gone == "left":
        memberships.leave(bryn.memberships.get())
    else:
        bryn.is_active = False
        bryn.save()
    browse(kept).post(f"{question.url}look/")
    clock.move_to(MONDAY + DAY)
    assert (front(bryn), front(kept)) == ([], ["Who has a tall ladder?"])
    remind()
    assert reminded(kept) == [1]


def test_nobody_named_it_is_the_stewards(question, asha, bryn, clock):
    browse(bryn).post(f"{question.url}look/")
    clock.move_to(MONDAY + DAY)
    assert (front(asha), front(bryn)) == (["Who has a tall ladder?"], [])


def test_while_every_steward_is_away_a_question_is_also_asked_of_members_who_stand_in(
    question, asha, bryn, carys, clock
):
    """Carys stands in as well, and is no member: she could not answer."""
    second = make_member(PersonFactory(first_name="Second"), question.community, "facilitator").person
    clock.move_to(MONDAY + DAY)
    for steward, stand_in in ((asha, bryn), (second, carys)):
        assert front(bryn) == []
        Absence.objects.create(person=steward, first=date(2031, 3, 4), last=date(2031, 3, 9), stand_in=stand_in)
    everybody = (asha, second, bryn, carys)
    assert [bool(front(person)) for person in everybody] == [True, True, True, False]
    before = reminded(bryn, carys)  # what Bryn hears as a member
    assert remind()
    now = reminded(bryn, carys)
    assert (now[0] > before[0], now[1] == before[1]) == (True, True)
    clock.move_to(MONDAY + 7 * DAY)  # all are back
    assert [bool(front(person)) for person in everybody] == [True, True, False, False]


def test_reminders_go_out_once_and_in_working_hours_alone(question, kept, bryn, asha, clock):
    browse(kept).post(f"{question.url}look/")
    sent = []
    for hour in range(0, 24 * 6, 2):
        clock.move_to(MONDAY.replace(hour=0) + timedelta(hours=hour))
        if told := remind():
            sent.append((datetime.now(MONDAY.tzinfo).strftime("%a %H"), told))
    assert sent == [("Tue 08", 1), ("Thu 08", 1), ("Fri 08", 1)]


def test_nothing_is_said_of_a_question_that_was_answered_meanwhile(question, kept, bryn, carys, clock):
    post = answered(question, kept)
    clock.move_to(MONDAY + DAY)
    assert remind() == 1
    services.mark_answer(post, carys)
    assert reminded(bryn) == [0]
    clock.move_to(MONDAY + 7 * DAY)
    assert remind() == 0


def test_the_stewards_hear_once_that_whoever_kept_it_has_left(question, kept, bryn, asha):
    memberships.leave(bryn.memberships.get())
    see_to_keepers()
    see_to_keepers()
    assert inbox(asha).count("Whoever saw to questions to Foster Care Together has left") == 1
    assert CommunityPromise.objects.get().keeper is None


def test_the_stewards_hear_that_whoever_kept_it_is_deleted(question, kept, bryn, asha):
    bryn.delete()
    see_to_keepers()
    assert inbox(asha).count("Whoever saw to questions to Foster Care Together has left") == 1


def test_whoever_keeps_it_no_more_has_nothing_new_of_it(question, bryn, asha, community):
    ellis = make_member(PersonFactory(first_name="Ellis"), community).person
    address, numbers = reverse("conversations:promise_of", args=[community.slug]), []
    for keeper in (bryn, ellis):
        with TestCase.captureOnCommitCallbacks(execute=True):
            browse(asha).post(address, {"keeper": keeper.pk})
        numbers.append(browse(bryn).get("/inbox/new/").json()["new"])
    assert numbers[1] == numbers[0] - 1


@pytest.mark.parametrize("part", ["keeper", "backup"])
def test_whoever_leaves_hands_it_to_another_member(part, question, kept, bryn, asha, carys, hub_team, community):
    leaver, other = (bryn, kept) if part == "keeper" else (kept, bryn)
    what, key = "kept promises", key_of(community)
    [group] = [one for one in groups_of(leaver, leaver) if one.name == what]
    assert [row.key for row in group.rows] == [key]
    with pytest.raises(CannotGive):
        leaving.give(leaver, what, key, carys, hub_team)  # no member
    leaving.give(leaver, what, key, asha, hub_team)
    rules = CommunityPromise.objects.get()
    assert (getattr(rules, part), rules.keeper == other or rules.backup == other) == (asha, True)
    assert any("questions to Foster Care Together" in title for title in inbox(asha))
    with pytest.raises(CannotGive):
        leaving.give(leaver, what, key, asha, hub_team)  # it is Asha's by now


def test_nobody_keeps_a_promise_and_stands_in_for_themselves(question, kept, bryn, hub_team, community):
    key = key_of(community)
    with pytest.raises(CannotGive):
        leaving.give(kept, "kept promises", key, bryn, hub_team)
    leaving.give(bryn, "kept promises", key, kept, hub_team)
    rules = CommunityPromise.objects.get()
    assert (rules.keeper, rules.backup) == (kept, None)


# -- what stewards say -------------------------------------------------------------------------------------------------
def test_stewards_name_members_and_promise_no_less_than_the_organisation(question, asha, bryn, carys, community):
    address = reverse("conversations:promise_of", args=[community.slug])
    for wrong in ({"keeper": carys.pk}, {"keeper": bryn.pk, "backup": bryn.pk}, {"answer_within": 4}):
        assert browse(asha).post(address, wrong).status_code == 422
    assert browse(bryn).get(address).status_code == 404
    browse(asha).post(address, {"keeper": bryn.pk, "answer_within": 2})
    assert CommunityPromise.objects.get().keeper == bryn
    assert days(begun(community, carys, Kind.QUESTION))[1] == date(2031, 3, 5)
    assert inbox(bryn) == ["You see to it that questions to Foster Care Together are answered in time"]


# -- what is shown -----------------------------------------------------------------------------------------------------
def test_whoever_asked_sees_where_it_stands(question, kept, carys, clock):
    shown = browse(carys).get(question.url).content.decode()
    assert "By the end of tomorrow" in shown
    assert "By the end of Thursday" in shown
    clock.move_to(MONDAY + 2 * DAY)
    assert "question-stand__step--late" in browse(carys).get(question.url).content.decode()


def test_members_see_in_lists_what_is_due_and_what_is_late(question, bryn, carys, clock):
    def is_due_and_late(who: User) -> tuple[bool, bool]:
        (row,) = values_for(Conversation.objects.for_listing(), who)
        return row.is_due, row.is_late

    assert [is_due_and_late(who) for who in (bryn, carys)] == [(False, False)] * 2
    clock.move_to(MONDAY + DAY)
    assert [is_due_and_late(who) for who in (bryn, carys)] == [(True, False), (False, False)]
    clock.move_to(MONDAY + 2 * DAY)
    assert [is_due_and_late(who) for who in (bryn, carys)] == [(False, True), (False, False)]
    assert stand(question).reached(Clock.ACKNOWLEDGE, MONDAY + 2 * DAY) == Reached.LATE
    assert "Late" in browse(bryn).get(question.community.url).content.decode()


def test_the_rate_counts_each_question_once_and_leaves_out_what_waits_or_was_withdrawn(
    question, community, bryn, carys, asha, clock
):
    asked = [question, *(begun(community, carys, Kind.QUESTION, title=f"Question {n}") for n in range(8))]
    for each in asked[:4]:
        services.mark_answer(answered(each, bryn), carys)
    ask_back(asked[4], bryn)
    browse(carys).post(f"{asked[5].url}withdraw/", {"word": "Found it."})
    services.close(asked[6], asha, "See the notice board.")
    services.mark_answer(answered(asked[7], carys, "Found it."), carys)
    assert rates.of_community(community.pk) == rates.KeptPromises(4, 0, 1, 3, 1)
    assert not rates.of_hub().is_enough
    clock.move_to(MONDAY + 2 * DAY)  # nobody has seen the last one
    assert rates.by_community() == {community.pk: rates.KeptPromises(4, 1, 1, 3, 0)}
    assert (rates.of_hub().is_enough, rates.of_hub().percent) == (True, 80)
    services.mark_answer(answered(asked[8], bryn), carys)
    assert rates.of_hub() == rates.KeptPromises(4, 1, 1, 3, 0)
    clock.move_to(MONDAY + 100 * DAY)
    assert rates.of_hub() == rates.KeptPromises()


def test_what_was_late_is_missed_also_where_it_was_put_into_something_else(question, community, asha, clock):
    """No question is got out of the count by whoever owes its answer."""
    talk = begun(community, asha, Kind.DISCUSSION, title="Ladders")
    early = begun(community, question.begun_by, Kind.QUESTION, title="Has anybody a rope?")
    moving.merge(early, talk, asha, "All about ladders.")
    assert rates.of_community(community.pk) == rates.KeptPromises(0, 0, 0, 1, 1)
    clock.move_to(MONDAY + 8 * DAY)
    entry = moving.merge(question, talk, asha, "All about ladders.")
    late = rates.KeptPromises(0, 1, 0, 1, 0)
    assert (stand(question).ended_as, rates.of_community(community.pk)) == (Ended.CLOSED, late)
    undoing.undo(entry, asha)
    assert (stand(question).ended_as, rates.of_community(community.pk)) == ("", late)
