"""What a delegate writes: where they may, whose it is, and that both names stand wherever it is shown.

Bryn, a member, writes for Asha, who facilitates the community. Carys works here and is no member.
"""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.personal_data.copying import held_of
from accounts.personal_data.erasing import erase
from communities import services as memberships
from communities.models import Holding
from conversations import services
from conversations.choices import IdeaStage, Kind
from conversations.delegates import services as delegates
from conversations.delegates.services import SOON
from conversations.models import Delegation, Draft, Post, Promise
from conversations.outcomes import services as outcomes
from conversations.services import CannotPost
from core.audiences import Audience
from people.models import User
from tests.conftest import browse
from tests.conversations.delegating import delegated
from tests.conversations.saying import answered, begun
from tests.conversations.test_told import inbox
from tests.conversations.writing_for import BOTH, begun_for, delegation, post, question, read, said_for, sent
from tests.factories import PersonFactory, make_member

__all__ = ["delegation", "post", "question"]


# -- at the form -------------------------------------------------------------------------------------------------------
def test_the_form_offers_those_for_whom_one_writes_there_and_says_it_with_both_names(question, delegation, asha, bryn):
    form = browse(bryn).get(question.url).context["form"]
    assert [one.principal for one in form.for_whom] == [asha]
    assert browse(bryn).post(question.url, sent(question, behalf=str(asha.pk))).status_code == 302
    post = question.posts.get(number=2)
    assert (post.author, post.principal, post.is_for_another, post.by_line) == (bryn, asha, True, BOTH)


def test_nobody_else_is_asked_in_whose_name_they_write(question, delegation, asha, carys):
    for person in (asha, carys):
        assert not browse(person).get(question.url).context["form"].asks_behalf


def test_in_ones_own_name_one_writes_as_before(question, delegation, bryn):
    for chosen in ({"behalf": "me"}, {}):
        browse(bryn).post(question.url, sent(question, **chosen))
        post = question.posts.order_by("-number").first()
        assert (post.author, post.principal, post.is_for_another) == (bryn, None, False)


def test_nothing_is_begun_in_a_name_whose_owner_could_not_read_it(community, bryn, carys):
    delegated(carys, bryn)
    told = ("Who has a tall ladder?", "For Saturday.", Audience.MEMBERS)
    with pytest.raises(CannotPost):
        services.begin(community, Kind.QUESTION, *told, bryn, uuid.uuid4(), behalf=carys.pk)
    begun_for(carys, bryn, community, Kind.QUESTION)


WRONG = {
    "the delegation ended": lambda made, community: delegates.end(made, made.principal),
    "the principal left the community": lambda made, community: memberships.leave(
        made.principal.memberships.get(community=community)
    ),
    "the delegate is somebody else": lambda made, community: Delegation.objects.update(delegate=PersonFactory()),
}


@pytest.mark.parametrize("why", WRONG)
def test_what_was_for_another_never_goes_out_as_ones_own(why, question, delegation, asha, bryn, community):
    """A post is refused where the name that was chosen does not hold any more; the words, and the choice, are there."""
    for other in PersonFactory.create_batch(2):
        make_member(other, community, "facilitator")
    WRONG[why](delegation, community)
    page = browse(bryn).post(question.url, sent(question, behalf=str(asha.pk)))
    assert (page.status_code, question.posts.count()) == (422, 1)
    assert (page.context["form"]["text"].value(), page.context["form"].asks_behalf) == ("Take mine.", True)
    unsaid = browse(bryn).post(question.url, sent(question, behalf="?"))
    assert (unsaid.status_code, question.posts.count()) == (422, 1)


@pytest.mark.parametrize("behalf", ["0", "-1", "99999999999999999999", "asha", "<script>", "1 or 1"])
def test_nonsense_is_nobodys_name(behalf, question, delegation, bryn):
    page = browse(bryn).post(question.url, sent(question, behalf=behalf))
    assert (page.status_code, question.posts.count()) == (422, 1)


def test_a_draft_keeps_in_whose_name_it_is_and_goes_once_it_is_sent(question, delegation, asha, bryn):
    browse(bryn).post(question.url, sent(question, behalf=str(asha.pk), deed="save"))
    assert browse(bryn).get(question.url).context["form"]["behalf"].value() == str(asha.pk)
    browse(bryn).post(question.url, sent(question, behalf=str(asha.pk)))
    assert not Draft.objects.exists()


def test_a_draft_for_somebody_for_whom_one_writes_no_more_asks_anew(question, delegation, asha, bryn):
    """Nothing is chosen, and a sentence says why; in their own name it goes with one press more."""
    browse(bryn).post(question.url, sent(question, behalf=str(asha.pk), deed="save"))
    assert not browse(bryn).get(question.url).context["form"].is_lost
    Delegation.objects.update(since=timezone.localdate() - SOON, until=timezone.localdate() - timedelta(days=1))
    delegates.remind()
    form = browse(bryn).get(question.url).context["form"]
    assert (form["text"].value(), form.asks_behalf, form.is_lost) == ("Take mine.", True, True)
    assert browse(bryn).post(question.url, sent(question, behalf="me")).status_code == 302
    assert question.posts.get(number=2).principal is None


