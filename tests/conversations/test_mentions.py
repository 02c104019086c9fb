"""Naming people, communities and roles with an @: who is told, and what each reader sees."""

from typing import Any

import pytest

from communities.models import CommunityPage
from conversations import services
from conversations.choices import Kind, Level
from conversations.mentions import services as mentions
from conversations.models import Conversation, Post
from people.models import User
from tests.conftest import browse
from tests.conversations.saying import answered, begun
from tests.conversations.test_talking import sent
from tests.conversations.test_told import inbox
from tests.factories import PersonFactory, make_member
from tests.replay import replayed

NAMED = "Asha Okafor names you in “Who has a tall ladder?”"
LINK = '<a href="{}" rel="noopener">@{}</a>'


@pytest.fixture
@replayed
def talk(community: CommunityPage, asha: User) -> Conversation:
    return begun(community, asha)


def link(thing: Any, name: str) -> str:
    return LINK.format(thing.get_absolute_url() if isinstance(thing, User) else thing.url, name)


def shows(reader: User | None, conversation: Conversation, words: str) -> bool:
    return words in browse(reader).get(conversation.url).content.decode()


def sams() -> list[User]:
    """Two people of one name."""
    return [PersonFactory(first_name="Sam", last_name="Lee", email=f"{number}@example.org") for number in "12"]


# -- who is told -------------------------------------------------------------------------------------------------------
def test_whoever_is_named_is_told_and_finds_a_link(talk, asha, carys):
    answered(talk, asha, "Ask @carys hughes, please.")
    assert inbox(carys) == [NAMED]
    assert shows(carys, talk, f"Ask {link(carys, 'Carys Hughes')}, please.")


def test_whoever_asked_hears_of_an_answer_that_names_them_no_more(community, asha, bryn, carys):
    talk = begun(community, carys, Kind.QUESTION)
    post = answered(talk, asha, "@Carys Hughes and @Bryn Powell: the library.")
    assert inbox(carys) == inbox(bryn) == [NAMED]
    services.edit(post, "The library.", asha)
    assert inbox(carys) == ["Asha Okafor answered in “Who has a tall ladder?”"]
    assert inbox(bryn) == []


def test_nobody_is_told_who_may_not_read_it(private_community, dev, bryn):
    talk = begun(private_community, dev, text="@Bryn Powell would know.")
    assert not talk.posts.get().mentions.exists()
    assert inbox(bryn) == []


def test_nobody_is_named_whom_the_writer_may_not_see(community, asha, bryn, dev):
    make_member(dev, community)
    hidden = PersonFactory(first_name="Ffion", last_name="Rees")
    talk = begun(community, asha)
    post = answered(talk, dev, "@Ffion Rees and @Bryn Powell")
    assert [mention.person for mention in post.mentions.all()] == [bryn]
    assert inbox(hidden) == []


@pytest.mark.parametrize(
    "text", ["@Sam Lee", "@Sam", "@Nobody Atall", "sam@lee.example", r"\@Carys Hughes", "`@Carys Hughes`"]
)
def test_what_is_unknown_or_could_be_two_stays_as_it_was_typed(text, talk, asha, carys):
    sams()
    assert not answered(talk, asha, text).mentions.exists()


def test_two_of_one_name_are_told_apart_by_their_address(talk, asha):
    _first, second = sams()
    answered(talk, asha, f"@{second.slug} has one.")
    assert inbox(second) == [NAMED]
    assert shows(second, talk, link(second, "Sam Lee"))


def test_a_name_reaches_whoever_muted_it_and_a_role_does_not(talk, asha, bryn, carys):
    for person in (asha, carys):
        services.set_level(talk, person, Level.MUTE)
    answered(talk, asha, "@Carys Hughes")
    answered(talk, bryn, "@Facilitator")
    assert (inbox(carys), inbox(asha)) == ([NAMED], [])


def test_whoever_follows_and_is_named_hears_of_it_once(talk, asha, bryn):
    answered(talk, bryn)
    answered(talk, asha, "@Bryn Powell and again @Bryn Powell")
    assert inbox(bryn) == [NAMED]


def test_a_role_reaches_those_who_hold_it_and_a_community_its_members(talk, asha, bryn):
    answered(talk, bryn, "@Facilitator, and all of @Foster Care Together")
    asha_heard = inbox(asha)
    assert "Bryn Powell names the Facilitator in “Who has a tall ladder?”" in asha_heard
    assert "Bryn Powell names a community of yours in “Who has a tall ladder?”" in asha_heard
    assert not [told for told in inbox(bryn) if "names" in told]


def test_only_members_address_a_community_or_a_role(community, asha, carys):
    question = begun(community, carys, Kind.QUESTION, text="@Facilitator of @Foster Care Together, @Asha Okafor!")
    assert [mention.key for mention in question.posts.get().mentions.all()] == [f"person:{asha.pk}"]


