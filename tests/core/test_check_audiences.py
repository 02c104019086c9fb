"""The nightly check of who may see what: it finds what was written past the models, and puts it right."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command

from communities.models import CommunityPage
from core.audience_check import wrong_tokens
from core.audiences import EVERYONE, NOBODY, ORGANISATION, Audience
from tests.conftest import browse
from tests.factories import GuidanceFactory, PersonFactory, SessionFactory, StoryFactory, SurgeryFactory


@pytest.mark.parametrize("make", [StoryFactory, GuidanceFactory, SurgeryFactory, PersonFactory, SessionFactory])
def test_what_was_opened_past_the_models_is_found_and_closed(home: Any, make: Any, capsys: Any) -> None:
    thing = make() if make is SessionFactory else make(audience=Audience.ORGANISATION)
    wrong = EVERYONE if thing.audience_token == ORGANISATION else NOBODY
    right = thing.audience_token
    type(thing).objects.filter(pk=thing.pk).update(audience_token=wrong)
    with pytest.raises(CommandError, match="1 thing is wrong"):
        call_command("check_audiences")
    assert f"{thing._meta.label} {thing.pk}: {wrong}, and should be {right}" in capsys.readouterr().out
    call_command("check_audiences", "--repair")
    thing.refresh_from_db()
    assert (thing.audience_token, list(wrong_tokens())) == (right, [])


def test_a_community_that_was_opened_is_closed_with_all_that_it_looks_after(
    private_community: CommunityPage, capsys: Any
) -> None:
    story = StoryFactory(community=private_community)
    session = SessionFactory(surgery=SurgeryFactory(community=private_community))
    for thing in (private_community, story, session.surgery, session):
        type(thing).objects.filter(pk=thing.pk).update(audience_token=EVERYONE)
    call_command("check_audiences", "--repair")
    assert [browse().get(thing.url).status_code for thing in (private_community, story, session)] == [404] * 3
    assert list(wrong_tokens()) == []


def test_a_page_that_is_not_live_is_a_draft_and_left_alone(home: Any, capsys: Any) -> None:
    story = StoryFactory(live=False, audience=Audience.ORGANISATION)
    type(story).objects.filter(pk=story.pk).update(audience_token=EVERYONE)
    call_command("check_audiences", "--repair")
    assert capsys.readouterr().out == "Who may see each thing is stored as it should be.\n"


def test_a_check_asks_no_more_with_more_things(home: Any, django_assert_max_num_queries: Any) -> None:
    for _number in range(5):
        SessionFactory(surgery=SurgeryFactory(community=None))
        StoryFactory()
    with django_assert_max_num_queries(20):
        assert list(wrong_tokens()) == []
