"""A community is known by its key: two may have one title, and a title changes."""

from typing import Any

import pytest

from core.audiences import Audience
from indexing import engines, maintenance
from indexing.documents import key_of
from indexing.engines.base import EngineUnavailable
from search import lookup, presentation, related, services
from search.presentation import UNKNOWN_COMMUNITY
from tests.conftest import browse
from tests.factories import CommunityFactory, GuidanceFactory, StoryFactory
from tests.reading.saving import BEES, keep, titles_of_new

pytestmark = pytest.mark.django_db


@pytest.fixture
def gardeners(home: Any) -> list[Any]:
    """Two communities of one title, each with a story."""
    both = [CommunityFactory(title="Gardeners", slug=f"gardeners-{town}") for town in ("ullsby", "harrowby")]
    for community, title in zip(both, ("Bees of Ullsby", "Bees of Harrowby"), strict=True):
        StoryFactory(community=community, title=title, summary=BEES, audience=Audience.EVERYONE)
    maintenance.rebuild()
    return both


def results(query: str, person: Any = None) -> Any:
    return browse(person).get("/search/", {"q": "bees", "community": query} if query else {"q": "bees"}).context


def choices(found: Any) -> list[tuple[str, str]]:
    facet = next(facet for facet in found["results"].facets if facet.name == "community")
    return sorted((choice.value, str(choice.label)) for choice in facet.choices)


@pytest.mark.parametrize("is_away", [False, True])
def test_one_of_two_communities_with_the_same_title_is_chosen_alone(gardeners, monkeypatch, is_away):
    if is_away:
        monkeypatch.setattr(engines, "engine", lambda: (_ for _ in ()).throw(EngineUnavailable("away")))
    else:
        assert choices(results("")) == sorted((key_of(one), "Gardeners") for one in gardeners)
    found = results(key_of(gardeners[0]))["results"]
    assert [hit.title for hit in found.hits if hit.kind == "story"] == ["Bees of Ullsby"]


def test_of_many_communities_only_those_are_read_that_can_be_chosen(gardeners, monkeypatch):
    """A hub of hundreds of communities reads a dozen for a page of results, and the one that was chosen."""
    asked = []
    monkeypatch.setattr(presentation, "MOST_CHOICES", 1)
    monkeypatch.setattr(services, "titles", lambda keys, tokens: asked.append(set(keys)) or lookup.titles(keys, tokens))
    [(fullest, _title)] = choices(results(""))
    [chosen] = {key_of(one) for one in gardeners} - {fullest}
    assert choices(results(chosen)) == sorted((key_of(one), "Gardeners") for one in gardeners)
    assert asked == [{fullest}, {fullest, chosen}]


def test_a_new_title_changes_no_saved_search(gardeners, bryn):
    mine = keep(bryn, "", community=[key_of(gardeners[0])])
    gardeners[0].title = "Growers"
    gardeners[0].save()
    StoryFactory(community=gardeners[0], title="Honey", summary=BEES, audience=Audience.EVERYONE)
    StoryFactory(community=gardeners[1], title="Wax", summary=BEES, audience=Audience.EVERYONE)
    maintenance.rebuild()
    assert titles_of_new(mine, bryn) == ["Honey"]
    (shown,) = browse(bryn).get("/reading/searches/").context["searches"]
    assert shown.title == "Growers"


def test_a_community_that_one_may_not_see_any_more_is_not_named(private_community, carys):
    keep(carys, "", community=[key_of(private_community)])
    (shown,) = browse(carys).get("/reading/searches/").context["searches"]
    assert shown.title == str(UNKNOWN_COMMUNITY)
    assert "Safe Homes" not in browse(carys).get("/search/", {"community": key_of(private_community)}).content.decode()


def test_what_another_community_of_the_same_title_looks_after_is_near(gardeners):
    own = StoryFactory(community=gardeners[0], title="Hives", summary=BEES, need="", what_we_did="")
    GuidanceFactory(community=gardeners[1], title="Keeping bees", summary=BEES)
    maintenance.rebuild()
    assert "Keeping bees" in [hit.title for hit in related.near(own, browse().get("/").wsgi_request.user)]
