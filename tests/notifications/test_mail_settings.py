"""When somebody wants their e-mails, as they choose it."""

import pytest

from core.notices import USUALLY
from notifications.models import Preferences
from tests.conftest import browse

pytestmark = pytest.mark.django_db


def test_a_place_on_earth_is_chosen_and_another_is_refused(home, bryn):
    browser = browse(bryn)
    chosen = {"digest_on": "0", "digest_at": "08:00", "quiet_from": "19:00", "quiet_until": "07:00", **USUALLY}
    assert browser.post("/inbox/settings/", {**chosen, "time_zone": "Asia/Kolkata"}).status_code == 302
    assert Preferences.objects.get().time_zone == "Asia/Kolkata"
    refused = browser.post("/inbox/settings/", {**chosen, "time_zone": "../../etc/passwd"})
    assert "Select a valid choice" in refused.content.decode()
    assert Preferences.objects.get().time_zone == "Asia/Kolkata"


@pytest.mark.parametrize(
    ("digest_at", "quiet_from", "quiet_until", "is_taken"),
    [
        ("08:00", "19:00", "07:00", True),
        ("19:00", "19:00", "07:00", False),
        ("23:00", "19:00", "07:00", False),
        ("06:59", "19:00", "07:00", False),
        ("07:00", "19:00", "07:00", True),
        ("12:30", "12:00", "13:00", False),
        ("12:30", "12:00", "12:00", True),  # no quiet hours at all
    ],
)
def test_an_hour_for_digests_inside_the_quiet_hours_is_refused_with_the_reason(
    home, bryn, digest_at, quiet_from, quiet_until, is_taken
):
    chosen = {"digest_on": "0", "digest_at": digest_at, "quiet_from": quiet_from, "quiet_until": quiet_until}
    answer = browse(bryn).post("/inbox/settings/", {**chosen, **USUALLY})
    assert Preferences.objects.exists() is is_taken
    if not is_taken:
        form = answer.context["form"]
        assert list(form.errors) == ["digest_at"]
        assert f"from {quiet_from} to {quiet_until}" in str(form.errors)
        assert f'value="{digest_at}"' in answer.content.decode()
