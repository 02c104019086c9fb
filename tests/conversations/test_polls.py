"""Polls: set up, voted in, counted, and the secret of a secret one."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from communities.models import CommunityPage
from conversations import services as talk
from conversations.choices import Kind, Method, Voters
from conversations.models import Ballot, Conversation, Poll, Turnout, Vote
from conversations.outcomes.holdings import HELD
from conversations.polls import services
from conversations.services import CannotPost
from people.models import User
from tests.conftest import browse
from tests.conversations.saying import begun
from tests.factories import PersonFactory, make_member

OPTIONS = ["The mill", "The weir", "The ford"]


@pytest.fixture
def idea(community: CommunityPage, bryn: User) -> Conversation:
    return begun(community, bryn, Kind.IDEA)


def polled(conversation: Conversation, by: User, **said: Any) -> Poll:
    return services.set_up(conversation, by, "Where do we meet?", OPTIONS, **said)


def keys(poll: Poll) -> list[int]:
    return list(poll.options.values_list("pk", flat=True))


def filled(**said: str) -> dict[str, str]:
    usual = {"question": "Where?", "option_1": "The mill", "option_2": "The weir", "method": "single"}
    return {**usual, "secrecy": "secret", "voters": "members", **said}


def voters(community: CommunityPage, number: int) -> list[User]:
    people = [PersonFactory(first_name=f"Voter{n}") for n in range(number)]
    for person in people:
        make_member(person, community)
    return people


# -- setting one up ----------------------------------------------------------------------------------------------------
def test_empty_options_are_dropped(idea, bryn):
    browse(bryn).post(f"{idea.url}poll/new/", filled(option_4="The ford", option_7="  "))
    assert [option.text for option in idea.poll.options.all()] == OPTIONS


@pytest.mark.parametrize(
    "wrong", [{"option_2": ""}, {"option_2": "the MILL"}, {"last_day": "2020-01-01"}, {"method": "x"}, {"question": ""}]
)
def test_what_was_typed_survives_a_mistake(wrong, idea, bryn):
    answer = browse(bryn).post(f"{idea.url}poll/new/", filled(option_8="The ford", **wrong))
    assert answer.status_code == 422
    assert answer.context["form"]["option_8"].value() == "The ford"
    assert not Poll.objects.exists()


def test_who_adds_a_poll(idea, asha, bryn, carys, community):
    other = PersonFactory()
    make_member(other, community)
    asked = {who: browse(who).get(f"{idea.url}poll/new/").status_code for who in (asha, bryn, carys, other)}
    assert list(asked.values()) == [200, 200, 404, 404]
    assert browse(bryn).get(f"{begun(community, bryn, Kind.QUESTION).url}poll/new/").status_code == 404
    polled(idea, bryn)
    with pytest.raises(CannotPost):
        polled(idea, asha)


# -- voting ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("method", "sent", "places"),
    [("single", {"choice": 1}, [1]), ("several", {"choice": [2, 0]}, [0, 2]), ("ranked", {2: "1", 0: "3"}, [2, 0])],
)
@pytest.mark.parametrize("is_secret", [True, False])
def test_a_vote_is_kept_and_changed(is_secret, method, sent, places, idea, bryn, asha):
    poll = polled(idea, bryn, method=Method(method), is_secret=is_secret)
    known = keys(poll)
    chosen = sent.get("choice")
    data = (
        {f"place_{known[n]}": place for n, place in sent.items()}
        if chosen is None
        else {"choice": [known[n] for n in (chosen if isinstance(chosen, list) else [chosen])]}
    )
    services.vote(poll, asha, known[:1])
    answer = browse(asha).post(f"{idea.url}poll/", data)
    assert answer.status_code == 302
    kept = poll.ballots if is_secret else poll.votes
    assert kept.get().choices == [known[n] for n in places]
    assert browse(asha).get(idea.url).context["course"].poll.has_voted


@pytest.mark.parametrize(("method", "data"), [("single", {}), ("ranked", "same"), ("single", {"choice": "999999"})])
def test_a_vote_that_says_nothing_is_asked_again(method, data, idea, bryn):
    poll = polled(idea, bryn, method=Method(method))
    sent = {f"place_{key}": "1" for key in keys(poll)} if data == "same" else data
    assert browse(bryn).post(f"{idea.url}poll/", sent).status_code == 422
    assert not Turnout.objects.exists()


def test_who_votes(idea, bryn, carys, community):
    poll = polled(idea, bryn, voters=Voters.READERS)
    browse(carys).post(f"{idea.url}poll/", {"choice": keys(poll)[0]})
    assert poll.ballots.count() == 1
    Poll.objects.update(voters=Voters.MEMBERS)
    assert browse(carys).get(idea.url).context["course"].poll.form is None
    with pytest.raises(CannotPost):
        services.vote(poll, carys, keys(poll)[:1])


@pytest.mark.parametrize("end", ["closed", "day", "conversation"])
def test_nobody_votes_after_the_end(end, idea, bryn, asha):
    poll = polled(idea, bryn)
    if end == "closed":
        browse(asha).post(f"{idea.url}poll/close/")
    elif end == "day":
        Poll.objects.update(last_day=timezone.localdate() - timedelta(days=1))
    else:
        talk.close(idea, asha, "Enough.")
    with pytest.raises(CannotPost):
        services.vote(poll, bryn, keys(poll)[:1])


def test_its_last_day_closes_it(idea, bryn):
    poll = polled(idea, bryn, last_day=timezone.localdate())
    services.vote(poll, bryn, keys(poll)[:1])
    services.close_due()
    assert Poll.objects.get().closed is None
    Poll.objects.update(last_day=timezone.localdate() - timedelta(days=1))
    services.close_due()
    assert Poll.objects.get().closed
    assert Ballot.objects.get().mark is None


def test_a_poll_is_taken_back_until_somebody_voted(idea, bryn):
    poll = polled(idea, bryn)
    services.vote(poll, bryn, keys(poll)[:1])
    browse(bryn).post(f"{idea.url}poll/take-back/")
    assert Poll.objects.exists()
    Ballot.objects.all().delete()
    browse(bryn).post(f"{idea.url}poll/take-back/")
    assert not Poll.objects.exists()


@pytest.mark.parametrize("is_secret", [True, False])
def test_the_database_takes_no_second_vote(is_secret, idea, bryn):
    poll = polled(idea, bryn, is_secret=is_secret)
    services.vote(poll, bryn, keys(poll)[:1])
    for model in (Ballot, Turnout) if is_secret else (Vote,):
        row = model.objects.get()
        row.pk = None if model is Vote else "6a2f41a3-c54c-fce8-32d2-0324e1c32e22"
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save(force_insert=True)


# -- the secret --------------------------------------------------------------------------------------------------------
def test_the_result_of_few_is_not_shown(idea, bryn, community):
    poll = polled(idea, bryn)
    people = voters(community, 5)
    for person in people[:4]:
        services.vote(poll, person, keys(poll)[:1])
    Poll.objects.update(closed=timezone.now())
    shown = browse(bryn).get(idea.url).context["course"].poll
    assert (shown.result, shown.is_withheld) == (None, True)
    Poll.objects.update(closed=None)
    services.vote(poll, people[4], keys(poll)[:1])
    assert browse(bryn).get(idea.url).context["course"].poll.result is None  # as long as it is open
    services.close(poll, bryn)
    assert browse(bryn).get(idea.url).context["course"].poll.result.ahead == ["The mill"]


def dump() -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables, in the order in which the database keeps them."""
    order = " order by rowid" if connection.vendor == "sqlite" else ""
    tables = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if model._meta.proxy or not model._meta.managed:
                continue
            cursor.execute(f'select * from "{model._meta.db_table}"{order}')
            tables[model._meta.db_table] = cursor.fetchall()
    return tables


