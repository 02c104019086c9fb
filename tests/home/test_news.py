"""What is new in each community, on the front page."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from communities.models import CommunityPage
from core.audiences import Audience
from home.news import with_news
from people.models import User
from tests.conftest import browse
from tests.factories import CommunityFactory, GuidanceFactory, SessionFactory, StoryFactory, SurgeryFactory, make_member


def today(days: int = 0) -> Any:
    return timezone.localdate() + timedelta(days=days)


def row_of(community: CommunityPage, person: User | None = None) -> Tag:
    """The community's row on the front page."""
    page = BeautifulSoup(browse(person).get("/").content.decode(), "html.parser")
    return next(row for row in page.select(".community-row") if row.a["href"] == community.url)


def news_of(community: CommunityPage, person: User | None = None) -> list[str]:
    return [line.a.get_text() for line in row_of(community, person).select(".community-row__news li")]


@pytest.mark.parametrize(
    ("told", "checked", "newest"),
    [(-1, -5, ["Told"]), (-5, -1, ["Checked"]), (-1, None, ["Told"]), (None, -1, ["Checked"]), (None, None, [])],
)
def test_the_newer_of_story_and_guidance_is_the_news(
    community: CommunityPage, told: int | None, checked: int | None, newest: list[str]
) -> None:
    if told is not None:
        StoryFactory(title="Told", community=community, told_on=today(told))
        StoryFactory(title="Told before", community=community, told_on=today(-30))
    if checked is not None:
        GuidanceFactory(title="Checked", community=community, checked_on=today(checked), written_on=today(-99))
    assert news_of(community) == newest


def test_the_next_date_that_takes_place_stands_first(community: CommunityPage) -> None:
    StoryFactory(title="Told", community=community)
    surgery = SurgeryFactory(title="Kitchen table", community=community)
    SessionFactory(surgery=surgery, title="Called off", cancelled=True)
    SessionFactory(surgery=surgery, title="Over", past=True)
    SessionFactory(surgery=surgery, title="To come", starts=timezone.now() + timedelta(days=3))
    assert news_of(community) == ["To come", "Told"]


def test_a_community_without_news_says_what_it_does(community: CommunityPage) -> None:
    assert "What a reader gets from it." in row_of(community).get_text()


def test_news_are_seen_by_those_who_may_read_them(
    community: CommunityPage, private_community: CommunityPage, bryn: User, carys: User
) -> None:
    StoryFactory(title="For all", community=community, told_on=today(-9))
    StoryFactory(title="Inside", community=community, told_on=today(-8), audience=Audience.ORGANISATION)
    StoryFactory(title="Among us", community=community, told_on=today(-7), audience=Audience.MEMBERS)
    readers = [None, carys, bryn, None]
    assert [news_of(community, reader) for reader in readers] == [["For all"], ["Inside"], ["Among us"], ["For all"]]


def test_news_cost_the_same_for_one_community_and_for_six(home: Any, carys: User) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert with_news(CommunityPage.objects.shown_to(carys), carys, 6)
        return len(asked)

    make_member(carys, first := CommunityFactory())
    StoryFactory(community=first)
    cost()  # the reader's tokens and where the site stands are looked up once
    counts = []
    for number in (1, 5):
        for community in CommunityFactory.create_batch(number):
            make_member(carys, community)
            StoryFactory.create_batch(2, community=community)
            GuidanceFactory(community=community)
            SessionFactory(surgery=SurgeryFactory(community=community))
        counts.append(cost())
    assert counts == [1, 1]
