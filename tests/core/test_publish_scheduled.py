"""What has a date appears on its day, whatever else cannot."""

from datetime import timedelta
from typing import Any

import time_machine
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Revision

from communities.models import CommunityPage
from core.heartbeats import last
from stories.models import StoryPage
from tests.factories import PersonFactory, StoryFactory, make_member

AHEAD = timedelta(days=1)


def test_a_page_that_cannot_appear_holds_up_no_other_and_keeps_its_date(
    community: CommunityPage, asha: Any, bryn: Any, capsys: Any
) -> None:
    community.capacity, community.go_live_at = 2, timezone.now() + AHEAD
    version = community.save_revision()
    version.publish()
    make_member(PersonFactory(), community)
    story = StoryFactory()
    story.title, story.go_live_at = "Nineteen carers", timezone.now() + 1.5 * AHEAD
    story.save_revision().publish()
    with time_machine.travel(timezone.now() + 2 * AHEAD):
        call_command("publish_scheduled")
    assert StoryPage.objects.get().title == "Nineteen carers"
    version.refresh_from_db()
    assert version.approved_go_live_at is not None
    assert "Choose 3 places or more." in capsys.readouterr().err


def test_a_page_that_breaks_holds_up_nothing_that_is_run_by_the_clock(home: Any, monkeypatch: Any) -> None:
    story = StoryFactory(draft=True)
    story.go_live_at = timezone.now() + AHEAD
    story.save_revision().publish()

    def publish(self: Any, *_args: Any, **_kwargs: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Revision, "publish", publish)
    with time_machine.travel(timezone.now() + 2 * AHEAD):
        call_command("publish_scheduled")
        assert last("publish_scheduled") is not None
    assert not StoryPage.objects.live().exists()


def test_what_comes_after_its_own_end_is_never_seen(community: CommunityPage) -> None:
    story = StoryFactory(draft=True)
    story.go_live_at, story.expire_at = timezone.now() + AHEAD, timezone.now() + 1.5 * AHEAD
    story.save_revision().publish()
    with time_machine.travel(timezone.now() + 2 * AHEAD):
        call_command("publish_scheduled")
        assert not StoryPage.objects.live().exists()
    assert StoryPage.objects.get().expired


def test_a_page_that_cannot_be_taken_down_is_said_and_holds_up_no_other(
    home: Any, monkeypatch: Any, capsys: Any
) -> None:
    ends = {"expire_at": timezone.now() + AHEAD}
    broken, story = StoryFactory(title="The lane", **ends), StoryFactory(title="The bridge", **ends)
    unpublish = StoryPage.unpublish

    def breaks(page: Any, *args: Any, **options: Any) -> None:
        if page.pk == broken.pk:
            raise ZeroDivisionError
        unpublish(page, *args, **options)

    monkeypatch.setattr("wagtail.models.Page.unpublish", breaks)
    with time_machine.travel(timezone.now() + 2 * AHEAD):
        call_command("publish_scheduled")
        assert last("publish_scheduled") is not None
    assert set(StoryPage.objects.live()) == {broken}
    assert StoryPage.objects.get(pk=story.pk).expired
    assert "“The lane” could not be taken down: ZeroDivisionError" in capsys.readouterr().err
