"""A word that only a private community uses is on no surface for anybody else, and on each for its members.

Every address is asked for it with the table of who may see what (``tests/visibility/promises.py``); here are searches,
lists, feeds, and what changes.
"""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageLogEntry

from communities import services
from core.audience_check import wrong_tokens
from core.audiences import Audience
from core.outbox import drain, emit
from home.models import HomePage, PlainPage
from reading.searches import listings
from stories.models import StoryPage
from tests.conftest import browse
from tests.factories import make_member
from tests.visibility.promises import OUTSIDERS, says_the_word, told
from tests.visibility.reading import saved_search_of
from tests.visibility.world import MARKER, World

MISSPELT = MARKER.replace("w", "v")
SURFACES = (
    "/",
    "/communities/",
    "/communities/?stage=active",
    f"/communities/?topic={MARKER}-lore",
    "/communities/?mine=1",
    "/stories/",
    f"/stories/?topic={MARKER}-lore",
    "/guidance/",
    f"/guidance/?topic={MARKER}-lore",
    "/guidance/due/",
    "/surgeries/",
    "/surgeries/?for=online",
    "/surgeries/calendar.ics",
    "/people/",
    f"/people/?q={MARKER}",
    f"/people/?topic={MARKER}-lore",
    "/people/who-knows/",
    "/people/who-knows/?q=folk",
    f"/people/who-knows/?q={MARKER}",
    f"/topics/{MARKER}-lore/",
    "/topics/lantern-lore/",
    "/stories/lantern-story/",
    "/guidance/lantern-guidance/",
    "/communities/lantern-folk/",
    "/surgeries/lantern-surgery/",
    "/people/dev-anand/",
    f"/people/asker{MARKER}-example/",
    f"/search/?q={MARKER}",
    f"/search/?q={MARKER}+folk+reader",
    "/reading/",
    "/reading/saved/",
    "/inbox/",
    "/inbox/settings/",
    "/search/?q=grow+folk",
    "/search/?q=surgery",
    "/search/?kind=person",
    "/search/?kind=file",
    f"/search/?kind=file&q={MARKER}",
    "/search/?topic=Lantern+lore",
    "/search/?q=zzzz",
    f"/search/?q={MISSPELT}",
    f"/search/suggestions/?q={MARKER}",
    f"/search/suggestions/?q={MARKER[:3]}",
    "/search/suggestions/?q=folk",
    "/reading/searches/",
    "/sitemap.xml",
    "/robots.txt",
    "/healthz",
    "/nothing-here/",
    f"/communities/{MARKER}-folk",
    f"/stories/{MARKER}-story/nothing/",
    f"/media/original_images/{MARKER}.png",
)

Commit = Callable[..., Any]


@pytest.mark.parametrize("surface", SURFACES)
def test_no_outsider_reads_it_on_a_list(world: World, db: Any, surface: str) -> None:
    world.browser("dev").get(surface)  # parts of pages are kept: not what a member saw, for whoever comes next
    assert [who for who in OUTSIDERS if says_the_word(world.browser(who).get(surface))] == []


@pytest.mark.parametrize("slip", [MISSPELT, f"u{MARKER[0]}{MARKER[2:]}", f"{MARKER}s", f"lantern {MISSPELT}"])
def test_a_slip_leads_dev_alone_to_it(world: World, db: Any, slip: str) -> None:
    found = {who: world.browser(who).get(f"/search/?q={quote(slip)}") for who in (*OUTSIDERS, "dev")}
    assert [who for who in found if MARKER in told(found[who]).lower().replace(slip, "")] == ["dev"]


def test_the_hub_team_sees_a_name_and_facilitators_and_it_is_logged(world: World, db: Any) -> None:
    page = told(world.browser("hub_team").get(f"/communities/{MARKER}-folk/facilitators/"))
    assert f"{MARKER.title()} folk" in page
    assert f"To grow {MARKER.title()}" not in page
    assert PageLogEntry.objects.get(action="communities.looked_after").user == world.cast["hub_team"]