def test_what_others_wrote_meanwhile_keeps_the_choice(question, delegation, asha, bryn, carys):
    told = sent(question, behalf=str(asha.pk))
    answered(question, carys)
    page = browse(bryn).post(question.url, told)
    assert (page.status_code, page.context["form"]["behalf"].value()) == (409, str(asha.pk))


def test_sent_twice_it_is_one_post(question, delegation, asha, bryn):
    told = sent(question, behalf=str(asha.pk))
    for _twice in range(2):
        browse(bryn).post(question.url, told)
    assert question.posts.count() == 2


def test_the_same_words_in_another_name_are_another_post(question, delegation, asha, bryn):
    for behalf in ("me", str(asha.pk), str(asha.pk)):
        browse(bryn).post(question.url, sent(question, behalf=behalf))
    said = question.posts.filter(number__gt=1).order_by("number")
    assert [post.principal for post in said] == [None, asha]


# -- where both may ----------------------------------------------------------------------------------------------------
MEMBER, OUTSIDE = "member", "outside"


@pytest.mark.parametrize(
    ("principal", "delegate", "may"),
    [(MEMBER, MEMBER, True), (MEMBER, OUTSIDE, False), (OUTSIDE, MEMBER, False), (OUTSIDE, OUTSIDE, False)],
)
def test_both_may_answer_there_or_nobody_does(principal, delegate, may, community, carys):
    people = [PersonFactory(), PersonFactory()]
    for person, part in zip(people, (principal, delegate), strict=True):
        if part == MEMBER:
            make_member(person, community)
    delegated(*people)
    talk = begun(community, carys, Kind.QUESTION)
    if may:
        assert said_for(*people, talk).principal == people[0]
    else:
        with pytest.raises(CannotPost):
            said_for(*people, talk)


@pytest.mark.parametrize(
    ("kind", "principal", "delegate", "announces", "may"),
    [
        (Kind.QUESTION, OUTSIDE, OUTSIDE, False, True),
        (Kind.QUESTION, OUTSIDE, MEMBER, False, True),
        (Kind.DISCUSSION, OUTSIDE, MEMBER, False, False),
        (Kind.DISCUSSION, MEMBER, OUTSIDE, False, False),
        (Kind.DISCUSSION, MEMBER, MEMBER, False, True),
        (Kind.ANNOUNCEMENT, MEMBER, MEMBER, True, False),
        (Kind.ANNOUNCEMENT, "facilitator", MEMBER, False, False),
        (Kind.ANNOUNCEMENT, "facilitator", MEMBER, True, True),
        (Kind.ANNOUNCEMENT, "facilitator", OUTSIDE, True, False),
        (Kind.ANNOUNCEMENT, MEMBER, "facilitator", True, False),
        (Kind.ANNOUNCEMENT, "facilitator", "facilitator", False, False),
    ],
)
def test_both_may_begin_it_or_nobody_does(kind, principal, delegate, announces, may, community):
    people = [PersonFactory(), PersonFactory()]
    for person, part in zip(people, (principal, delegate), strict=True):
        if part != OUTSIDE:
            make_member(person, community, "facilitator" if part == "facilitator" else "")
    delegated(*people, announces=announces)
    if may:
        made = begun_for(*people, community, kind)
        assert (made.begun_by, made.principal, made.posts.get().principal) == (people[1], people[0], people[0])
    else:
        with pytest.raises(CannotPost):
            begun_for(*people, community, kind)


def test_in_a_private_community_neither_lends_the_other_its_door(private_community, asha, carys, dev):
    delegated(asha, carys)
    make_member(carys, private_community)
    talk = begun(private_community, dev)
    with pytest.raises(CannotPost):
        said_for(asha, carys, talk)
    assert not browse(carys).get(talk.url).context["form"].for_whom


def test_an_announcement_for_somebody_speaks_by_their_right(community, asha, bryn):
    delegated(asha, bryn, announces=True)
    address = f"/conversations/in/{community.slug}/new/"
    form = browse(bryn).get(address).context["form"]
    told = {"kind": "announcement", "title": "Closed", "text": "On Friday.", "audience": "everyone"}
    told |= {"key": str(form["key"].value())}
    assert browse(bryn).post(address, {**told, "behalf": "me"}).status_code == 422
    assert browse(bryn).post(address, {**told, "behalf": str(asha.pk)}).status_code == 302
    post = Post.objects.get()
    assert (post.author, post.principal, post.voice.role) == (bryn, asha, "Facilitator")
    services.edit(post, "On Saturday.", bryn)
    Holding.objects.filter(membership__person=asha).update(until=timezone.now())
    with pytest.raises(CannotPost):
        services.edit(post, "On Sunday.", bryn)


