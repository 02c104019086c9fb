"""What is offered to somebody who is typing: fast, forgiving, and nothing that they may not see."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.audiences import Audience, viewer_tokens
from core.models import Topic
from indexing import engines, maintenance
from indexing.documents import sources
from indexing.engines.base import EngineUnavailable, TitleRequest
from people.models import User
from search import lookup, suggestions
from stories.models import StoryPage
from tests.conftest import browse
from tests.factories import CommunityFactory, PersonFactory, StoryFactory
from tests.visibility.world import World

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()


def offered(text: str, viewer: Any = NOBODY, *, is_stale: bool = False) -> list[str]:
    """The titles that are offered, once the index has caught up or while it is stale."""
    if not is_stale:
        maintenance.rebuild()
    return [one.title for one in suggestions.suggest(text, viewer)]


def person(first: str, last: str) -> User:
    made: User = PersonFactory(first_name=first, last_name=last, public=True)
    return made


def story(title: str, **fields: Any) -> StoryPage:
    made: StoryPage = StoryFactory(title=title, **{"audience": Audience.EVERYONE, **fields})
    return made


# -- what is found by what is typed ------------------------------------------------------------------------------------
@pytest.mark.parametrize("typed", ["fost tog", "tog fost", "Foster Care Together", "FOSTER", "care", "  fo   tog "])
def test_words_are_given_by_their_beginnings_in_any_order(community, typed):
    assert offered(typed) == ["Foster Care Together"]


@pytest.mark.parametrize("typed", ["oster", "foster parking", "f", "", "  ", "?!", "\0", "*", "'"])
def test_what_fits_nothing_offers_nothing(community, typed):
    assert offered(typed) == []


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        (("Máire", "O'Neill"), ["O'Neill", "oneill", "o neill", "o’neill", "ONEILL maire", "máire o", "m. o'n"]),
        (("Siân", "Llŷr-Ŵyn"), ["llyr", "wyn sian", "llyr-wyn", "llyrwyn", "ŵyn", "Sian Llyr Wyn"]),
        (("Jane", "Pickles"), ["J. Pickles", "J Pickles", "pickles, jane", "Pickles J."]),
        (("Łukasz", "Żak"), ["lukasz", "Łuk", "zak"]),
        (("J.P.", "Tate"), ["JP Tate", "j.p. tate", "j p tate", "jp"]),
    ],
)
def test_names_are_found_however_their_letters_are_typed(home, name, typed):
    found = person(*name)
    assert {text: offered(text) for text in typed} == {text: [found.name] for text in typed}


def test_people_come_first_then_communities_then_topics_then_things(home):
    CommunityFactory(title="Garden folk", slug="garden-folk")
    story("Gardens at dusk").topics.add(Topic.objects.create(name="Gardening", slug="gardening"))
    StoryPage.objects.get().save()
    person("Gardenia", "Bell")
    story_page = StoryPage.objects.get()
    story_page.topics.add(Topic.objects.get())
    story_page.save()
    maintenance.rebuild()
    kinds = [one.kind for one in suggestions.suggest("garden", NOBODY)]
    assert kinds == ["person", "community", "topic", "story"]


def test_no_group_keeps_the_others_out(home):
    for number in range(12):
        person(f"Marsh{number}", "Bell")
    story("Marsh walks")
    titles_offered = offered("marsh")
    assert len(titles_offered) == suggestions.MOST
    assert titles_offered[-1] == "Marsh walks"


def test_what_begins_so_comes_before_what_has_it_within(home):
    story("The lamp")
    story("Lamps for the whole long park")
    assert offered("lamp") == ["Lamps for the whole long park", "The lamp"]


def test_a_name_that_many_things_bear_is_offered_once(home):
    for _ in range(3):
        story("Potholes")
    assert offered("pothole") == ["Potholes"]


@pytest.mark.parametrize(("slug", "url"), [("bread", "/topics/bread/"), ("tŷ", "/topics/t%C5%B7/")])
def test_a_topic_leads_to_everything_about_it(home, slug, url):
    page = story("Sourdough")
    page.topics.add(Topic.objects.create(name="Bread & ovens", slug=slug))
    page.save()
    maintenance.rebuild()
    (topic,) = suggestions.suggest("ovens", NOBODY)
    assert (topic.kind, topic.label, topic.url) == ("topic", "Topic", url)
    assert browse().get(topic.url).status_code == 200


# -- rights ------------------------------------------------------------------------------------------------------------
def test_dev_is_offered_what_his_community_keeps_and_carys_is_not(private_community, dev, carys):
    assert offered("safe ho", dev) == ["Safe Homes"]
    assert offered("safe ho", carys) == offered("safe ho") == []


@pytest.mark.parametrize("is_stale", [True, False])
def test_what_was_made_private_is_not_offered_even_from_an_index_of_before(community, is_stale):
    page = story("Nineteen carers", community=community)
    assert offered("nineteen") == ["Nineteen carers"]
    page.audience = Audience.MEMBERS
    page.save()
    assert offered("nineteen", is_stale=is_stale) == []


@pytest.mark.parametrize("is_stale", [True, False])
def test_a_topic_of_things_that_were_hidden_is_not_offered(home, is_stale):
    page = story("A page", community=None)
    page.topics.add(Topic.objects.create(name="Quietude", slug="quietude"))
    page.save()
    assert offered("quiet") == ["Quietude"]
    page.unpublish()
    assert offered("quiet", is_stale=is_stale) == []


def test_a_new_name_is_shown_as_it_is_now(home):
    page = story("Old name")
    maintenance.rebuild()
    page.title = "Secret name"
    page.save()
    assert "Old name" not in offered("old", is_stale=True)


def test_while_the_engine_is_away_topics_alone_are_offered(home, monkeypatch):
    page = story("Quiet page", community=None)
    page.topics.add(Topic.objects.create(name="Quietude", slug="quietude"))
    page.save()

    def away() -> None:
        raise EngineUnavailable("away")

    monkeypatch.setattr(engines, "engine", away)
    assert offered("quiet", is_stale=True) == ["Quietude"]


def test_whoever_is_let_in_is_offered_it_at_once(private_community, carys):
    from tests.factories import make_member

    assert offered("safe ho", carys) == []
    make_member(carys, private_community)
    assert offered("safe ho", User.objects.get(pk=carys.pk)) == ["Safe Homes"]


@pytest.mark.parametrize("viewer", ["nobody", "carys", "bryn", "dev"])
def test_everything_findable_is_offered_to_whom_the_one_rule_lets_see_it_with_its_own_address(world: World, viewer):
    who = world.cast[viewer] or NOBODY
    tokens = viewer_tokens(who)
    documents = [source.document(obj) for source in sources() for obj in source.queryset()]
    maintenance.rebuild()
    every = {match.key for one in documents for group in all_titles(one.title, tokens) for match in group}
    visible = {one.key: (one.title, one.url) for one in documents if not one.tokens.isdisjoint(tokens)}
    assert every == set(visible)
    assert {key: (thing.title, thing.url) for key, thing in lookup.now(every, who).items()} == visible


def all_titles(title: str, tokens: frozenset[str]) -> Any:
    return engines.engine().titles(TitleRequest(title, tokens, suggestions.KINDS, size=100))


# -- the address -------------------------------------------------------------------------------------------------------
def test_the_address_gives_what_a_search_box_shows(community):
    maintenance.rebuild()
    answer = browse().get("/search/suggestions/?q=fost")
    assert answer.json() == {
        "suggestions": [
            {"kind": "community", "label": "Community", "title": "Foster Care Together", "url": community.url}
        ],
        "said": "1 suggestion.",
    }
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]


@pytest.mark.parametrize(
    "query", ["", "q=", "q=zz", "q=%00", f"q={'a' * 5000}", "q=%F0%9F%92%A9%20x", "q=a+b+c+d+e+f+g+h+i"]
)
def test_nonsense_is_answered_calmly(community, query):
    assert browse().get(f"/search/suggestions/?{query}").json() == {"suggestions": [], "said": "No suggestions."}


def queries() -> int:
    maintenance.rebuild()
    browser = browse()
    browser.get("/search/suggestions/?q=lamp")
    with CaptureQueriesContext(connection) as captured:
        assert browser.get("/search/suggestions/?q=lamp").json()["suggestions"]
    return len(captured)


def test_a_key_takes_as_many_queries_with_thirty_things_as_with_three(home):
    for number in range(3):
        story(f"Lamps {number}")
    few = queries()
    for number in range(27):
        story(f"Lamps again {number}")
    assert queries() == few <= 6