def test_an_outsiders_own_calendar_does_not_hold_it(world: World, db: Any) -> None:
    assert not says_the_word(browse().get(f"/surgeries/calendar/{world.cast['carys'].calendar_key}.ics"))


@pytest.mark.parametrize(
    "surface",
    [
        "/",
        "/communities/",
        "/stories/",
        "/guidance/",
        "/surgeries/",
        "/people/",
        f"/search/?q={MARKER}",
        f"/search/?q={MISSPELT}",
        f"/search/suggestions/?q={MARKER[:3]}",
        "/people/dev-anand/",
    ],
)
def test_its_member_dev_reads_it(world: World, db: Any, surface: str) -> None:
    assert says_the_word(world.browser("dev").get(surface))


@pytest.mark.parametrize("draft", [f"{MARKER} folk and story", "A summary of the story that folk tell"])
def test_beside_what_one_writes_only_dev_reads_it(world: World, db: Any, draft: str) -> None:
    beside = {name: world.browser(name).post("/search/near/", {"text": draft}) for name in (*OUTSIDERS, "dev")}
    assert [name for name, response in beside.items() if says_the_word(response)] == ["dev"]


@pytest.mark.parametrize("outsider", ["carys", "hub_team"])
def test_an_outsiders_own_feed_does_not_hold_it(world: World, db: Any, outsider: str) -> None:
    mine = saved_search_of(world.cast[outsider], f"{MARKER} folk")
    assert not says_the_word(browse().get(listings.feed(mine)))


def test_devs_own_feed_holds_it_as_long_as_he_is_a_member(world: World, db: Any) -> None:
    mine = saved_search_of(world.cast["dev"], f"{MARKER} folk")
    assert says_the_word(browse().get(listings.feed(mine)))
    services.leave(world.cast["dev"].memberships.get())
    assert not says_the_word(browse().get(listings.feed(mine)))


def test_devs_own_calendar_holds_it(world: World, db: Any) -> None:
    assert says_the_word(browse().get(f"/surgeries/calendar/{world.cast['dev'].calendar_key}.ics"))


def told_in_the_inbox(world: World) -> None:
    """A private story appears, and somebody asks to join: written for whoever it may concern."""
    data = {"community": world.private.community.pk}
    emit("stories.new", world.private.story, data=data)
    emit("communities.asked", world.private.asked, data=data)
    drain("notices")


def test_the_inbox_of_outsiders_neither_says_nor_counts_it(world: World, db: Any) -> None:
    told_in_the_inbox(world)
    assert [name for name in (*OUTSIDERS, "dev") if says_the_word(world.browser(name).get("/inbox/"))] == ["dev"]
    counted = {name: world.browser(name).get("/inbox/new/").json()["new"] for name in ("carys", "hub_team", "dev")}
    # The hub team hears, without a word of it, that two posts were reported where nobody moderates.
    assert counted == {"carys": 0, "hub_team": 2, "dev": 1}


def test_dev_who_leaves_reads_it_in_the_inbox_no_more(world: World, db: Any) -> None:
    told_in_the_inbox(world)
    browser = world.browser("dev")
    assert says_the_word(browser.get("/inbox/"))
    services.leave(world.cast["dev"].memberships.get())
    assert not says_the_word(browser.get("/inbox/"))
    assert browser.get("/inbox/new/").json()["new"] == 0


# -- and when something changes ----------------------------------------------------------------------------------------
FOUND = (
    "/",
    "/communities/",
    "/stories/",
    "/guidance/",
    "/surgeries/",
    "/search/?q=lantern",
    "/surgeries/calendar.ics",
)

LANTERNS = re.compile(r"Lantern (folk|story|guidance|surgery|session)")


def lantern_on(browser: Any) -> list[str]:
    """Where the public community or something that it looks after is named."""
    return [surface for surface in FOUND if LANTERNS.search(told(browser.get(surface)))]


