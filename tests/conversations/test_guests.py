"""Guests of one conversation: what they may, what they never see, and how it ends.

Kit facilitates Safe Homes, a private community; Gail works for a partner and is invited to one of its conversations.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from accounts.invitations.models import Invitation
from communities import services as memberships
from communities.models import FACILITATOR, CommunityPage, Holding, Stage
from communities.rights import NotAllowed
from conversations import services
from conversations.choices import Kind, Voters
from conversations.guests import services as guests
from conversations.mentions.candidates import people_at, readers
from conversations.models import Conversation, Guest, Poll, Post
from conversations.moving import services as moving, undoing
from conversations.permissions import part_of
from conversations.polls.rights import votes
from core.audiences import forget_tokens
from core.outbox import drain
from indexing import maintenance
from notifications.receiving import tell_later
from people.away import Absence
from people.models import User
from tests.conftest import browse
from tests.conversations.guesting import gail, invited, keeper, place, reads, sent, talk
from tests.conversations.saying import answered, begun
from tests.conversations.test_told import inbox
from tests.factories import CommunityFactory, PersonFactory, make_member
from tests.indexing import queued

__all__ = ["gail", "keeper", "place", "talk"]


# -- being invited -----------------------------------------------------------------------------------------------------
def test_whoever_may_invite_from_outside_invites_to_one_conversation(talk, keeper, gail, private_community):
    told = {"addresses": gail.email, "kind": "partner", "organisation": "Lakeside", "purpose": "Locks.", "word": ""}
    told["review_on"] = str(timezone.localdate() + timedelta(days=30))
    assert browse(keeper).post(f"/conversations/{talk.pk}/guests/", told).status_code == 302
    for consumer in ("guests of conversations", "invited addresses"):
        drain(consumer)
    place = Guest.objects.get()
    assert (place.person, place.sponsor, place.purpose, place.community) == (gail, keeper, "Locks.", private_community)
    assert inbox(gail) == ["Kit Moss invites you to a conversation: Which locks?"]
    assert not Invitation.objects.exists()
    assert not mail.outbox


def test_nothing_says_whether_an_address_has_an_account_before_somebody_comes(talk, keeper, gail):
    for email in (gail.email, "stranger@example.org"):
        invited(talk, keeper, email)
    page = browse(keeper).get(f"/conversations/{talk.pk}/guests/")
    assert [row.guest.name for row in page.context["rows"]] == [gail.email, "stranger@example.org"]
    assert "Gail" not in page.content.decode()


def test_whoever_has_no_account_gets_a_link_and_comes_in_with_it(talk, keeper):
    invited(talk, keeper, "new@example.org")
    drain("e-mails that invite")
    [letter] = mail.outbox
    assert (talk.title in letter.subject, talk.title in letter.body) == (False, True)
    link = next(word for word in letter.body.split() if "/account/invitation/" in word)
    words = {
        "answer": "yes",
        "name": "Nell New",
        "password1": "a long enough password",
        "password2": "a long enough password",
    }
    link = "/account/" + link.split("/account/")[1]
    assert talk.title in browse(None).get(link).content.decode()
    assert browse(None).post(link, words)["Location"] == talk.url
    nell = User.objects.get(email="new@example.org")
    assert (nell.is_insider, nell.stay.sponsor, nell.memberships.count()) == (False, keeper, 0)
    assert reads(nell, talk)


def test_whoever_says_no_is_not_waited_for(talk, keeper):
    invited(talk, keeper, "new@example.org")
    drain("e-mails that invite")
    link = "/account/" + mail.outbox[0].body.split("/account/", 1)[1].split()[0]
    browse(None).post(link, {"answer": "no"})
    assert [row.said_no for row in browse(keeper).get(f"/conversations/{talk.pk}/guests/").context["rows"]] == [True]


def test_whoever_works_here_is_nobodys_guest(talk, keeper, carys):
    assert invited(talk, keeper, carys.email).person is None
    assert not reads(carys, talk)


@pytest.mark.parametrize("who", ["dev", "carys"])
def test_nobody_else_invites(who, talk, request, home):
    person = request.getfixturevalue(who)
    assert browse(person).get(f"/conversations/{talk.pk}/guests/").status_code == 404
    with pytest.raises(NotAllowed):
        invited(talk, person)


def test_a_right_that_ended_invites_nobody_and_its_link_opens_nothing(talk, keeper):
    invited(talk, keeper, "new@example.org")
    Holding.objects.filter(membership__person=keeper).update(until=timezone.now())
    drain("e-mails that invite")
    assert not mail.outbox
    with pytest.raises(NotAllowed):
        invited(talk, keeper)


@pytest.mark.parametrize("state", ["closed", "moved", "withheld", "the sponsor left"])
def test_a_link_opens_nothing_and_names_nothing_once_they_would_not_come_in(state, talk, keeper):
    """Neither the title nor an account is for whoever is not invited any more."""
    guest = invited(talk, keeper, "new@example.org")
    drain("e-mails that invite")
    link = "/account/" + mail.outbox[0].body.split("/account/", 1)[1].split()[0]
    elsewhere = CommunityFactory(private=True)
    make_member(keeper, elsewhere, FACILITATOR)
    values = {
        "closed": {"closed": timezone.now(), "closing_word": "Done."},
        "moved": {"community": elsewhere},
        "withheld": {"withheld": timezone.now()},
    }
    if state in values:
        Conversation.objects.filter(pk=talk.pk).update(**values[state])
    else:
        Guest.objects.filter(pk=guest.pk).update(sponsor=None)
    page = browse(None).get(link)
    assert (page.status_code, talk.title in page.content.decode()) == (410, False)


# -- what a guest may --------------------------------------------------------------------------------------------------
def test_a_guest_answers_reacts_follows_and_is_told(place, talk, gail, keeper):
    assert browse(gail).post(talk.url, sent(talk)).status_code == 302
    first = talk.posts.get(number=1)
    browse(gail).post(f"/conversations/posts/{first.pk}/say/thanks/")
    assert (talk.posts.get(number=2).author, first.reactions.get().person) == (gail, gail)
    answered(talk, keeper, "Thank you.")
    assert inbox(gail) == ["Kit Moss answered in “Which locks?”"]
    shown = browse(gail).get("/conversations/").context["conversations"]
    assert [one.pk for one in shown] == [talk.pk]


def test_a_guest_finds_it_and_nothing_else(place, talk, gail, private_community, keeper):
    begun(private_community, keeper, title="Which hinges?", text="Nobody outside reads this.")
    maintenance.rebuild()
    queued.drain()
    page = browse(gail).get("/search/?q=Which+locks+and+hinges").content.decode()
    assert (talk.url in page, "hinges?" in page) == (True, False)


def test_everybody_there_sees_who_from_outside_reads_it(talk, keeper, gail):
    invited(talk, keeper)
    assert not browse(keeper).get(talk.url).context["guests"]
    browse(gail).get(talk.url)
    assert [one.person for one in browse(keeper).get(talk.url).context["guests"]] == [gail]
    assert browse(gail).get(talk.url).context["guests"] == []


@pytest.mark.parametrize(("voters", "may"), [(Voters.READERS, True), (Voters.MEMBERS, False)])
def test_a_guest_votes_where_all_readers_do(voters, may, place, talk, gail, private_community):
    poll = Poll(conversation=talk, voters=voters)
    assert votes(poll, talk, part_of(gail, private_community)) is may


def test_a_guest_begins_moderates_and_marks_nothing(place, talk, gail, private_community):
    part = part_of(gail, private_community)
    assert (part.begins, part.moderates, part.marks_answer(talk), bool(part.invites)) == ([], False, False, False)
    for deed in ("close", "move", "split", "merge", "lock", "guests", "poll/new"):
        assert browse(gail).get(f"/conversations/{talk.pk}/{deed}/").status_code == 404


# -- what a guest never sees -------------------------------------------------------------------------------------------
def test_a_guest_is_offered_for_mentions_only_those_who_wrote_there(place, talk, gail, keeper, private_community):
    make_member(PersonFactory(first_name="Quiet", public=True), private_community)
    User.objects.filter(pk=keeper.pk).update(audience="everyone", audience_token="everyone")
    assert {person.pk for person in people_at(talk, gail)} == {keeper.pk}
    assert gail in readers(talk)


# -- how it ends -------------------------------------------------------------------------------------------------------
def _over(place: Guest) -> None:
    Guest.objects.filter(pk=place.pk).update(until=timezone.localdate() - timedelta(days=1))


ENDS: dict[str, Callable[[Guest], object]] = {
    "withdrawn": lambda place: guests.end(place, place.sponsor),
    "left": lambda place: guests.end(place, place.person),
    "its last day is over": _over,
    "closed long ago": lambda place: Conversation.objects.filter(pk=place.conversation_id).update(
        closed=timezone.now() - timedelta(days=15), closing_word="Done."
    ),
    "the community is closed": lambda place: CommunityPage.objects.filter(pk=place.community_id).update(
        stage=Stage.CLOSED
    ),
    "the sponsor's account is off": lambda place: User.objects.filter(pk=place.sponsor_id).update(is_active=False),
    "the sponsor does not work here": lambda place: User.objects.filter(pk=place.sponsor_id).update(kind="resident"),
    "moved elsewhere": lambda place: Conversation.objects.filter(pk=place.conversation_id).update(
        community=CommunityFactory(private=True)
    ),
    "works here now": lambda place: User.objects.filter(pk=place.person_id).update(kind="staff"),
}


@pytest.mark.parametrize("how", ENDS)
def test_it_ends(how, place, talk, gail, private_community):
    make_member(PersonFactory(), private_community, FACILITATOR)  # so that the sponsor may leave
    ENDS[how](place)
    gail = User.objects.get(pk=gail.pk)
    assert not reads(gail, talk)
    assert browse(gail).get(f"/conversations/{talk.pk}/since/0/").status_code == 404


def test_what_was_just_closed_is_read_and_not_answered(place, talk, gail, keeper):
    services.close(talk, keeper, "We take the long ones.")
    assert reads(gail, talk)
    assert browse(gail).post(talk.url, sent(talk)).status_code == 409


def test_a_sponsor_who_leaves_is_followed_by_whoever_takes_it_over(place, talk, gail, keeper, private_community):
    other = make_member(PersonFactory(first_name="Olu"), private_community, FACILITATOR).person
    memberships.leave(keeper.memberships.get())
    guests.ask_sponsors()
    assert "Does Gail Stone stay in “Which locks?”" in " ".join(inbox(other))
    until = timezone.localdate() + timedelta(days=60)
    browse(other).post(f"/conversations/{talk.pk}/guests/{place.pk}/keep/", {"until": str(until)})
    place.refresh_from_db()
    assert (place.sponsor, place.until, reads(gail, talk)) == (other, until, True)


@pytest.mark.parametrize("is_asked_first", [True, False])
def test_while_the_sponsor_is_away_a_member_who_stands_in_lets_a_guest_stay(
    is_asked_first, place, talk, gail, keeper, carys
):
    """Whoever stands in and belongs elsewhere hears nothing: they could not answer for a guest."""
    olu = make_member(PersonFactory(first_name="Olu", last_name="Ward"), talk.community).person
    kept = f"/conversations/{talk.pk}/guests/{place.pk}/keep/"
    until = timezone.localdate() + timedelta(days=60)
    assert browse(olu).post(kept, {"until": str(until)}).status_code == 404
    Guest.objects.update(until=timezone.localdate() + timedelta(days=3))
    if is_asked_first:
        guests.ask_sponsors()
        drain("notices")
    away = Absence.objects.create(person=keeper, first=timezone.localdate(), stand_in=carys)
    if not is_asked_first:
        guests.ask_sponsors()
    tell_later()
    assert not any("Gail" in title for title in inbox(carys))
    Absence.objects.filter(pk=away.pk).update(stand_in=olu)
    tell_later()
    assert "Does Gail Stone stay in “Which locks?”" in " ".join(inbox(olu))
    assert browse(olu).post(kept, {"until": str(until)}).status_code == 302
    place.refresh_from_db()
    assert (place.sponsor, place.until, reads(gail, talk)) == (keeper, until, True)


def test_whoever_is_sent_away_while_they_write_gets_their_words_back(place, talk, gail, keeper):
    key = sent(talk, "Four hundred words.")
    guests.end(place, keeper)
    page = browse(gail).post(talk.url, key)
    assert (page.status_code, Post.objects.filter(author=gail).exists()) == (403, False)
    assert "Four hundred words." in page.content.decode()


@pytest.mark.parametrize("asked", ["the page", "what is new"])
@pytest.mark.parametrize("how", ["sent away", "moved"])
def test_what_is_written_just_after_it_ended_is_not_on_the_page_that_was_asked_for(
    how, asked, place, talk, gail, keeper, monkeypatch
):
    """It ends, and others write, after the right to read was asked and before the posts are read."""
    elsewhere = CommunityFactory(title="Elsewhere", slug="elsewhere", private=True)
    make_member(keeper, elsewhere, FACILITATOR)

    def ends(*_given):
        by = User.objects.get(pk=keeper.pk)
        if how == "moved":
            moving.move(talk, elsewhere, by, "There.")
        else:
            guests.end(place, by)
        answered(Conversation.objects.select_related("community").get(pk=talk.pk), by, "Among us alone.")
        return 1 if asked == "the page" else False

    module, name = (
        ("conversations.listings", "asked_page") if asked == "the page" else ("conversations.views", "has_it")
    )
    monkeypatch.setattr(f"{module}.{name}", ends)
    answer = browse(gail).get(talk.url if asked == "the page" else f"{talk.url}since/0/")
    assert talk.posts.filter(text="Among us alone.").exists()
    assert "Among us alone." not in answer.content.decode()
    assert answer.status_code == (404 if asked == "the page" else 200)


def test_a_guest_who_ended_between_page_and_service_posts_nothing(place, talk, gail, keeper):
    """The tokens of this request were looked up before it ended."""
    assert part_of(gail, talk.community).is_guest(talk)
    guests.end(place, keeper)
    with pytest.raises(services.CannotPost):
        answered(talk, gail)


# -- never more than what they were invited to -------------------------------------------------------------------------
def test_what_is_split_off_is_not_for_guests(place, talk, gail, keeper):
    post = answered(talk, gail)
    new, _entry = moving.split(talk, [post.number], Kind.DISCUSSION, "Steps", keeper, "Steps.")
    assert (reads(gail, talk), reads(gail, new)) == (True, False)
    assert "Steps" not in browse(gail).get(talk.url).content.decode().split("<main")[1].split("history")[0]


def test_nothing_is_put_into_what_has_guests_and_their_own_goes_without_them(place, talk, gail, keeper):
    other = begun(talk.community, keeper, title="The gate")
    with pytest.raises(services.CannotPost):
        moving.merge(other, talk, keeper, "The same.")
    entry = moving.merge(talk, other, keeper, "The same.")
    assert not reads(gail, other)
    assert browse(gail).get(talk.url).status_code != 200
    undoing.undo(entry, keeper)
    assert reads(gail, talk)


def test_a_move_ends_it_and_its_undo_brings_it_back(place, talk, gail, keeper):
    there = CommunityFactory(private=True)
    make_member(keeper, there, FACILITATOR)
    forget_tokens(keeper)
    entry = moving.move(talk, there, keeper, "There.")
    assert not reads(gail, talk)
    undoing.undo(entry, keeper)
    assert reads(gail, talk)


def test_whoever_was_invited_before_a_move_hears_that_it_ended_and_is_not_called_a_guest(place, talk, gail, keeper):
    there = CommunityFactory(private=True)
    make_member(keeper, there, FACILITATOR)
    forget_tokens(keeper)
    entry = moving.move(talk, there, keeper, "There.")
    assert inbox(gail) == ["You are no longer a guest of a conversation"]
    [row] = browse(keeper).get(f"{talk.url}guests/").context["rows"]
    assert (row.guest.pk, row.is_where_invited) == (place.pk, False)
    with pytest.raises(services.CannotPost):
        guests.keep(place, timezone.localdate() + timedelta(days=60), keeper)
    Guest.objects.update(until=timezone.localdate())
    guests.ask_sponsors()
    assert inbox(keeper) == []
    undoing.undo(entry, keeper)
    assert (inbox(gail), reads(gail, talk)) == ([], True)
    guests.ask_sponsors()
    assert len(inbox(keeper)) == 1


def test_whoever_was_invited_to_what_was_put_into_another_one_hears_that_it_ended(place, talk, gail, keeper):
    entry = moving.merge(talk, begun(talk.community, keeper, title="The gate"), keeper, "The same.")
    assert inbox(gail) == ["You are no longer a guest of a conversation"]
    undoing.undo(entry, keeper)
    assert inbox(gail) == []


def test_a_guest_who_presses_leave_twice_has_left_once(place, talk, gail):
    answers = [browse(gail).post(f"/conversations/{talk.pk}/guests/leave/") for _press in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert not reads(gail, talk)


def test_an_erased_guest_leaves_their_words_alone(place, talk, gail):
    post = answered(talk, gail)
    gail.delete()
    post.refresh_from_db()
    assert (post.author, Guest.objects.exists()) == (None, False)


def test_a_guest_who_becomes_a_member_is_called_a_guest_no_more_and_what_they_wrote_stays(place, talk, gail, keeper):
    post = answered(talk, gail)
    make_member(gail, talk.community)
    forget_tokens(gail)
    assert browse(keeper).get(talk.url).context["guests"] == []
    assert browse(gail).get(talk.url).context["is_guest"] is False
    User.objects.filter(pk=gail.pk).update(kind="staff")
    post.refresh_from_db()
    assert (post.author, reads(User.objects.get(pk=gail.pk), talk)) == (gail, True)
