"""What is new for whom, after whatever was done with posts: compared with a naive count of what each has seen."""

from collections.abc import Iterable
from contextlib import suppress
from itertools import pairwise

import pytest
from django.db import transaction
from django.test import RequestFactory
from hypothesis import HealthCheck, Phase, given, settings, strategies as st

from communities.models import FACILITATOR, CommunityPage
from conversations import services
from conversations.choices import AppealDecision, Kind, ReportReason
from conversations.models import Conversation, Entry, Post, ReadAhead, Standing
from conversations.moderation import services as moderation
from conversations.moving import positions, services as moving, undoing
from conversations.services.removing import set_hidden
from conversations.unread import only_unread, unread_in, with_unread
from core.outbox import drain
from notifications.listings import _how_many_new, number_for
from people.models import User
from tests.conftest import browse
from tests.conversations.delegating import delegated
from tests.conversations.saying import answered, begun
from tests.conversations.writing_for import begun_for
from tests.factories import CommunityFactory, PersonFactory, make_member

# -- stretches ---------------------------------------------------------------------------------------------------------
NUMBERS = st.sets(st.integers(1, 12))


def numbers(stretches: Iterable[tuple[int, int]]) -> set[int]:
    return {number for first, last in stretches for number in range(first, last + 1)}


@settings(max_examples=50, derandomize=True)
@given(read=NUMBERS, places=NUMBERS)
def test_stretches_are_the_numbers_that_they_stand_for(read: set[int], places: set[int]) -> None:
    stretches, there = positions.joined((one, one) for one in read), sorted(places)
    assert numbers(stretches) == read
    assert all(before[1] + 1 < after[0] for before, after in pairwise(stretches))
    assert numbers(positions.without(stretches, there)) == read - places
    counted = positions.among(stretches, there)
    assert {there[number - 1] for number in numbers(counted)} == read & places
    assert numbers(positions.put_at(counted, there)) == read & places
    assert numbers(positions.after(positions.within(stretches, 4, 9), 3)) == {one for one in read if 4 <= one <= 9}


# -- whatever is done --------------------------------------------------------------------------------------------------
DEEDS = ["say", "read", "read", "remove", "put_back", "hide", "show", "split", "merge", "merge", "move", "undo", "undo"]
STEPS = st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 5), st.integers(0, 1)), min_size=10, max_size=16)