def test_nothing_in_the_dump_leads_from_a_person_to_their_vote(idea, bryn, community):
    """Twelve vote through the page, one after another, and some change their mind."""
    poll, people = polled(idea, bryn), voters(community, 12)
    chosen = {person.pk: keys(poll)[n % 3] for n, person in enumerate(people)}
    before = dump()
    for person in people:
        assert browse(person).post(f"{idea.url}poll/", {"choice": chosen[person.pk]}).status_code == 302
    orders = set()
    for person in people[:4]:
        services.vote(poll, person, [chosen[person.pk]])
        orders.add(tuple(row[1:] for row in dump()[Ballot._meta.db_table]))
    assert len(orders) > 1  # by lot, and not by who came last
    new = {name: [row for row in rows if row not in before.get(name, [])] for name, rows in dump().items()}
    ballots, turnout = new.pop(Ballot._meta.db_table), new.pop(Turnout._meta.db_table)
    assert (len(ballots), len(turnout)) == (12, 12)
    assert not {str(cell) for row in ballots for cell in row[:1]} & {str(cell) for row in turnout for cell in row}
    marks = [cell for row in ballots for cell in row if isinstance(cell, str) and len(cell) == 64]
    rest = json.dumps([list(map(str, row)) for rows in [*new.values(), turnout] for row in rows])
    assert len(marks) == 12
    assert not any(mark in rest for mark in marks)
    assert {field.get_internal_type() for model in (Ballot, Turnout) for field in model._meta.fields} == {
        "UUIDField",
        "ForeignKey",
        "CharField",
        "JSONField",
    }  # no time, and no number that grows
    told = [row for name in new if name.startswith(("conversations_", "core_", "notifications_")) for row in new[name]]
    assert not any(str(key) == str(cell) for key in chosen.values() for row in told for cell in row)


