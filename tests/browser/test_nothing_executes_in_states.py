"""Hostile words through fields that are offered in a state of their own: to who waits, and about what is cancelled."""

from typing import Any

import time_machine

from accounts.personal_data import services as personal_data
from communities import services as memberships
from communities.approval import requests
from communities.choices import Capability
from communities.models import State
from core.outbox import drain
from people.models import User
from stories.consent import services as consent
from stories.models import StoryPage
from tests.browser.test_nothing_executes import ALL, lines, look, show
from tests.conftest import browse
from tests.factories import PersonFactory, StoryFactory, SurgeryFactory, make_member
from tests.stories.test_consent import name, reply
from tests.stories.test_writing import grant
from tests.surgeries.test_series import NOW, TUESDAYS, make

__all__ = ["look", "show"]


def test_a_word_to_who_asked_to_join_was_removed_or_wrote(look: Any, community: Any, asha: User, bryn: User) -> None:
    asks = PersonFactory(first_name="Elin", last_name="Price")
    waits = make_member(asks, community, state=State.ASKED)
    browse(asha).post(f"/communities/{community.slug}/members/{waits.pk}/decline/", {"answer": lines(300, 1)[0]})
    drain("notices")
    look(browse(asks), "/inbox/")
    grant(community, Capability.WRITE_STORIES)
    story: StoryPage = StoryFactory(community=community, owner=bryn, live=False, title="Lantern", slug="lantern")
    story.save_revision(user=bryn)
    requests.send(story, bryn)
    browse(asha).post(f"/stories/writing/{story.pk}/back/", {"word": lines(400, 1, 20)[0]})
    look(browse(bryn), f"/stories/writing/{story.pk}/")
    mine = bryn.memberships.get()
    memberships.remove(mine, asha, lines(300, 1, 50)[0])
    look(browse(bryn), f"/communities/removed/{mine.pk}/")


def test_why_dates_of_a_surgery_are_cancelled(look: Any, community: Any, asha: User) -> None:
    surgery = SurgeryFactory(title="Warm rooms", community=community)
    with time_machine.travel(NOW, tick=False):
        make(browse(asha), surgery, TUESDAYS)
        sooner = {**TUESDAYS, "until": "2026-12-10"}
        make(browse(asha), surgery, sooner, surgery.patterns.get(), reason=lines(250, 1)[0])
        look(browse(asha), f"/surgeries/{surgery.pk}/dates/")


def test_what_is_said_to_a_storys_writer_and_to_the_hub_team(
    look: Any, community: Any, asha: User, bryn: User, hub_team: User
) -> None:
    story: StoryPage = StoryFactory(community=community, owner=asha, live=False, title="Lantern", slug="lantern")
    story.summary = f"{bryn.name} lit the lane."
    story.save_revision(user=asha)
    named = name(story, asha, bryn)
    consent.ask(story, named, asha)
    reply(bryn, named, "no", word=lines(400, 1)[0])
    look(browse(asha), f"/stories/writing/{story.pk}/names/")
    personal_data.ask_for_erasure(bryn, ALL[:400])
    look(browse(hub_team), "/ways-in/erasures/")