class Hub:
    """Two readers, with every post that each has seen kept beside."""

    def __init__(self, homes: list[CommunityPage], asha: User, readers: list[User]) -> None:
        self.homes, self.asha, self.readers = homes, asha, readers
        self.seen: dict[int, set[int]] = {reader.pk: set() for reader in readers}
        self.done: list[Entry] = []
        for number in range(3):
            answered(begun(homes[0], asha, title=str(number)), asha)

    def do(self, deed: str, number: int, who: int) -> None:
        talks = list(Conversation.objects.filter(merged_into=None).order_by("pk"))
        talk = talks[number % len(talks)]
        posts = list(talk.posts.filter(moved_to=None).order_by("number"))
        with suppress(services.CannotPost), transaction.atomic():
            getattr(self, deed)(talk, posts, number, self.readers[who])

    def say(self, talk: Conversation, _posts: list[Post], _number: int, reader: User) -> None:
        seen = set(talk.posts.values_list("pk", flat=True))
        if talk.withheld is None:
            said = answered(talk, reader)
            self.seen[reader.pk] |= {*seen, said.pk}

    def read(self, talk: Conversation, posts: list[Post], number: int, reader: User) -> None:
        """To its end, or a part of it."""
        last = talk.last_number if number % 2 else max(1, talk.last_number // 2)
        services.read_up_to(talk, reader, last)
        self.seen[reader.pk] |= {post.pk for post in posts if post.number <= last}

    def remove(self, _talk: Conversation, posts: list[Post], number: int, _reader: User) -> None:
        services.remove(posts[number % len(posts)], self.asha, "It is about somebody.")

    def put_back(self, _talk: Conversation, posts: list[Post], _number: int, _reader: User) -> None:
        for post in posts:
            if post.removed is not None:
                services.put_back(post, self.asha)

    def hide(self, talk: Conversation, posts: list[Post], number: int, _reader: User) -> None:
        post = posts[number % len(posts)]
        post.conversation = talk
        set_hidden(post, "Somebody looks at it.", is_hidden=True)

    def show(self, talk: Conversation, posts: list[Post], _number: int, _reader: User) -> None:
        for post in posts:
            if post.hidden is not None:
                post.conversation = talk
                set_hidden(post, "", is_hidden=False)

    def split(self, talk: Conversation, posts: list[Post], number: int, _reader: User) -> None:
        chosen = [post.number for post in posts[1:] if post.number % 2 == number % 2]
        self.done.append(moving.split(talk, chosen, Kind.DISCUSSION, "Apart", self.asha, "Another matter.")[1])

    def merge(self, talk: Conversation, _posts: list[Post], number: int, _reader: User) -> None:
        others = [one for one in Conversation.objects.filter(merged_into=None).order_by("pk") if one.pk != talk.pk]
        if others:
            self.done.append(moving.merge(talk, others[number % len(others)], self.asha, "The same."))

    def move(self, talk: Conversation, _posts: list[Post], _number: int, _reader: User) -> None:
        to = next(home for home in self.homes if home.pk != talk.community_id)
        self.done.append(moving.move(talk, to, self.asha, "There."))

    def undo(self, _talk: Conversation, _posts: list[Post], _number: int, _reader: User) -> None:
        if self.done:
            undoing.undo(self.done.pop(), self.asha)

    def check(self) -> None:
        for talk in Conversation.objects.filter(withheld=None, merged_into=None).for_listing():
            assert talk.replies == talk.posts.shown().filter(number__gt=1).count()
        for reader in self.readers:
            unseen = Post.objects.shown().exclude(pk__in=self.seen[reader.pk]).exclude(author=reader)
            there = Conversation.objects.shown_to(reader)
            told = {post.pk for talk in there for post in unread_in(talk, reader)}
            assert told == set(unseen.filter(conversation__in=there).values_list("pk", flat=True))
            unread = set(unseen.filter(conversation__in=there).values_list("conversation", flat=True))
            assert set(only_unread(there, reader).values_list("pk", flat=True)) == unread
            assert {talk.pk for talk in with_unread(there, reader) if talk.is_unread} == unread


@settings(
    max_examples=6,
    derandomize=True,
    deadline=None,
    phases=[Phase.generate],  # to shrink what a database answers takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS)
def test_what_is_new_is_what_the_reader_has_not_seen(
    steps: list[tuple[str, int, int]], community: CommunityPage, asha: User, bryn: User, carys: User
) -> None:
    """Said, read, removed, hidden, put back, split, merged, moved and undone in any order: never a false number."""
    Conversation.objects.all().delete()
    other = CommunityPage.objects.filter(slug="parks-at-dusk").first() or CommunityFactory(slug="parks-at-dusk")
    for person in (asha, bryn, carys):
        for home in (community, other):
            if not home.memberships.filter(person=person).exists():
                make_member(person, home)
    asha, bryn, carys = (User.objects.get(pk=one.pk) for one in (asha, bryn, carys))
    hub = Hub([community, other], asha, [bryn, carys])
    for step in steps:
        hub.do(*step)
        hub.check()


def test_what_was_read_stays_read_in_a_merge_of_what_was_not_and_after_its_undo(community, asha, bryn, carys):
    unread, read = begun(community, asha), begun(community, asha, title="A ladder?")
    answered(unread, asha)
    last = answered(read, asha)
    browse(carys).get(read.url)
    entry = moving.merge(read, unread, asha, "The same.")
    new = [one.number for one in browse(bryn).get(unread.url).context["posts"] if one.is_new]
    assert new == []  # he has read none of it before
    assert browse(carys).get(unread.new_url).url == unread.url  # all that stands before it is new
    services.read_up_to(unread, carys, 1)
    page = browse(carys).get(unread.url)
    assert [one.number for one in page.context["posts"] if one.is_new] == [2]
    undoing.undo(entry, asha)
    assert not unread_in(read, carys).exists()
    assert (last.conversation_id, ReadAhead.objects.count()) == (read.pk, 0)


def test_whoever_opens_a_later_page_has_read_what_stands_before_it(community, asha, carys):
    """One place for each reader and conversation, however they came there (decision 41)."""
    talk = begun(community, asha)
    Post.objects.bulk_create(Post(conversation=talk, number=number, author=asha, text="Me.") for number in range(2, 40))
    Conversation.objects.update(last_number=39)
    assert unread_in(talk, carys).count() == 39
    browse(carys).get(f"{talk.url}?page=2")
    assert not unread_in(talk, carys).exists()
    assert (Standing.objects.get(person=carys).read_to, ReadAhead.objects.count()) == (39, 0)


# -- the number beside one's face --------------------------------------------------------------------------------------
def numbers_of(person: User) -> tuple[int, int]:
    """The number as it stands there, and as a count of everything gives it."""
    drain("notices")
    request = RequestFactory().get("/")
    request.user = User.objects.get(pk=person.pk)
    return number_for(request, request.user), _how_many_new(request.user)


@pytest.mark.django_db
def test_the_number_follows_what_is_done_with_posts(community, asha, bryn, carys, hub_team):
    """Of whoever asked, of somebody whom a post names, and of a member of a community that it names; none belongs to
    the community.
    """
    elsewhere = CommunityFactory(title="Parks", slug="parks")
    named, member = PersonFactory(first_name="Nan", last_name="Ellis"), PersonFactory(first_name="Mo")
    for person in (member, bryn):
        make_member(person, elsewhere)
    bryn = User.objects.get(pk=bryn.pk)
    question, other = begun(community, carys, Kind.QUESTION), begun(community, bryn, Kind.QUESTION, title="Another")
    post = answered(question, bryn, f"Ask @{named.name} and @{elsewhere.title}.")
    assert Post.objects.get(pk=post.pk).mentions.count() == 2
    case = moderation.report(post, asha, ReportReason.OTHER, "")
    morgan = PersonFactory(first_name="Morgan")
    make_member(morgan, community, FACILITATOR)
    entries: list[Entry] = []
    deeds = {
        "nothing": lambda: None,
        "hide": lambda: moderation.hide(case, morgan, "Wait."),
        "show": lambda: moderation.show(case, morgan),
        "mark": lambda: services.mark_answer(post, carys),
        "unmark": lambda: services.unmark_answer(post, carys),
        "close": lambda: services.close(question, asha, "Done."),
        "reopen": lambda: services.reopen(question, asha),
        "merge": lambda: entries.append(moving.merge(question, other, asha, "The same.")),
        "read": lambda: services.read_up_to(other, carys, 3),
        "undo": lambda: undoing.undo(entries[0], asha),
        "remove": lambda: moderation.remove(case, morgan, "It is about somebody."),
        "appeal": lambda: moderation.appeal(Post.objects.get(pk=post.pk), bryn, "It is not."),
        "put back": lambda: moderation.answer(case, asha, AppealDecision.PUT_BACK, "It is not."),
    }
    told: dict[str, list[int]] = {}
    for name, deed in deeds.items():
        post.refresh_from_db()
        question.refresh_from_db()
        deed()
        both = [numbers_of(person) for person in (carys, named, member)]
        assert [kept for kept, _counted in both] == [counted for _kept, counted in both], name
        told[name] = [counted for _kept, counted in both]
    assert (told["nothing"], told["hide"], told["show"]) == ([1, 1, 1], [0, 0, 0], [1, 1, 1])
    assert told["remove"][1:] == [0, 0] != told["put back"][1:]
    assert Standing.objects.filter(person=carys, conversation=question).exists()


@pytest.mark.django_db
def test_the_number_follows_what_is_done_with_posts_that_somebody_else_wrote_for_one(community, bryn, carys):
    delegated(carys, bryn)
    post = begun_for(carys, bryn, community, Kind.QUESTION).posts.get()
    before = numbers_of(carys)
    set_hidden(post, "Wait.", is_hidden=True)
    kept, counted = numbers_of(carys)
    assert (kept, counted) == (counted, before[1] - 1)