def test_what_a_community_looks_after_follows_it_into_hiding(
    world: World, db: Any, django_capture_on_commit_callbacks: Commit
) -> None:
    assert lantern_on(browse()) == list(FOUND)
    with django_capture_on_commit_callbacks(execute=True):
        world.public.community.refresh_from_db()
        world.public.community.audience = Audience.MEMBERS
        world.public.community.save()
    shelf = world.public
    for thing in (shelf.community, shelf.story, shelf.guidance, shelf.surgery, shelf.session):
        assert browse().get(thing.url).status_code == 404
    assert lantern_on(browse()) == []


def test_what_a_surgery_hides_its_sessions_hide(world: World, db: Any) -> None:
    world.public.surgery.refresh_from_db()
    world.public.surgery.audience = Audience.MEMBERS
    world.public.surgery.save()
    assert browse().get(world.public.session.url).status_code == 404


def test_a_story_given_to_a_private_community_is_hidden_whichever_fields_are_saved(world: World, db: Any) -> None:
    world.public.story.refresh_from_db()
    world.public.story.community = world.private.community
    world.public.story.save(update_fields=["community"])
    assert browse().get(world.public.story.url).status_code == 404


def test_dev_who_leaves_reads_it_nowhere(world: World, db: Any, django_capture_on_commit_callbacks: Commit) -> None:
    dev = world.cast["dev"]
    with django_capture_on_commit_callbacks(execute=True):
        services.leave(dev.memberships.get())
    seen = [surface for surface in SURFACES if says_the_word(world.browser("dev").get(surface))]
    assert seen == []
    assert not says_the_word(browse().get(f"/surgeries/calendar/{dev.calendar_key}.ics"))


@pytest.mark.parametrize("kind", ["community", "story", "guidance", "surgery"])
def test_what_is_unpublished_is_found_no_more(
    world: World, db: Any, kind: str, django_capture_on_commit_callbacks: Commit
) -> None:
    page = getattr(world.public, kind)
    page.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        page.unpublish()
    assert browse().get(page.url).status_code == 404
    assert f'href="{page.url}"' not in told(browse().get("/search/?q=lantern"))


def test_a_session_of_an_unpublished_surgery_is_nowhere(
    world: World, db: Any, django_capture_on_commit_callbacks: Commit
) -> None:
    world.public.surgery.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        world.public.surgery.unpublish()
    seen = [surface for surface in FOUND if "Lantern session" in told(browse().get(surface))]
    assert browse().get(world.public.session.url).status_code == 404
    assert seen == []


def test_an_old_address_of_a_private_page_tells_a_stranger_nothing_of_the_new_one(
    world: World, db: Any, django_capture_on_commit_callbacks: Commit
) -> None:
    page, old = world.private.story, "/stories/an-old-address/"
    Redirect.add_redirect(old, redirect_to=page)
    assert browse(world.cast["carys"]).get(old).status_code == 404
    assert world.browser("dev").get(old)["Location"] == page.url


def test_an_old_address_of_a_draft_tells_nobody_of_the_new_one(world: World, db: Any) -> None:
    Redirect.add_redirect("/stories/an-old-address/", redirect_to=world.public.story)
    StoryPage.objects.filter(pk=world.public.story.pk).update(live=False)
    assert world.browser("hub_team").get("/stories/an-old-address/").status_code == 404


def test_a_page_for_the_organisation_is_in_the_organisations_menu_alone(world: World, db: Any) -> None:
    HomePage.objects.get().add_child(
        instance=PlainPage(title="Restructure", slug="restructure", show_in_menus=True, audience=Audience.ORGANISATION)
    )
    assert "Restructure" in told(world.browser("carys").get("/parts/"))
    assert "Restructure" not in told(browse().get("/parts/"))
    assert "Restructure" not in told(world.browser("dev").get("/parts/"))


def test_carys_who_is_let_in_reads_it_at_once(
    world: World, db: Any, django_capture_on_commit_callbacks: Commit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        make_member(world.cast["carys"], world.private.community)
    assert says_the_word(world.browser("carys").get(f"/search/?q={MARKER}"))


def test_every_stored_token_is_what_the_rule_gives(world: World, db: Any) -> None:
    assert list(wrong_tokens()) == []
