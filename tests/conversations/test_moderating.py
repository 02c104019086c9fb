"""Reports, what is decided about them, and appeals: who reads what, who decides, and two who do it at once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from communities import services as memberships
from communities.models import FACILITATOR, CommunityPage
from conversations import services
from conversations.choices import AppealDecision, Kind, ModerationOutcome, ReportReason
from conversations.models import Case, Conversation, Post, Report
from conversations.moderation import services as moderation
from people.models import User
from tests.conftest import browse
from tests.conversations.saying import answered, begun
from tests.conversations.test_told import inbox
from tests.factories import PersonFactory, make_member
from tests.replay import replayed

WORDS, SAID, WHY = "Mr Weasel is a thief.", "He never stole.", "It is about Mr Weasel."


@pytest.fixture
@replayed
def question(community: CommunityPage, carys: User) -> Conversation:
    return begun(community, carys, Kind.QUESTION)


@pytest.fixture
@replayed
def post(question: Conversation, bryn: User) -> Post:
    """What Bryn wrote, and should not have."""
    return answered(question, bryn, WORDS)


@pytest.fixture
def case(post: Post, asha: User, carys: User) -> Case:
    """Carys reported it."""
    browse(carys).post(f"/conversations/posts/{post.pk}/flag/", {"reason": "unkind", "word": SAID})
    return Case.objects.get()


@pytest.fixture
def morgan(community: CommunityPage) -> User:
    """Facilitates the community, too."""
    person: User = PersonFactory(first_name="Morgan", last_name="Price")
    make_member(person, community, FACILITATOR)
    return person


def decide(case: Case, by: User, deed: str, word: str = "") -> int:
    return browse(by).post(case.get_absolute_url(), {"deed": deed, "word": word}).status_code


def read(viewer: User | None, post: Post) -> str:
    return browse(viewer).get(post.conversation.url).content.decode()


# -- reporting ---------------------------------------------------------------------------------------------------------
def test_a_post_is_reported_once_by_each(case, post, carys, dev):
    assert browse(carys).get(f"/conversations/posts/{post.pk}/flag/").context["sent"]
    for who in (carys, dev):
        browse(who).post(f"/conversations/posts/{post.pk}/flag/", {"reason": "other"})
    assert list(Report.objects.values_list("by", "case", "reason")) == [
        (carys.pk, case.pk, ReportReason.UNKIND),
        (dev.pk, case.pk, ReportReason.OTHER),
    ]


@pytest.mark.parametrize(("who", "status"), [(None, 302), ("bryn", 404), ("dev", 200)])
def test_whoever_reads_a_post_reports_it_but_not_their_own(who, status, post, bryn, dev, request):
    viewer = request.getfixturevalue(who) if who else None
    assert browse(viewer).get(f"/conversations/posts/{post.pk}/flag/").status_code == status


def test_whoever_reported_reads_what_came_of_it_where_they_may_not_read_the_post_any_more(question, asha, bryn):
    first = question.posts.get()
    browse(bryn).post(f"/conversations/posts/{first.pk}/flag/", {"reason": "unkind", "word": SAID})
    decide(Case.objects.get(), asha, "remove", WHY)
    page = browse(bryn).get(f"/conversations/posts/{first.pk}/flag/")
    assert page.context["sent"].case.outcome == ModerationOutcome.REMOVED
    assert first.conversation.title not in page.content.decode()


def test_those_who_moderate_hear_of_it_without_a_word_of_it(case, asha, bryn, hub_team):
    assert "A post was reported" in inbox(asha)
    assert (inbox(bryn), inbox(hub_team)) == ([], [])
    for page in ("/inbox/", "/"):
        said = browse(asha).get(page).content.decode()
        assert "Weasel" not in said
        assert SAID not in said


@pytest.mark.parametrize(("who", "status"), [("asha", 200), ("bryn", 404), ("carys", 404), ("hub_team", 404)])
def test_only_those_who_decide_see_the_case(who, status, case, asha, bryn, carys, hub_team, request):
    viewer = request.getfixturevalue(who)
    assert browse(viewer).get(case.get_absolute_url()).status_code == status
    if status == 200:
        assert "Carys Hughes" not in browse(viewer).get(case.get_absolute_url()).content.decode().split("<main")[1]


def test_who_moderates_does_not_decide_about_their_own(question, asha, carys, hub_team):
    """There is nobody else in the community: the hub team decides."""
    own = answered(question, asha, WORDS)
    case = moderation.report(own, carys, ReportReason.UNKIND, "")
    assert browse(asha).get(case.get_absolute_url()).status_code == 404
    assert browse(asha).get("/conversations/reports/").context["cases"].object_list == []
    assert "A post was reported" not in inbox(asha)
    assert inbox(hub_team) == ["A post was reported"]
    with pytest.raises(services.CannotPost):
        moderation.keep(case, asha, "")
    assert decide(case, hub_team, "keep") == 302


# -- deciding ----------------------------------------------------------------------------------------------------------
def test_a_hidden_post_is_read_by_its_author_alone(case, post, asha, bryn, carys):
    assert decide(case, asha, "hide") == 422  # without a reason
    decide(case, asha, "hide", WHY)
    assert WORDS in read(bryn, post)
    assert WHY in read(bryn, post)
    for viewer in (carys, None):
        assert "Weasel" not in read(viewer, post)
    assert not browse(carys).get("/conversations/?only=unread").context["conversations"].object_list
    assert browse(carys).post(f"/conversations/posts/{post.pk}/say/thanks/").status_code == 404
    decide(case, asha, "keep")
    assert WORDS in read(carys, post)


def test_a_removal_is_read_by_its_author_with_the_reason(case, post, asha, bryn, carys):
    decide(case, asha, "remove", WHY)
    assert WHY in browse(bryn).get(f"/conversations/posts/{post.pk}/appeal/").content.decode()
    assert WHY not in read(carys, post)
    assert inbox(bryn) == ["A post of yours was removed"]
    assert "A post that you reported was looked at" in inbox(carys)


def test_what_is_taken_is_somebodys_and_is_handed_back(case, asha):
    decide(case, asha, "take")
    case.refresh_from_db()
    assert case.taken_by == asha
    decide(case, asha, "hand_back")
    case.refresh_from_db()
    assert case.taken_by is None


def test_of_two_who_decide_at_once_the_first_decides(case, post, asha, morgan):
    """The other one is told, and keeps the word that she had written."""
    decide(case, morgan, "keep")
    answer = browse(asha).post(case.get_absolute_url(), {"deed": "remove", "word": WHY}, follow=True)
    assert any(WHY in str(message) for message in answer.context["messages"])
    case.refresh_from_db()
    post.refresh_from_db()
    assert (case.outcome, post.removed) == (ModerationOutcome.KEPT, None)


def test_a_right_that_ended_decides_nothing(case, asha, bryn):
    asha.memberships.get().holdings.all().delete()
    with pytest.raises(services.CannotPost):
        moderation.remove(case, asha, WHY)


def test_what_its_author_takes_back_is_decided_and_waits_again_with_it(case, post, bryn):
    services.remove(post, bryn)
    case.refresh_from_db()
    assert case.outcome == ModerationOutcome.WITHDRAWN
    services.put_back(post, bryn)
    case.refresh_from_db()
    assert case.outcome == ""


def test_what_waits_for_three_days_is_the_hub_teams_too(case, hub_team):
    assert browse(hub_team).get("/conversations/reports/").context["cases"].object_list == []
    Case.objects.update(opened=timezone.now() - timedelta(days=4))
    told = browse(hub_team).get("/conversations/reports/").context["cases"].object_list
    assert [one.case for one in told] == [case]


def test_the_hub_team_hides_what_it_may_not_read_and_reads_it_on_appeal(private_community, dev, hub_team):
    """Nobody moderates in the private community."""
    post = answered(begun(private_community, dev), dev, WORDS)
    case = moderation.report(post, PersonFactory(), ReportReason.UNKIND, SAID)
    page = browse(hub_team).get(case.get_absolute_url()).content.decode()
    assert "Weasel" not in page
    assert SAID not in page
    assert private_community.title not in page.split("<main")[1]
    decide(case, hub_team, "remove", WHY)
    decide(case, hub_team, "hide", WHY)
    post.refresh_from_db()
    assert (post.removed, post.hidden is None) == (None, False)


# -- appeals -----------------------------------------------------------------------------------------------------------
@pytest.fixture
def appealed(post: Post, bryn: User, asha: User) -> Case:
    """Asha removed it, and Bryn appeals."""
    services.remove(post, asha, WHY)
    browse(bryn).post(f"/conversations/posts/{post.pk}/appeal/", {"words": SAID})
    return Case.objects.get()


@pytest.mark.parametrize(
    ("who", "others", "decides"),
    [("asha", False, False), ("asha", True, False), ("morgan", True, True), ("hub_team", False, True)],
)
def test_somebody_else_answers_an_appeal(who, others, decides, appealed, asha, hub_team, community, request):
    if others:
        request.getfixturevalue("morgan")
    person = request.getfixturevalue(who)
    if decides:
        assert decide(appealed, person, "put_back", "It was fair.") == 302
    else:
        with pytest.raises(services.CannotPost):
            moderation.answer(appealed, person, AppealDecision.UPHELD, "No.")
    appealed.refresh_from_db()
    assert appealed.answer == (AppealDecision.PUT_BACK if decides else "")


def test_a_community_with_somebody_else_does_not_need_the_hub_team(appealed, morgan, hub_team):
    assert browse(hub_team).get(appealed.get_absolute_url()).status_code == 404
    assert "Somebody appeals against a removal" in inbox(morgan)
    decide(appealed, morgan, "uphold", "The reason was right.")
    page = browse(appealed.post.author).get(f"/conversations/posts/{appealed.post_id}/appeal/").content.decode()
    assert "The reason was right." in page


def test_one_appeals_once_and_only_for_oneself(appealed, post, bryn, carys):
    again = browse(bryn).post(f"/conversations/posts/{post.pk}/appeal/", {"words": "Again."})
    assert again.status_code == 409
    assert "Again." in again.content.decode()
    assert browse(carys).get(f"/conversations/posts/{post.pk}/appeal/").status_code == 404


def test_whoever_left_still_reads_why_and_appeals(private_community, dev):
    steward = User.objects.create_user("s@example.org", kind="staff", name="S Example")
    make_member(steward, private_community, FACILITATOR)
    post = answered(begun(private_community, steward), dev, WORDS)
    services.remove(post, steward, WHY)
    memberships.leave(dev.memberships.get())
    page = browse(dev).get(f"/conversations/posts/{post.pk}/appeal/").content.decode()
    assert WHY in page
    assert post.conversation.title not in page


def test_an_erased_author_leaves_the_thread_and_the_record(appealed, post, bryn, asha, question):
    bryn.delete()
    assert browse(asha).get(question.url).status_code == 200
    assert browse(asha).get("/conversations/reports/?only=decided").status_code == 200
    post.refresh_from_db()
    assert (post.author, post.removed is None) == (None, False)


def test_the_history_says_what_was_done_and_not_why(case, post, asha, carys):
    decide(case, asha, "remove", WHY)
    lines = browse(carys).get(post.conversation.url).context["history"]
    assert [(line.by, line.word) for line in lines] == [("Asha Okafor", "")]
