"""Whoever takes their name back is named nowhere that the story is told: feeds, digests, aliases, a cluster."""

from typing import Any

import time_machine
from django.test import TestCase

from core.outbox import drain
from indexing import maintenance
from indexing.documents import key_of
from people.models import User
from reading.searches import listings
from stories.models import StoryPage
from stories.named.models import NamedPerson
from tests.conftest import browse
from tests.engines import cluster_url, engine_of_its_own, own_index_for_each
from tests.notifications.mails import MONDAY, TUESDAY, bring, have_been_members, html, plain
from tests.reading.saving import keep
from tests.stories.test_consent import FORMS, left, mina, name, publish_with_her, story

__all__ = ["cluster_url", "mina", "own_index_for_each", "story"]


def withdraw(person: User, named: NamedPerson) -> None:
    with TestCase.captureOnCommitCallbacks(execute=True):
        browse(person).post(f"/stories/consent/{named.pk}/withdraw/")


def test_the_feed_of_somebodys_search_says_her_name_no_more(
    story: StoryPage, asha: User, bryn: User, mina: User
) -> None:
    mine = keep(bryn, "lamp in the lane")
    named = publish_with_her(story, asha, mina)
    maintenance.rebuild()
    address = listings.feed(mine)
    assert "Wilhelmina" in browse().get(address).content.decode()
    withdraw(mina, named)
    feed = browse().get(address).content.decode().casefold()
    assert ("a resident lit the lane" in feed, [form for form in FORMS if form in feed]) == (True, [])


def test_a_digest_that_is_not_sent_yet_says_what_the_story_says_now(
    story: StoryPage, asha: User, bryn: User, mina: User
) -> None:
    have_been_members()
    with time_machine.travel(TUESDAY, tick=False):
        named = publish_with_her(story, asha, mina)
        drain("notices")
        withdraw(mina, named)
    (letter,) = [made for made in bring(MONDAY) if made.to == [bryn.email]]
    said = f"{letter.subject} {plain(letter)} {html(letter)}".casefold()
    assert ("a resident" in said, [form for form in FORMS if form in said]) == (True, [])


def test_an_alias_of_the_story_follows_it(story: StoryPage, asha: User, mina: User) -> None:
    named = publish_with_her(story, asha, mina)
    alias = StoryPage.objects.get(pk=story.pk).create_alias(update_slug="minnie-again", user=asha)
    withdraw(mina, named)
    assert left() == set()
    page = browse(asha).get(StoryPage.objects.get(pk=alias.pk).url).content.decode().casefold()
    assert ("a resident lit the lane" in page, "wilhelmina" in page) == (True, False)


def test_search_on_a_cluster_finds_her_no_more(
    story: StoryPage, asha: User, mina: User, settings: Any, cluster_url: str
) -> None:
    with engine_of_its_own(cluster_url) as made:
        settings.SEARCH = {**settings.SEARCH, "URL": f"{cluster_url}/{made.indexes.alias}"}
        named = publish_with_her(story, asha, mina)
        maintenance.rebuild()
        hits = browse(asha).get("/search/", {"q": "Wilhelmina Quill lamp"}).context["results"].hits
        assert key_of(story) in {hit.key for hit in hits}
        withdraw(mina, named)
        found = browse(asha).get("/search/", {"q": "resident lit the lane"}).content.decode()
        assert [form for form in ("Quill", "Minnie") if form in found] == []
        assert not maintenance.compare()


def test_the_editor_leads_whoever_asks_people_to_the_list(
    story: StoryPage, asha: User, hub_team: User, mina: User
) -> None:
    name(story, asha, mina)
    page = browse(asha).get(f"/admin/pages/{story.pk}/edit/").content.decode()
    address = f"/stories/writing/{story.pk}/names/"
    assert ("Wilhelmina Quill: Not asked yet" in page, address in page) == (True, True)
    assert address not in browse(hub_team).get(f"/admin/pages/{story.pk}/edit/").content.decode()  # a draft of hers
    assert browse(hub_team).get(address).status_code == 404
