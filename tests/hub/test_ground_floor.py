"""Menus, sections, the sitemap, redirects and the checks of the house."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.test import RequestFactory
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from communities.models import CommunityPage
from core import checks
from core.audiences import Audience
from core.sections import SECTIONS, Section, add_section, sections_of
from home.models import HomePage, PlainPage
from hub.navigation import menu
from people.models import User
from stories.models import StoryAuthor
from tests.conftest import browse
from tests.factories import StoryFactory


def titles(person: User | None = None) -> list[str]:
    return [link["title"] for link in browse(person).get("/parts/").context["nav"]]


def test_the_menu_has_the_pages_that_editors_chose(home: HomePage) -> None:
    assert titles() == ["Today", "Communities", "Surgeries", "Stories", "Guidance", "Conversations", "People"]


def test_a_page_that_is_renamed_is_renamed_in_the_menu_at_once(home: HomePage) -> None:
    titles()
    page = Page.objects.get(slug="guidance").specific
    page.title = "What we know"
    page.save_revision().publish()
    assert "What we know" in titles()


def test_a_page_that_is_unpublished_leaves_the_menu_at_once(home: HomePage) -> None:
    titles()
    Page.objects.get(slug="guidance").specific.unpublish()
    assert "Guidance" not in titles()


def test_the_menu_says_where_the_reader_is(home: HomePage) -> None:
    current = {link["title"] for link in browse().get("/stories/").context["nav"] if link["current"]}
    assert current == {"Stories"}


def test_the_menu_is_read_from_the_database_once(home: HomePage, django_assert_num_queries: Any) -> None:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    menu(request)
    with django_assert_num_queries(0):
        menu(request)


def test_sections_stand_in_their_order_and_only_with_something_to_show() -> None:
    request = RequestFactory().get("/")
    given: list[tuple[str, int, dict[str, int] | None]] = [("b", 2, {"n": 1}), ("a", 1, {}), ("c", 0, None)]
    for name, order, data in given:
        section = Section("barn", name, name.upper(), f"{name}.html", lambda _request, _subject, data=data: data)
        add_section(section, order=order)
    try:
        assert [section.name for section in sections_of("barn", request, None)] == ["a", "b"]
    finally:
        for name, _order, _data in given:
            SECTIONS.remove(f"barn: {name}")


def test_the_sitemap_has_the_public_pages_and_no_other(
    home: HomePage, community: CommunityPage, private_community: CommunityPage
) -> None:
    draft, staff = StoryFactory(draft=True), StoryFactory(for_the_organisation=True)
    for_everybody = browse().get("/sitemap.xml").content.decode()
    assert f"<loc>http://testserver{community.url}</loc>" in for_everybody
    for page in (private_community, draft, staff):
        assert page.url not in for_everybody


def test_robots_are_told_what_not_to_read(home: HomePage) -> None:
    text = browse().get("/robots.txt").content.decode()
    assert "Disallow: /search/" in text
    assert "Sitemap: http://testserver/sitemap.xml" in text


def test_the_health_of_the_hub_is_asked_of_its_database(home: HomePage) -> None:
    assert browse().get("/healthz").json() == {"status": "ok"}


def test_an_old_address_leads_to_the_new_one(home: HomePage) -> None:
    story = StoryFactory()
    Redirect.add_redirect("/old-story/", redirect_to=story)
    Redirect.add_redirect("/elsewhere/", redirect_to="https://example.org/")
    assert browse().get("/old-story/")["Location"] == story.url
    assert browse().get("/elsewhere/")["Location"] == "https://example.org/"


def test_a_page_that_moves_leaves_a_redirect(home: HomePage, django_capture_on_commit_callbacks: Any) -> None:
    story = StoryFactory(slug="before")
    story.slug = "after"
    with django_capture_on_commit_callbacks(execute=True):
        story.save_revision().publish()
    assert browse().get("/stories/before/")["Location"] == "/stories/after/"


@pytest.mark.parametrize(
    "address", ["/stories/x/y/", "/communities/x/", "/guidance/x", "/surgeries/sessions/9/", "/people/x/"]
)
def test_what_is_not_there_is_said_kindly(home: HomePage, address: str) -> None:
    response = browse().get(address, follow=True)
    assert response.status_code == 404
    assert "This page cannot be found." in response.content.decode()


def test_a_plain_page_shows_its_blocks(home: HomePage) -> None:
    body = [
        ("heading", "How"),
        ("paragraph", '<p>So.<script>x()</script> <a href="/stories/">Stories</a></p>'),
        ("quote", {"text": "It works.", "who": "Asha"}),
    ]
    page = home.add_child(instance=PlainPage(title="How", slug="how", audience=Audience.EVERYONE, body=body))
    shown = browse().get(page.url).content.decode()
    assert "<h2>How</h2>" in shown
    assert "It works." in shown
    assert "x()" not in shown


def test_the_house_passes_its_own_checks() -> None:
    call_command("check")
    assert checks.every_page_type_has_an_audience(None) == []


def test_a_page_type_without_an_audience_fails_the_check(monkeypatch: pytest.MonkeyPatch) -> None:
    class Bare:
        _meta = HomePage._meta

    monkeypatch.setattr(checks, "get_page_models", lambda: [Bare])
    (error,) = checks.every_page_type_has_an_audience(None)
    assert error.id == "core.E001"


def test_rooms_end_with_the_ground_floor(settings: Any) -> None:
    settings.ROOMS = [*reversed(settings.ROOMS)]
    assert [error.id for error in checks.settings_name_the_order_of_the_house(None)] == ["core.E002"]


def test_a_child_of_a_page_that_could_not_be_copied_fails_the_check(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(StoryAuthor._meta.get_field("sort_order"), "unique", True)
    errors = checks.children_of_pages_can_be_copied(None)
    assert [(error.id, error.obj) for error in errors] == [("core.E012", StoryAuthor)]
