"""Stories and the list of them."""

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup

from communities.models import CommunityPage
from core.models import Topic
from people.models import User
from stories.models import StoryPage
from tests.conftest import browse
from tests.factories import StoryFactory, tell


def body(address: str, person: User | None = None) -> str:
    return browse(person).get(address).content.decode()


def titles(address: str) -> list[str]:
    return [story.title for story in browse().get(address).context["stories"]]


def about(story: StoryPage, slug: str) -> StoryPage:
    story.topics.add(Topic.objects.get_or_create(slug=slug, defaults={"name": slug.title()})[0])
    story.save()
    return story


def test_the_newest_story_comes_first(home: Any) -> None:
    StoryFactory(title="Older", told_on=date(2026, 1, 1))
    StoryFactory(title="Newer", told_on=date(2026, 2, 1))
    assert titles("/stories/") == ["Newer", "Older"]


def test_stories_about_one_topic(home: Any) -> None:
    about(StoryFactory(title="A flood"), "water")
    StoryFactory(title="A boiler")
    assert titles("/stories/?topic=water") == ["A flood"]
    assert "Stories about Water" in body("/stories/?topic=water")


def test_topics_count_the_stories_that_the_reader_may_read(home: Any, private_community: CommunityPage) -> None:
    about(StoryFactory(), "water")
    about(StoryFactory(community=private_community), "water")
    assert [(topic.slug, topic.n) for topic in browse().get("/stories/").context["topics"]] == [("water", 1)]


@pytest.mark.parametrize("query", ["topic=nothing", "topic=%00", "page=99", "page=x", "topic=<script>"])
def test_a_strange_address_breaks_no_list(home: Any, query: str) -> None:
    assert browse().get(f"/stories/?{query}").status_code == 200
    assert "<script>" not in body(f"/stories/?{query}").replace('<script type="module"', "")


def test_the_list_is_cut_in_pages(home: Any) -> None:
    StoryFactory.create_batch(15)
    assert len(titles("/stories/")) == 13
    assert len(titles("/stories/?page=2")) == 2


def test_a_story_names_who_tells_it(community: CommunityPage, asha: User, bryn: User) -> None:
    story = tell(StoryFactory(community=community), asha, bryn)
    assert "Told by Asha Okafor and Bryn Powell" in body(story.url)
    assert asha.get_absolute_url() not in body(story.url)
    assert asha.get_absolute_url() in body(story.url, bryn)


def test_a_tellers_page_lists_what_they_told(community: CommunityPage, asha: User, bryn: User) -> None:
    story = tell(StoryFactory(title="Nineteen carers", community=community), asha)
    assert story.url in body(asha.get_absolute_url(), bryn)


def test_a_story_leads_on_to_others_of_its_community(community: CommunityPage) -> None:
    story, next_one, elsewhere = (StoryFactory(title=title, community=community) for title in ("One", "Two", "Three"))
    StoryPage.objects.filter(pk=elsewhere.pk).update(community=None)
    following = browse().get(story.url).context["following"]
    assert [other.pk for other in following] == [next_one.pk]


def test_a_story_says_its_parts_and_how_long_it_takes(home: Any) -> None:
    story = StoryFactory(evidence="<p>Counted in March.</p>", body=f"<p>{'word ' * 660}</p>")
    page = body(story.url)
    assert "The evidence" in page
    assert "What changed" not in page
    assert "A 3-minute read." in page


def test_what_runs_is_never_shown(home: Any) -> None:
    story = StoryFactory(need='<p onclick="x()">Mud<script>alert(1)</script><a href="javascript:x()">y</a></p>')
    page = body(story.url)
    assert "alert(1)" not in page
    assert "onclick" not in page
    assert "javascript:" not in page


def test_a_draft_is_read_by_nobody_on_the_front(home: Any, hub_team: User) -> None:
    assert browse(hub_team).get(StoryFactory(draft=True).url).status_code == 404


def test_a_byline_follows_the_teller_to_a_new_name(home: Any, carys: User) -> None:
    story = tell(StoryFactory(), carys)
    carys.name = "Carys Rees"
    carys.save()
    assert "Told by Carys Rees" in body(story.url)


# -- pictures in lists -------------------------------------------------------------------------------------------------
def prints(address: str) -> list[str]:
    """The prints of the stories that a page lists, by name."""
    page = BeautifulSoup(body(address), "html.parser")
    return [picture["src"].split("/")[-2] for picture in page.select(":is(.story, .happened) > img")]


@pytest.mark.parametrize("scene", ["", "market"])
def test_two_stories_in_a_list_never_share_a_print(community: CommunityPage, asha: User, scene: str) -> None:
    stories = [about(tell(StoryFactory(community=community, scene=scene), asha), "bees") for _number in range(8)]
    asha.audience = "everyone"
    asha.save()
    for address in ("/stories/", "/", community.url, "/topics/bees/", asha.get_absolute_url(), stories[0].url):
        shown = prints(address)
        assert len(shown) == len(set(shown)) >= 3, address
        assert prints(address) == shown, address


class Photograph:
    url, width, height, alt = "/media/lane.jpg", 800, 600, "A lane under water"


def test_a_photograph_stands_in_lists_and_takes_no_print_from_others(home: Any, monkeypatch: Any) -> None:
    StoryFactory.create_batch(2, scene="market")
    half_of_them = property(lambda story: Photograph if story.pk % 2 else None, lambda story, found: None)
    monkeypatch.setattr(StoryPage, "photograph", half_of_them, raising=False)
    page = BeautifulSoup(body("/stories/"), "html.parser")
    taken, drawn = sorted(page.select(".story > img"), key=lambda picture: "/media/" not in picture["src"])
    assert (taken["src"], taken["alt"]) == (Photograph.url, Photograph.alt)
    assert "/market/" in drawn["src"]
