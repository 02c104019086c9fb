"""What is done where many people talk for long asks the database as often as where few have begun."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from communities.models import CommunityPage, Membership
from conversations import services
from conversations.choices import Kind, Level
from conversations.models import Ballot, Case, Conversation, Post, Promise, Report, Standing
from conversations.moving import services as moving, undoing
from conversations.polls import services as polls
from core.audiences import Audience
from core.outbox import drain
from people.models import User
from tests.conftest import browse
from tests.conversations.saying import answered, begun
from tests.factories import CommunityFactory, make_member
from tests.test_growth import count_of, settled
from tests.test_query_budgets import COLD, LIST, NUMBER, RIGHTS, TALK, cold, warm

FEW, MANY = 4, 40


@pytest.fixture
def crowd(community: CommunityPage) -> list[User]:
    """Members, without passwords: nobody of them signs in."""
    rows = (User(email=f"one-{n}@example.org", name=f"One {n}", slug=f"one-{n}", kind="staff") for n in range(MANY))
    people = list(User.objects.bulk_create(rows))
    for person in people:
        person.pk = person.pk or User.objects.get(slug=person.slug).pk
    since = community.memberships.first().since
    Membership.objects.bulk_create(
        Membership(community=community, person=person, since=since, joined=since) for person in people
    )
    return people


def talked(community: CommunityPage, by: User, people: list[User], kind: Kind = Kind.DISCUSSION) -> Conversation:
    """Each of ``people`` has said something, has read half of it and follows."""
    made = begun(community, by, kind)
    Post.objects.bulk_create(
        Post(conversation=made, number=number, author=person, text="Yes.", html="<p>Yes.</p>")
        for number, person in enumerate(people, start=2)
    )
    Standing.objects.bulk_create(
        Standing(conversation=made, person=person, read_to=len(people) // 2, level=Level.FOLLOW) for person in people
    )
    made.last_number = 1 + len(people)
    made.save(update_fields=["last_number"])
    return made


def split(talk: Conversation, asha: User) -> dict[str, int]:
    entries = []
    apart = count_of(
        lambda: entries.append(
            moving.split(talk, range(2, talk.last_number), Kind.DISCUSSION, "Steps", asha, "Of steps.")[1]
        )
    )
    return {"split": apart, "put together again": count_of(lambda: undoing.undo(entries[0], asha))}


def merge(talk: Conversation, asha: User) -> dict[str, int]:
    other = begun(talk.community, asha)
    Standing.objects.bulk_create(
        Standing(conversation=other, person=one.person, read_to=1) for one in talk.standings.exclude(person=asha)[::2]
    )
    entries = []
    asked = count_of(lambda: entries.append(moving.merge(talk, other, asha, "The same.")))
    return {"merge": asked, "part again": count_of(lambda: undoing.undo(entries[0], asha))}


def close(talk: Conversation, asha: User) -> dict[str, int]:
    closing = count_of(lambda: services.close(talk, asha, "Done."))
    return {"close": closing, "open again": count_of(lambda: services.reopen(talk, asha))}


def move(talk: Conversation, asha: User) -> dict[str, int]:
    other = CommunityFactory()
    make_member(asha, other)
    mover = User.objects.get(pk=asha.pk)  # what she holds was looked up before she joined it
    return {"move": count_of(lambda: moving.move(talk, other, mover, "There."))}


@pytest.mark.parametrize("deed", [split, merge, close, move])
def test_what_is_done_with_a_conversation(
    deed: Callable[[Conversation, User], dict[str, int]], community: CommunityPage, asha: User, crowd: list[User]
) -> None:
    short, long = (talked(community, asha, crowd[:number]) for number in (FEW, MANY))
    deed(talked(community, asha, crowd), asha)  # what is asked once is asked, and everybody’s version is raised
    few = deed(short, asha)
    assert deed(long, asha) == few


def test_a_vote(community: CommunityPage, asha: User, crowd: list[User]) -> None:
    """And a page with the poll, which shows no more than how many voted."""
    asked = {}
    for number in (1, FEW, MANY):
        poll = polls.set_up(begun(community, asha, Kind.IDEA), asha, "Where?", ["Mill", "Weir"])
        key = poll.options.first().pk
        Ballot.objects.bulk_create(Ballot(poll=poll, mark=f"{n:064}", choices=[key]) for n in range(number))
        asked[number] = (
            count_of(lambda poll=poll, key=key: polls.vote(poll, asha, [key])),
            len(warm(browse(asha), poll.conversation.url)),
        )
        assert Ballot.objects.filter(poll=poll).count() == number + 1
    assert asked[MANY] == asked[FEW]


def test_names_beside_an_open_poll_have_an_end(community: CommunityPage, asha: User, crowd: list[User]) -> None:
    poll = polls.set_up(begun(community, asha, Kind.IDEA), asha, "Where?", ["Mill", "Weir"], is_secret=False)
    key = poll.options.first().pk
    poll.votes.bulk_create(poll.votes.model(poll=poll, person=one, choices=[key]) for one in (*crowd, asha))
    result = browse(asha).get(poll.conversation.url).context["course"].poll.result
    assert (result.last.rows[0].votes, result.last.rows[0].names.count("One ")) == (MANY + 1, MANY)


def test_pages(community: CommunityPage, asha: User, crowd: list[User]) -> None:
    browser = browse(asha)
    talk = talked(community, asha, crowd[:FEW], Kind.QUESTION)
    begun(community, crowd[0])
    few = {name: len(settled(browser, address)) for name, address in addresses(talk).items()}
    for kind in Kind:
        long = talked(community, asha, crowd, kind)
    posts = Post.objects.filter(conversation=long, number__gt=1)[:20]
    cases = Case.objects.bulk_create(Case(post=post) for post in posts)
    Report.objects.bulk_create(Report(case=case, post=case.post, by=asha, reason="other") for case in cases)
    many = {name: len(settled(browser, address)) for name, address in addresses(talk).items()}
    assert many == few


def addresses(talk: Conversation) -> dict[str, str]:
    slug = talk.community.slug
    return {
        "a conversation": talk.url,
        "of a community": f"/conversations/in/{slug}/",
        "new for me": "/conversations/?only=unread",
        "listening": "/conversations/listening/",
        "listening of a community": f"/conversations/in/{slug}/listening/",
        "how the promise is kept": "/conversations/promise/",
        "the queue": "/conversations/reports/?only=mine",
        "polling": f"{talk.url}since/1/",
    }


def test_narrowing_and_renaming_a_community(community: CommunityPage, asha: User, crowd: list[User]) -> None:
    """One query for what is queued, however many conversations there are."""

    def change(**changes: object) -> int:
        def publish() -> None:
            page = CommunityPage.objects.get(pk=community.pk)
            for name, value in changes.items():
                setattr(page, name, value)
            page.save_revision().publish()

        return count_of(publish)

    deeds = {"rename": {"title": "Renamed"}, "narrow": {"audience": Audience.MEMBERS}}
    open_again = {"title": community.title, "audience": Audience.EVERYONE}
    talked(community, asha, crowd[:FEW])
    for _twice in range(2):
        few = {name: change(**deed) for name, deed in deeds.items()}
        change(**open_again)
    rows = (Conversation(community=community, title=f"Talk {n}", audience=Audience.EVERYONE) for n in range(MANY))
    Conversation.objects.bulk_create(rows)
    assert {name: change(**deed) for name, deed in deeds.items()} == few
    assert not Conversation.objects.filter(community=community, audience_token=Audience.EVERYONE).exists()


def test_the_front_page_of_a_steward(community: CommunityPage, asha: User, bryn: User) -> None:
    """Cold, with one question that waits and with five: the count beside the first three is no query of its own."""
    asked = []
    for number in (1, 5):
        while Promise.objects.count() < number:
            begun(community, bryn, Kind.QUESTION)
        Promise.objects.update(acknowledge_by=timezone.now() - timedelta(days=1))
        browser = browse(asha)
        browser.get("/")
        asked.append(cold(browser, "/"))
        assert "tall ladder" in browser.get("/").content.decode()
    assert len(asked[0]) == len(asked[1]) <= LIST * COLD + NUMBER + RIGHTS + TALK, "\n".join(asked[1])


@pytest.mark.parametrize("address", ["/inbox/", "/inbox/?show=new", "a post"])
def test_what_is_told_of_a_few_posts_is_not_looked_for_among_all_conversations(
    community: CommunityPage, asha: User, bryn: User, address: str
) -> None:
    """By keys, as SQLite says itself. PostgreSQL reads small tables from end to end, and rightly."""
    post = answered(begun(community, bryn, Kind.QUESTION), asha)
    drain("notices")
    browser = browse(bryn)
    with CaptureQueriesContext(connection) as asked:
        browser.get(f"/conversations/posts/{post.pk}/changes/" if address == "a post" else address)
    about = [each["sql"] for each in asked if 'FROM "conversations_post"' in each["sql"]]
    assert about
    if connection.vendor == "sqlite":
        assert [line for sql in about for line in plan_of(sql) if line.startswith("SCAN")] == []


def plan_of(sql: str) -> list[str]:
    with connection.cursor() as cursor:
        return [row[3] for row in cursor.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()]


@pytest.mark.parametrize("only", ["", "all", "open", "unread"])
def test_a_list_is_put_in_order_by_its_own_table(community, asha, bryn, only):
    """What is joined to it invites SQLite to go from community to community, and to put all that was ever said in order
    for one page. It did so with 300 communities.
    """
    begun(community, bryn, Kind.QUESTION)
    with CaptureQueriesContext(connection) as asked:
        browse(asha).get("/conversations/", {"only": only})
    ordered = [one["sql"] for one in asked if "conversations_conversation" in one["sql"] and "ORDER BY" in one["sql"]]
    assert ordered
    assert not [query for query in ordered if "JOIN" in query.partition("EXISTS")[0]]