# -- other words -------------------------------------------------------------------------------------------------------
def test_an_edit_tells_only_those_who_are_new(talk, asha, bryn, carys):
    post = answered(talk, asha, "@Carys Hughes")
    browse(carys).get(talk.url)
    services.edit(post, "@Carys Hughes and @Bryn Powell", asha)
    assert (inbox(carys), inbox(bryn)[:1]) == ([], [NAMED])


def test_a_name_that_was_taken_out_is_told_no_more_and_put_back_not_again(talk, asha, carys):
    post = answered(talk, asha, "@Carys Hughes")
    services.edit(post, "Nobody.", asha)
    assert inbox(carys) == []
    services.edit(post, "@Carys Hughes", asha)
    assert inbox(carys) == [NAMED]
    assert post.mentions.count() == 1


def test_what_is_edited_still_names_whom_its_author_could_not_name_now(private_community, dev):
    other = make_member(PersonFactory(first_name="Sian", last_name="Rees"), private_community)
    talk = begun(private_community, dev, text="@Sian Rees")
    other.delete()
    post = services.edit(talk.posts.get(), "@Sian Rees, too", dev)
    assert post.mentions.get().is_there


# -- what one reads ----------------------------------------------------------------------------------------------------
def test_somebody_who_is_called_otherwise_now_is_shown_so(talk, asha, carys):
    answered(talk, asha, "@Carys Hughes")
    carys.name = "Carys Bevan"
    carys.save()
    assert shows(asha, talk, link(carys, "Carys Bevan"))


def test_whoever_may_not_see_them_reads_the_name_as_it_was_written(talk, asha, carys):
    answered(talk, asha, "@Carys Hughes")
    User.objects.filter(pk=carys.pk).update(name="Carys Bevan")
    assert shows(None, talk, "<p>@Carys Hughes</p>")
    User.objects.filter(pk=carys.pk).update(is_active=False)
    assert shows(asha, talk, "<p>@Carys Hughes</p>")


def test_of_somebody_who_was_erased_no_name_stays(talk, asha, carys):
    post = answered(talk, asha, "@carys hughes, ask `@Carys Hughes`")
    services.edit(post, "@Carys Hughes", asha)
    carys.delete()
    post.refresh_from_db()
    assert post.text == "somebody whose account is gone"
    assert "arys" not in post.html + post.versions.get().text.partition(",")[0]
    assert not post.mentions.exists()


def test_a_private_community_is_named_to_its_members_alone(talk, private_community, asha, bryn):
    asha = make_member(User.objects.get(pk=asha.pk), private_community).person
    answered(talk, asha, "@Safe Homes")
    CommunityPage.objects.filter(pk=private_community.pk).update(title="Another Name")
    assert shows(asha, talk, link(private_community, "Another Name"))
    assert shows(bryn, talk, "<p>@Safe Homes</p>")


def test_nobody_forges_a_mention(talk, asha, carys):
    post = answered(talk, asha, f'<span data-mention="person:{carys.pk}">@x</span> [x](@Carys) [@Carys Hughes](/a)')
    assert post.html.count("data-mention") == post.mentions.count()


# -- limits ------------------------------------------------------------------------------------------------------------
def test_five_hundred_names_are_too_many_and_what_was_typed_stays(talk, bryn, carys):
    text = "@Carys Hughes " * 500
    answer = browse(bryn).post(talk.url, sent(text=text))
    assert answer.status_code == 422
    assert "text" in answer.context["form"].errors
    assert answer.context["form"]["text"].value() == text


def test_one_post_tells_so_many_people_and_no_more(talk, bryn, asha, monkeypatch):
    monkeypatch.setattr(mentions, "TOLD", 1)
    assert browse(bryn).post(talk.url, sent(text="@Asha Okafor, that is @Facilitator")).status_code == 302
    with pytest.raises(mentions.TooMany):
        answered(talk, asha, "@Asha Okafor and @Bryn Powell")


def test_the_preview_says_what_stays_as_it_is(talk, bryn, asha):
    page = browse(bryn).post(talk.url, sent(text="@Asha Okafor and @Nobody", deed="preview"))
    assert link(asha, "Asha Okafor") in page.content.decode()
    assert len(page.context["preview_notes"]) == 2
    assert not Post.objects.filter(number=2).exists()


# -- what follows ------------------------------------------------------------------------------------------------------
def test_a_removed_post_tells_nobody(talk, asha, carys):
    services.remove(answered(talk, asha, "@Carys Hughes"), asha)
    assert inbox(carys) == []


QUOTED = ["> @{name} said so.\n\nYes.", "Look:\n\n    @{name}\n", "- `@{name}`", "> > @{name}\n\nNo."]


@pytest.mark.parametrize("text", QUOTED)
def test_what_is_quoted_or_code_names_nobody_anew(text, talk, asha, bryn):
    post = answered(talk, bryn, text.format(name=asha.name))
    assert not post.mentions.exists()
    assert f"@{asha.name}" in post.html