# -- both names --------------------------------------------------------------------------------------------------------
def test_both_names_stand_over_the_post_and_in_what_answers_and_quotes_it(post, question, carys):
    answering = services.reply(question, "Thank you.", carys, key=uuid.uuid4(), seen=2, in_answer_to=post.number)
    page = read(carys, question.url)
    assert f"In answer to {BOTH}" in page
    assert page.count("asha-okafor") >= 1
    assert BOTH in read(carys, f"{question.url}?to={post.number}")
    assert answering.by_line == "Carys Hughes"


def test_both_names_stand_in_lists_of_what_was_begun(community, delegation, asha, bryn, carys):
    made = begun_for(asha, bryn, community)
    for url in ("/conversations/?only=all", f"/conversations/in/{community.slug}/", community.url, made.url):
        text = read(carys, url)
        assert BOTH in text or (url == made.url and "bryn-powell" in text and "asha-okafor" in text), url


def test_both_names_are_told_of_a_marked_answer_an_outcome_and_a_first_word(post, question, carys, asha, community):
    services.reply(question, "More.", carys, key=uuid.uuid4(), seen=2)
    services.mark_answer(said_for(asha, post.author, question, "And this."), carys)
    page = read(carys, question.url)
    assert f"{BOTH} has answered this" in page
    assert Promise.objects.get().acknowledged_by_line == BOTH
    assert f"{BOTH}, today" in page
    idea = begun_for(asha, post.author, community, Kind.IDEA)
    outcomes.set_stage(idea, asha, IdeaStage.CONSIDERING, "We look at it.", [idea.posts.get().pk])
    assert BOTH in [one.who for one in browse(carys).get(idea.url).context["course"].quoted]


def test_both_names_are_in_notices_and_e_mails(question, delegation, asha, bryn, carys):
    said_for(asha, bryn, question)
    assert inbox(carys) == [f"{BOTH} answered in “Who has a tall ladder?”"]


def test_both_names_are_in_the_history_of_a_post_with_who_changed_and_removed_it(post, asha, bryn, carys):
    services.edit(post, "Take the long one.", bryn)
    services.edit(post, "Take the longest one.", asha)
    text = read(carys, f"/conversations/posts/{post.pk}/changes/")
    assert (BOTH in text, "Then Asha Okafor changed it." in text, "Then Bryn Powell changed it." in text) == (True,) * 3
    services.remove(post, asha)
    assert "Asha Okafor removed this post." in read(carys, post.conversation.url)


def test_both_have_the_post_in_what_is_held_of_them(post, asha, bryn):
    for person, name in ((bryn, "posts"), (asha, "posts in your name")):
        [held] = [one for one in held_of(person) if one.holding.name == name]
        assert [row["text"] for row in held.rows] == ["Take mine."]


GONE = {"asha": "Bryn Powell for somebody whose account is gone", "bryn": "Somebody for Asha Okafor"}


@pytest.mark.parametrize("who", GONE)
def test_what_was_said_for_another_stays_so_when_an_account_is_gone(who, post, hub_team, request, carys):
    erase(request.getfixturevalue(who), hub_team)
    assert Post.objects.get(pk=post.pk).by_line == GONE[who]
    assert browse(carys).get(post.conversation.url).status_code == 200


def test_names_that_are_code_are_shown_as_they_are(community, question, carys):
    people = [PersonFactory(first_name="<b>Principal</b>"), PersonFactory(first_name="<i>Writer</i>")]
    for person in people:
        make_member(person, community)
    delegated(*people)
    said_for(*people, question)
    for url in (question.url, f"{question.url}?to=2", "/conversations/delegates/"):
        for viewer in (*people, carys):
            page = read(viewer, url)
            assert ("<b>Principal" in page, "<i>Writer" in page) == (False, False)


# -- how much is asked -------------------------------------------------------------------------------------------------
def queries(viewer: User, url: str) -> int:
    browser = browse(viewer)
    browser.get(url)
    with CaptureQueriesContext(connection) as asked:
        browser.get(url)
    return len(asked)


def test_a_page_asks_as_often_for_thirty_posts_for_others_as_for_three(question, delegation, asha, bryn, carys):
    for _number in range(3):
        said_for(asha, bryn, question)
    few = queries(carys, question.url), queries(carys, "/conversations/?only=all")
    for _number in range(20):
        said_for(asha, bryn, question)
        begun_for(asha, bryn, question.community)
    assert (queries(carys, question.url), queries(carys, "/conversations/?only=all")) == few
