"""Whoever runs the hub opens what is for members alone with a reason, and its facilitators are told."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import PageLogEntry

from tests.core.test_editor_forms import story
from tests.editor_world import REASON, EditorWorld, give_reason, hand_back
from tests.notifications.mails import bring_what_waits

Commit = Any


@pytest.fixture
def world(editor_world: EditorWorld) -> EditorWorld:
    return editor_world


@pytest.fixture
def browser(world: EditorWorld) -> Client:
    return world.browser("superuser")


def test_the_reason_opens_it_once_and_leads_back(world: EditorWorld, browser: Client) -> None:
    address = f"/admin/pages/{world.private.pk}/edit/"
    assert browser.get(address).status_code == 403
    assert give_reason(browser, world.private)["Location"] == address
    assert browser.get(address).status_code == 200


def test_it_opens_what_the_community_has_and_nothing_else(world: EditorWorld, browser: Client) -> None:
    from tests.factories import CommunityFactory, StoryFactory

    other = StoryFactory(private=True, community=CommunityFactory(private=True))
    give_reason(browser, world.private)
    assert browser.get(f"/admin/pages/{world.draft.pk}/edit/").status_code == 200
    assert browser.get(f"/admin/snippets/surgeries/session/edit/{world.session.pk}/").status_code == 200
    assert browser.get(f"/admin/pages/{other.pk}/edit/").status_code == 403


@pytest.mark.parametrize("reason", ["", "   "])
def test_without_a_reason_nothing_opens(world: EditorWorld, browser: Client, reason: str) -> None:
    answer = browser.post(f"/admin/pages/{world.private.pk}/edit/", {"opening-reason": reason})
    assert answer.status_code == 403
    assert "Say why in a sentence." in answer.content.decode()
    assert not PageLogEntry.objects.filter(action="core.opened").exists()


def test_who_what_and_why_are_logged_and_told(
    world: EditorWorld, browser: Client, django_capture_on_commit_callbacks: Commit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        give_reason(browser, world.private)
    entry = PageLogEntry.objects.get(action="core.opened")
    assert (entry.user, entry.page_id, entry.data["reason"]) == (world.people["superuser"], world.private.pk, REASON)
    (message,) = bring_what_waits()
    assert message.to == [world.people["facilitator"].email]
    assert all(part in message.body for part in ("Hub Team", world.private.title, REASON))
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"


def test_it_ends_after_an_hour_and_what_was_typed_survives(
    world: EditorWorld, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_back(world.private)
    give_reason(browser, world.private)
    address, later = f"/admin/pages/{world.private.pk}/edit/", timezone.now() + timedelta(minutes=61)
    monkeypatch.setattr("core.editing.reasons.timezone.now", lambda: later)
    typed = story(title="Typed for an hour", slug="typed", community=world.community.pk, audience="members")
    asked = browser.post(address, typed)
    assert asked.status_code == 403
    assert 'value="Typed for an hour"' in asked.content.decode()
    again = browser.post(address, {**typed, "opening-reason": REASON})
    assert again.status_code == 302
    world.private.refresh_from_db()
    assert world.private.latest_revision.content["title"] == "Typed for an hour"


def test_it_opens_the_editor_and_not_the_page(world: EditorWorld, browser: Client) -> None:
    give_reason(browser, world.private)
    assert browser.get(world.private.url).status_code == 404


def test_an_editor_cannot_give_one(world: EditorWorld) -> None:
    browser = world.browser("publisher")
    assert give_reason(browser, world.private).status_code == 404
    assert browser.get(f"/admin/pages/{world.private.pk}/edit/").status_code == 404


def test_the_hub_team_sees_which_communities_are_closed(world: EditorWorld, browser: Client) -> None:
    address = "/admin/reports/members-only/"
    assert world.community.title in browser.get(address).content.decode()
    assert world.community.title not in world.browser("publisher").get(address, follow=True).content.decode()
