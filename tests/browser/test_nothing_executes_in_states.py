"""Hostile words through fields that are offered in a state of their own: to who waits, and about what is cancelled."""

from typing import Any

import time_machine

from communities import services as memberships
from communities.approval import requests
from communities.choices import Capability
from communities.models import State
from core.outbox import drain
from people.models import User
from stories.models import StoryPage
from tests.browser.test_nothing_executes import lines, look, show
from tests.conftest import browse
from tests.factories import PersonFactory, StoryFactory, SurgeryFactory, make_member
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
