"""Thanking somebody: for what, who reads it, and what it says of who knows."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import TestCase
from django.urls import reverse

from communities.models import CommunityPage
from core.audiences import Audience
from core.models import Topic
from indexing import maintenance
from people.models import User
from stories.models import StoryPage
from tests.conftest import browse
from tests.factories import StoryFactory, make_member, tell
from thanks import services
from thanks.models import Thanks
from thanks.thankable import thing_for

GIVE = "/thanks/give/"


def key_of(story: StoryPage) -> str:
    return f"stories.storypage:{story.pk}"


def said(to: User, **more: Any) -> dict[str, Any]:
    return {"to": to.pk, "words": "You explained the allowance.", "how": "openly", **more}


@pytest.fixture
def story(community: CommunityPage, asha: User) -> StoryPage:
    return tell(StoryFactory(title="Plums for all", community=community, audience=Audience.EVERYONE), asha)


@pytest.fixture
def shown(story: StoryPage, asha: User, carys: User) -> Thanks:
    """Carys thanked Asha for her story, and Asha put it on her page."""
    thanks = services.give(carys, asha, "It helped me.", thing=thing_for(carys, key_of(story)))
    services.show(thanks)
    return thanks


def on_page(person: User, reader: User | None) -> list[int]:
    sections = browse(reader).get(person.get_absolute_url()).context["sections"]
    found = [section.data for section in sections if section.name == "thanks"]
    return [one.thanks.pk for data in found for one in data["thanks"]]


# -- giving ------------------------------------------------------------------------------------------------------------
def test_somebody_is_thanked_for_a_story_and_hears_of_it(story, asha, carys):
    answer = browse(carys).post(f"{GIVE}?for={key_of(story)}", said(asha, words=""))
    thanks = Thanks.objects.get()
    assert answer.url == story.url
    assert (thanks.giver, thanks.receiver, thanks.thing, thanks.is_shown) == (carys, asha, key_of(story), False)
    assert browse(asha).get("/thanks/").context["page_of_thanks"].object_list[0].thing.title == "Plums for all"


def test_topics_of_the_thing_are_offered_and_kept(story, asha, carys):
    topic = Topic.objects.create(name="Fruit", slug="fruit")
    story.topics.add(topic)
    story.save()
    browse(carys).post(f"{GIVE}?for={key_of(story)}", said(asha, topics=[topic.pk]))
    assert list(Thanks.objects.get().topics.all()) == [topic]


@pytest.mark.parametrize(
    ("words", "again", "expected"), [("", False, 422), ("Well done.", False, 302), ("Well done.", True, 302)]
)
def test_in_words_one_says_what_for(asha, carys, words, again, expected):
    if again:
        services.give(carys, asha, "The first time.")
    assert browse(carys).post(f"{GIVE}?to={asha.slug}", said(asha, words=words)).status_code == expected


def test_one_thanks_for_one_thing(story, shown, asha, carys):
    answer = browse(carys).post(f"{GIVE}?for={key_of(story)}", said(asha, words="Once more, with feeling."))
    assert answer.status_code == 422
    assert answer.context["form"]["words"].value() == "Once more, with feeling."
    assert Thanks.objects.count() == 1


@pytest.mark.parametrize("query", ["", "?to=nobody", "?for=stories.storypage:999999", "?for=people.user:1", "?for=x:y"])
def test_nobody_is_thanked_for_nothing(home, carys, query):
    assert browse(carys).get(GIVE + query).status_code == 404


def test_one_cannot_thank_oneself(story, asha, bryn):
    own = browse(asha).get(f"{GIVE}?for={key_of(story)}")
    assert own.url == story.url
    assert browse(asha).get(f"{GIVE}?to={asha.slug}").status_code == 404
    foreign = browse(bryn).post(f"{GIVE}?for={key_of(story)}", said(bryn))
    assert (foreign.status_code, Thanks.objects.count()) == (422, 0)


def test_what_one_may_not_see_one_cannot_thank_for(private_community, dev, carys):
    hidden = tell(StoryFactory(title="Plums", community=private_community, audience=Audience.MEMBERS), dev)
    assert browse(carys).get(f"{GIVE}?for={key_of(hidden)}").status_code == 404


# -- who reads it ------------------------------------------------------------------------------------------------------
def test_nothing_stands_on_a_page_unasked(story, asha, carys, bryn):
    thanks = services.give(carys, asha, "It helped me.", thing=thing_for(carys, key_of(story)))
    assert on_page(asha, bryn) == []
    browse(asha).post(reverse("thanks:show", args=[thanks.pk]))
    assert on_page(asha, bryn) == [thanks.pk]
    asha.audience = Audience.EVERYONE
    asha.save()
    assert on_page(asha, None) == []
    browse(asha).post(reverse("thanks:show", args=[thanks.pk]), {"take_back": "yes"})
    assert on_page(asha, bryn) == []


def test_between_the_two_stays_between_the_two(asha, carys, bryn):
    thanks = services.give(carys, asha, "Only for you.", is_open=False)
    browse(asha).post(reverse("thanks:show", args=[thanks.pk]))
    thanks.refresh_from_db()
    assert not thanks.is_shown
    assert browse(bryn).get(reverse("thanks:take_back", args=[thanks.pk])).status_code == 404


def test_thanks_follow_what_they_are_for(story, shown, asha, bryn, carys):
    assert on_page(asha, carys) == [shown.pk]
    story.audience = Audience.MEMBERS
    story.save_revision().publish()
    assert on_page(asha, carys) == []
    assert on_page(asha, bryn) == [shown.pk]


@pytest.mark.parametrize("who", ["asha", "carys"])
def test_either_of_the_two_takes_them_away(request, shown, asha, carys, who):
    answer = browse({"asha": asha, "carys": carys}[who]).post(reverse("thanks:take_back", args=[shown.pk]))
    assert (answer.url, Thanks.objects.count()) == (reverse("thanks:mine"), 0)


def test_words_stay_when_their_giver_goes(shown, asha, carys, bryn):
    carys.delete()
    assert on_page(asha, bryn) == [shown.pk]
    assert not Thanks.objects.with_weight().get().counts


# -- who knows ---------------------------------------------------------------------------------------------------------
def known(reader: User) -> list[User]:
    people = browse(reader).get("/people/who-knows/", {"q": "who explains the plum allowance"}).context["people"]
    return [one.person for one in people]


@pytest.fixture
def thanked(bryn: User, carys: User) -> Thanks:
    """Carys thanked Bryn, who has written nothing."""
    thanks = services.give(carys, bryn, "You explained the plum allowance to me, with all its forms.")
    services.show(thanks)
    return thanks


def test_thanks_say_who_knows_and_are_no_result(thanked, bryn, asha):
    maintenance.rebuild()
    assert bryn in known(asha)
    found = browse(asha).get("/search/", {"q": "plum allowance"}).context["results"]
    assert "thanks" not in {hit.kind for hit in found.hits}


def test_thanks_that_go_both_ways_speak_for_nobody(thanked, bryn, carys, asha):
    services.give(bryn, carys, "And you are kind.", is_open=False)
    maintenance.rebuild()
    assert bryn not in known(asha)


def test_a_ring_of_three_speaks_for_nobody_until_it_is_broken(thanked, bryn, carys, dev, asha):
    """Carys thanked Bryn, Bryn thanks Dev, and Dev thanks Carys. What others say of them counts."""
    maintenance.rebuild()
    services.give(bryn, dev, "You lent me a ladder.")
    from_asha = services.give(asha, dev, "You lent me one, too.")
    assert all(row.counts for row in Thanks.objects.with_weight())
    with TestCase.captureOnCommitCallbacks(execute=True):
        last = services.give(dev, carys, "And you are kind.", is_open=False)
    assert set(Thanks.objects.with_weight().filter(counts=True)) == {from_asha}
    assert bryn not in known(asha)
    with TestCase.captureOnCommitCallbacks(execute=True):
        services.take_back(last)
    assert bryn in known(asha)
    assert all(row.counts for row in Thanks.objects.with_weight())


def test_whoever_is_gone_closes_no_ring(thanked, bryn, carys, dev, asha):
    services.give(bryn, dev, "You lent me a ladder.")
    services.give(dev, carys, "And you are kind.")
    maintenance.rebuild()
    with TestCase.captureOnCommitCallbacks(execute=True):
        dev.delete()
    assert bryn in known(asha)
    assert not maintenance.compare()


def test_a_ring_that_took_longer_is_none(thanked, bryn, carys, dev):
    services.give(bryn, dev, "You lent me a ladder.")
    old = services.give(dev, carys, "Years ago.")
    Thanks.objects.filter(pk=old.pk).update(given=old.given - timedelta(days=200))
    assert all(row.counts for row in Thanks.objects.with_weight())


def test_whoever_is_switched_off_speaks_for_nobody_until_they_are_back(thanked, carys):
    for is_here in (False, True):
        User.objects.filter(pk=carys.pk).update(is_active=is_here)
        assert [row.counts for row in Thanks.objects.with_weight()] == [is_here]


def test_of_several_in_words_the_newest_counts(thanked, bryn, carys):
    services.give(carys, bryn, "Once more.")
    counted = {row.pk: row.counts for row in Thanks.objects.with_weight()}
    assert counted == {thanked.pk: False, Thanks.objects.latest("pk").pk: True}


def test_old_thanks_back_are_no_ring(thanked, bryn, carys):
    old = services.give(bryn, carys, "Years ago.")
    Thanks.objects.filter(pk=old.pk).update(given=old.given - timedelta(days=200))
    assert all(row.counts for row in Thanks.objects.with_weight())


def test_thanks_for_a_private_thing_speak_to_its_members_alone(private_community, dev, bryn, carys):
    make_member(bryn, private_community)
    hidden = tell(StoryFactory(title="The plum allowance", community=private_community, audience="members"), dev)
    thanks = services.give(bryn, dev, "The plum allowance!", thing=thing_for(bryn, key_of(hidden)))
    services.show(thanks)
    maintenance.rebuild()
    assert dev not in known(carys)


def test_thanks_follow_a_community_that_is_closed_to_others(story, shown, community, asha, bryn, carys):
    """Its things change their readers in bulk."""
    maintenance.rebuild()
    community.audience = Audience.MEMBERS
    with TestCase.captureOnCommitCallbacks(execute=True):
        community.save()
    assert not maintenance.compare()
    assert on_page(asha, carys) == []