def test_after_the_end_not_even_the_hub_finds_a_vote(idea, bryn, asha):
    poll = polled(idea, bryn)
    services.vote(poll, asha, keys(poll)[:1])
    old = set(Ballot.objects.values_list("pk", flat=True))
    services.close(poll, bryn)
    assert set(Ballot.objects.values_list("mark", flat=True)) == {None}
    assert not old & set(Ballot.objects.values_list("pk", flat=True))
    assert browse(asha).get(idea.url).context["course"].poll.has_voted


@pytest.mark.parametrize("is_known", [True, False])
def test_a_new_secret_key(is_known, idea, bryn, settings):
    """With the old key among the fallbacks, a vote is changed as before; without it, nobody votes twice."""
    poll = polled(idea, bryn)
    services.vote(poll, bryn, keys(poll)[:1])
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY] if is_known else []
    settings.SECRET_KEY = "another one, which is long enough for a test of it"
    if is_known:
        services.vote(poll, bryn, keys(poll)[1:2])
    else:
        with pytest.raises(CannotPost):
            services.vote(poll, bryn, keys(poll)[1:2])
    assert [ballot.choices for ballot in poll.ballots.all()] == [keys(poll)[1:2] if is_known else keys(poll)[:1]]


def test_a_copy_of_what_is_held_says_what_was_chosen_in_an_open_poll(idea, bryn):
    poll = polled(idea, bryn, is_secret=False)
    services.vote(poll, bryn, keys(poll)[1:2])
    held = next(one for one in HELD if one.name == "open votes")
    assert list(held.rows(bryn)) == [{"question": "Where do we meet?", "chosen": ["The weir"]}]


def test_whoever_is_erased_leaves_their_vote_and_no_trace_of_it(idea, bryn, community):
    secret, person = polled(idea, bryn), voters(community, 1)[0]
    open_one = polled(begun(community, bryn, Kind.DISCUSSION), bryn, is_secret=False)
    for poll in (secret, open_one):
        services.vote(poll, person, keys(poll)[:1])
    person.delete()
    assert (secret.ballots.count(), secret.turnout.count()) == (1, 0)
    assert open_one.votes.get().person is None


# -- what is said of it ------------------------------------------------------------------------------------------------
def words_of_its_page(idea: Conversation, person: User) -> str:
    section = browse(person).get(idea.url).content.decode().partition('id="poll"')[2]
    return " ".join(section.partition("</section>")[0].split())


def test_a_poll_in_which_nobody_voted_says_so_and_not_that_few_did(idea, bryn):
    poll = polled(idea, bryn)
    services.close(poll, bryn)
    shown = browse(bryn).get(idea.url).context["course"].poll
    assert (shown.is_withheld, shown.voters) == (False, 0)
    said = words_of_its_page(idea, bryn)
    assert ("Nobody voted." in said, "yet" in said) == (True, False)


def test_whoever_finds_the_conversation_closed_reads_why_they_cannot_vote(idea, bryn, asha):
    polled(idea, bryn, last_day=timezone.localdate() + timedelta(days=3))
    talk.close(idea, asha, "The mill it is.")
    said = words_of_its_page(idea, bryn)
    assert "Nobody votes while this conversation is closed." in said
    assert "Votes count until" not in said


def test_an_open_poll_by_rank_shows_whose_order_was_which_and_a_secret_one_does_not(idea, bryn, asha, community):
    poll = polled(idea, bryn, method=Method.RANKED, is_secret=False)
    mill, weir, ford = keys(poll)
    services.vote(poll, bryn, [ford, mill])
    services.vote(poll, asha, [weir])
    result = browse(bryn).get(idea.url).context["course"].poll.result
    assert result.orders == [("Asha Okafor", "The weir"), ("Bryn Powell", "The ford, The mill")]
    other = polled(begun(community, bryn, Kind.IDEA), bryn, method=Method.RANKED)
    for person in voters(community, 5):
        services.vote(other, person, keys(other))
    services.close(other, bryn)
    secret = browse(bryn).get(other.conversation.url).context["course"].poll.result
    assert (secret.ahead, secret.orders) == (["The mill"], [])
