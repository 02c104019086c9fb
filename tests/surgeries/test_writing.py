"""Whoever hosts a community's surgeries starts one on the hub's own pages."""

from typing import Any

import pytest

from communities.approval import requests
from communities.choices import FACILITATOR, Approval
from communities.models.approval import ApprovalRule
from core.outbox import drain
from surgeries.models import Session, SurgeryPage
from tests.conftest import browse
from tests.factories import PersonFactory, SessionFactory, make_member

SAID = {
    "title": "Warm rooms", "summary": "A warm hour.", "description": "Come **in**.", "for_whom": "both",
    "place": "The barn", "online_url": "", "what_to_bring": "", "topics": "heating", "audience": "everyone", "seen": "",
}  # fmt: skip


def start(person: Any, community: Any, deed: str = "save", **said: str) -> SurgeryPage:
    browse(person).post(f"/surgeries/writing/new/{community.slug}/", {**SAID, **said, "deed": deed})
    found: SurgeryPage = SurgeryPage.objects.get()
    return found


def filled(browser: Any, surgery: SurgeryPage) -> dict[str, Any]:
    form = browser.get(f"/surgeries/writing/{surgery.pk}/").context["form"]
    return {name: form[name].value() or "" for name in form.fields}


def test_a_draft_is_shown_to_nobody_until_it_is_published(community, asha, bryn):
    surgery, browser = start(asha, community), browse(asha)
    assert (surgery.live, surgery.description, surgery.owner) == (False, "<p>Come <strong>in</strong>.</p>", asha)
    for person in (bryn, None):
        assert browse(person).get("/surgeries/warm-rooms/").status_code == 404
        assert "Warm rooms" not in browse(person).get("/surgeries/").content.decode()
    assert "Warm rooms" not in browse(bryn).get("/surgeries/writing/").content.decode()
    assert "Warm rooms" in browser.get("/surgeries/writing/").content.decode()
    answer = browser.post(f"/surgeries/writing/{surgery.pk}/", filled(browser, surgery) | {"deed": "publish"})
    assert answer["Location"] == f"/surgeries/{surgery.pk}/dates/"
    drain("notices")
    assert browse().get("/surgeries/warm-rooms/").status_code == 200


def test_a_surgery_that_was_begun_goes_with_its_dates(community, asha, bryn):
    surgery, browser = start(asha, community), browse(asha)
    SessionFactory(surgery=surgery)
    assert browse(bryn).post(f"/surgeries/writing/{surgery.pk}/discard/").status_code == 404
    assert browser.post(f"/surgeries/writing/{surgery.pk}/discard/")["Location"] == "/surgeries/writing/"
    assert (SurgeryPage.objects.count(), Session.objects.count()) == (0, 0)


def test_what_readers_need_is_asked_for_before_it_is_published_and_nothing_is_lost(community, asha):
    surgery, browser = start(asha, community, title="", summary=""), browse(asha)
    page = browser.post(f"/surgeries/writing/{surgery.pk}/", filled(browser, surgery) | {"deed": "publish"})
    assert page.status_code == 422
    assert (set(page.context["form"].errors), page.context["form"]["place"].value()) == (
        {"title", "summary"},
        "The barn",
    )


def test_of_two_who_write_at_once_neither_loses_a_word(community, asha, hub_team):
    surgery, browser = start(asha, community), browse(asha)
    mine = filled(browser, surgery) | {"place": "The attic"}
    theirs = browse(hub_team)
    theirs.post(
        f"/surgeries/writing/{surgery.pk}/", filled(theirs, surgery) | {"place": "The loft", "summary": "Warmer."}
    )
    page = browser.post(f"/surgeries/writing/{surgery.pk}/", mine)
    form = page.context["form"]
    assert page.status_code == 409
    assert (form["place"].value(), form["summary"].value()) == ("The attic", "Warmer.")
    assert [text for _field, text in page.context["theirs"]] == ["The loft"]


def test_typing_is_kept_by_itself_and_the_preview_shows_it_to_its_writer_alone(community, asha, bryn):
    answer = browse(asha).post(
        f"/surgeries/writing/new/{community.slug}/", {**SAID, "deed": "save"}, headers={"accept": "application/json"}
    )
    address = answer.json()["url"]
    assert "Warm rooms" in browse(asha).get(f"{address}preview/").content.decode()
    assert browse(bryn).get(f"{address}preview/").status_code == 404


@pytest.mark.parametrize("audience", ["everyone", "organisation"])
def test_a_surgery_is_no_wider_than_its_community(private_community, audience):
    host = PersonFactory()
    make_member(host, private_community, FACILITATOR)
    address = f"/surgeries/writing/new/{private_community.slug}/"
    assert browse(host).post(address, {**SAID, "audience": audience}).status_code == 422
    assert not SurgeryPage.objects.exists()


def test_where_the_community_wants_another_word_it_is_asked_for_and_nobody_reads_it_yet(community, asha):
    ApprovalRule.objects.create(community=community, rule=Approval.ANOTHER)
    surgery, browser = start(asha, community), browse(asha)
    browser.post(f"/surgeries/writing/{surgery.pk}/", filled(browser, surgery) | {"deed": "publish"})
    surgery.refresh_from_db()
    assert (surgery.live, requests.is_waiting(surgery)) == (False, True)
    assert browser.post(f"/surgeries/writing/{surgery.pk}/", filled(browser, surgery)).status_code == 409


def test_a_surgery_that_waits_is_approved_or_sent_back_where_it_is_written(community, asha):
    ApprovalRule.objects.create(community=community, rule=Approval.ANOTHER)
    other = PersonFactory()
    make_member(other, community, FACILITATOR)
    surgery, browser, theirs = start(asha, community), browse(asha), browse(other)
    address = f"/surgeries/writing/{surgery.pk}/"
    browser.post(address, filled(browser, surgery) | {"deed": "publish"})
    assert theirs.get("/surgeries/writing/").context["sent"] == [surgery]
    theirs.post(f"{address}back/", {"word": "Say which barn."})
    assert browser.get(address).context["last"].word == "Say which barn."
    browser.post(address, filled(browser, surgery) | {"place": "The red barn", "deed": "send"})
    theirs.post(address, filled(theirs, surgery) | {"deed": "publish"})
    surgery.refresh_from_db()
    assert (surgery.live, surgery.place, requests.is_waiting(surgery)) == (True, "The red barn", False)
