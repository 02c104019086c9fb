"""Wagtail's addresses that show a form to be sent elsewhere write over nothing, whatever is sent to them."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from django.forms.models import model_to_dict
from django.urls import get_resolver
from wagtail.admin.views.generic import CopyViewMixin, CreateView, DeleteView, EditView
from wagtail.models import Site

from communities.models.default_roles import facilitator
from core.models import Topic
from core.working_days.models import ClosedDay
from people.models import User
from search.models import Synonyms
from surgeries.models import Session
from tests.conftest import browse
from tests.factories import PersonFactory, SessionFactory, SurgeryFactory

CHOICES = ("kind", "status", "audience")
CHANGES = (CreateView, EditView, DeleteView)


def views(resolver: Any = None, above: str = "/") -> Iterator[tuple[str, Any]]:
    for pattern in (resolver or get_resolver()).url_patterns:
        address = f"{above}{pattern.pattern}".replace("^", "")
        if hasattr(pattern, "url_patterns"):
            yield from views(pattern, address)
        elif view := getattr(pattern.callback, "view_class", None):
            yield address, view


def of_things() -> dict[str, str]:
    """Every address in the editor of one thing that is no page, but for those that change it; and which view it is."""
    found = {address: view for address, view in views() if address.startswith("/admin/") and "<int:pk>" in address}
    copies = {address for address, view in found.items() if issubclass(view, CopyViewMixin)}
    return {at: view.__name__ for at, view in found.items() if at in copies or not issubclass(view, CHANGES)}


@pytest.fixture
def things(home: Any) -> list[Any]:
    return [
        SessionFactory(surgery=SurgeryFactory(), title="Old boilers"),
        Topic.objects.create(name="Boilers", slug="boilers"),
        Synonyms.objects.create(expressions="ASB, antisocial behaviour"),
        Site.objects.get(),
        PersonFactory(name="Wren Long"),
        ClosedDay.objects.create(name="Founder’s day", date=date(2031, 5, 7)),
        facilitator(),
    ]


def test_the_copies_are_all_here(home: Any) -> None:
    copies = {address for address, name in of_things().items() if name == "CopyView"}
    assert {address.split("/")[-4] for address in copies} == {
        *("session", "topic", "synonyms", "sites", "closedday", "role", "qualification")
    }


def test_what_is_sent_there_changes_nothing(things: list[Any], hub_team: User) -> None:
    browser, before = browse(hub_team), [model_to_dict(thing) for thing in things]
    counted = [type(thing).objects.count() for thing in things]
    for address in of_things():
        for thing in things:
            browser.post(address.replace("<int:pk>", str(thing.pk)), written_over(thing))
    assert [model_to_dict(type(thing).objects.get(pk=thing.pk)) for thing in things] == before
    assert [type(thing).objects.count() for thing in things] == counted


def written_over(thing: Any) -> dict[str, Any]:
    """What a form of this thing would send, with something else in every line of text."""
    fields = {name: value for name, value in model_to_dict(thing).items() if value not in (None, "", False, [])}
    lines = {name: f"{value}x" for name, value in fields.items() if isinstance(value, str) and name not in CHOICES}
    lines |= {name: f"{day:%Y-%m-%d %H:%M}" for name, day in fields.items() if isinstance(day, datetime)}
    inline = {f"mentor_links-{part}": 0 for part in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")}
    return {**fields, **lines, **inline, "body-count": 0}


def test_a_copy_is_still_made_by_the_form_that_is_shown(things: list[Any], hub_team: User) -> None:
    session, browser = things[0], browse(hub_team)
    page = browser.get(f"/admin/snippets/surgeries/session/copy/{session.pk}/").content.decode()
    assert 'action="/admin/snippets/surgeries/session/add/' in page
    assert Session.objects.count() == 1
