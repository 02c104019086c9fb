"""A topic's page: what there is about it, as far as the reader may see."""

from typing import Any

import pytest

from core.models import Topic
from indexing import maintenance
from people.models import User
from tests.conftest import browse
from tests.factories import GuidanceFactory, PersonFactory, SessionFactory, StoryFactory, SurgeryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_index(settings: Any, tmp_path: Any) -> None:
    settings.SEARCH = {**settings.SEARCH, "URL": f"sqlite:///{tmp_path / 'hub-index'}"}


@pytest.fixture
def bees(home: Any) -> Topic:
    return Topic.objects.create(name="Bees", slug="bees", summary="Hives, swarms and honey.")


def about(topic: Topic, page: Any) -> Any:
    page.topics.add(topic)
    page.save()
    return page


def ask(person: Any = None) -> Any:
    return browse(person).get("/topics/bees/")


def html(person: Any = None) -> str:
    response = ask(person)
    assert response.status_code == 200
    return str(response.content.decode())


def test_a_topic_shows_what_every_room_has_about_it(bees, community):
    about(bees, community)
    about(bees, StoryFactory(title="Bees on the roof"))
    about(bees, GuidanceFactory(title="When bees swarm"))
    SessionFactory(surgery=about(bees, SurgeryFactory(title="Ask the beekeeper")))
    PersonFactory(first_name="Mabel", public=True).skills.add(bees)
    maintenance.rebuild()
    page = html()
    for words in ("Hives, swarms and honey.", "Foster Care Together", "Bees on the roof", "When bees swarm"):
        assert words in page
    assert "Next surgeries" in page
    assert "Ask the beekeeper" in page
    assert "Mabel Example" in page


def test_a_surgery_without_a_date_is_there_all_the_same(bees):
    about(bees, SurgeryFactory(title="Ask the beekeeper"))
    assert "Ask the beekeeper" in html()


def test_who_says_that_they_know_is_named_while_search_is_away(bees):
    PersonFactory(first_name="Mabel", public=True).skills.add(bees)
    assert "Says so on their page." in html()


def test_who_opted_out_is_not_named(bees):
    mabel = PersonFactory(first_name="Mabel", public=True)
    mabel.skills.add(bees)
    User.objects.filter(pk=mabel.pk).update(may_be_suggested=False)
    page = html()
    assert "Mabel" not in page
    assert "Nobody has written about it yet." in page


def test_a_topic_of_private_things_alone_does_not_exist_for_others(bees, private_community, carys, dev):
    about(bees, StoryFactory(community=private_community, private=True))
    assert ask(carys).status_code == ask().status_code == 404
    assert ask(dev).status_code == 200


def test_a_skill_that_may_not_be_seen_opens_nothing(bees, carys):
    carys.skills.add(bees)
    assert ask().status_code == 404
    assert ask(carys).status_code == 200


def test_a_topic_that_nobody_uses_is_nowhere(bees):
    assert ask().status_code == 404
    assert browse().get("/topics/no-such-topic/").status_code == 404


def test_a_topic_that_becomes_private_is_gone_at_once(bees, django_capture_on_commit_callbacks):
    story = about(bees, StoryFactory())
    assert ask().status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        story.audience = "organisation"
        story.save()
    assert ask().status_code == 404


def test_more_than_fit_lead_to_the_list(bees):
    for _number in range(7):
        about(bees, StoryFactory())
    assert 'href="/stories/?topic=bees"' in html()


@pytest.mark.parametrize("factory", [StoryFactory, GuidanceFactory, SurgeryFactory])
def test_a_page_leads_to_its_topics(bees, factory):
    assert 'href="/topics/bees/"' in browse().get(about(bees, factory()).url).content.decode()


def test_a_community_and_a_session_lead_to_their_topics(bees, community):
    session = SessionFactory(surgery=about(bees, SurgeryFactory()))
    for thing in (about(bees, community), session):
        assert 'href="/topics/bees/"' in browse().get(thing.url).content.decode()


def test_a_topic_may_be_written_in_any_alphabet(home: Any) -> None:
    house = Topic.objects.create(name="Tŷ", slug="tŷ")
    about(house, StoryFactory(title="A house by the beck"))
    assert "A house by the beck" in browse().get("/topics/tŷ/").content.decode()
