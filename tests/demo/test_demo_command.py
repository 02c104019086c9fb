"""``load_demo`` in a hub that is empty, and in one that is not; and the dates that it gives on awkward days."""

import io
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from communities.models import Membership
from demo import loading
from demo.kind import Content
from demo.kinds.surgeries import SURGERIES
from demo.management.commands import load_demo as command
from demo.shaping import ContentError
from home.models import HomePage
from indexing import maintenance
from people.models import User
from stories.models import StoryPage
from surgeries.models import SurgeryPage
from tests.importing.archives import STORY, write

pytestmark = pytest.mark.django_db
Demo = Callable[..., str]
LONDON = ZoneInfo("Europe/London")


@pytest.mark.slow
def test_what_was_loaded_is_found(demo: Demo, content: Content) -> None:
    said = demo()
    assert "60 people, 12 communities, 47 grants, 3 qualifications, 67 conversations, 25 stories" in said
    assert "21 thanks" in said
    assert "priya.nair@withermere.example" in said
    assert not maintenance.compare()


def test_it_moves_in_beside_an_archive(demo: Demo, tmp_path: Path, home: HomePage) -> None:
    rows = [STORY | {"id": "plot-fourteen", "authors": [], "topics": ["fostering"]}]
    archive = write(tmp_path, stories=rows, communities=[{"id": "others", "title": "Others"}])
    call_command("import_hub", str(archive), "--no-index", stdout=io.StringIO())
    assert "Withermere moves in beside them" in demo("--no-index")
    assert StoryPage.objects.filter(slug__startswith="plot-fourteen").count() == 2


def test_faults_in_the_content_load_nothing(demo: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty() -> Content:
        raise ContentError("people.toml: nobody knows hat.")

    monkeypatch.setattr(command, "read_content", faulty)
    with pytest.raises(CommandError, match="nobody knows hat"):
        demo()
    assert not User.objects.exists()


@pytest.mark.parametrize("now", ["2026-10-25 01:30", "2026-12-24 16:00", "2028-02-29 09:00"])
def test_the_past_is_past_and_the_rest_lies_ahead_on_any_day(content: Content, now: str) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=LONDON)
    with time_machine.travel(moment, tick=False):
        loading.load(content, lambda: None)
        today = timezone.localdate()
        assert all(story.told_on < today for story in StoryPage.objects.all())
        assert not StoryPage.objects.filter(first_published_at__gt=moment).exists()
        assert not Membership.objects.filter(since__gt=moment).exists()
        for surgery, row in zip(SurgeryPage.objects.order_by("path"), content[SURGERIES], strict=True):
            assert surgery.sessions.filter(starts__gt=moment).count() == row.pattern.upcoming
