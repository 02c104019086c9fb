"""Kept fragments of pages show what somebody just did, with the right name; and none shows one reader's things to
another.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from communities.models import FACILITATOR, CommunityPage, Stage
from core.audiences import Audience
from knowledge.models import GuidancePage
from people.models import User
from tests.conftest import browse
from tests.factories import GuidanceFactory, StoryFactory, make_member, tell

TEMPLATES = Path(settings.BASE_DIR) / "templates"
BLOCK = re.compile(r"\{% kept \d+ \"([\w-]+)\" (.*?) %\}(.*?)\{% endkept %\}", re.DOTALL)
INCLUDE = re.compile(r"\{% include \"([\w/.]+)\"(.*?)%\}")
ONES_OWN = re.compile(
    r"\b(?:request\.user|user(?!\.is_authenticated)|perms|messages|mine|membership|is_steward|joining|can_\w+|is_me|save"
    r"|asked_of_me|for_you|host|tellers|checker|members\.\w+|one\.is_visible|is_hub_team|csrf_token)\b"
)
"""Names in templates that stand for something of one reader, or for people, whom each reader sees differently."""
SHARED = {
    ("communities/index.html", "communities", "mine"),  # one's communities are one's rights
    ("knowledge/guidance.html", "guidance-checked", "checker"),  # a name alone, which everybody is told
}
OF_MEMBERS = {
    ("communities/beside.html", "community-facilitators"),
    ("communities/community.html", "community-members"),
}
"""Members see all of each other; to anybody else they are shown as far as their rights go. They are not among them."""


def kept_fragments() -> Iterator[tuple[str, str, str, str]]:
    """Every kept fragment: its template, its name, its key, and all that it holds, included templates too."""
    for path in sorted(TEMPLATES.rglob("*.html")):
        for name, key, body in BLOCK.findall(path.read_text(encoding="utf-8")):
            yield str(path.relative_to(TEMPLATES)), name, key, body + "".join(included(body))


def included(body: str) -> Iterator[str]:
    """The text of the templates that get all that their page knows; with ``only`` they get what is named in the tag."""
    for name, arguments in INCLUDE.findall(body):
        if "only" not in arguments.split():
            yield (TEMPLATES / name).read_text(encoding="utf-8")


PARTS = list(kept_fragments())


def test_every_kept_fragment_is_found() -> None:
    written = sum(path.read_text(encoding="utf-8").count("{% kept ") for path in TEMPLATES.rglob("*.html"))
    assert len(PARTS) == written > 20


@pytest.mark.parametrize("part", PARTS, ids=lambda part: f"{part[0]} {part[1]}")
def test_a_kept_fragment_says_what_it_shows_and_whom_it_is_for(part: tuple[str, str, str, str]) -> None:
    template, name, key, body = part
    own = {word for word in ONES_OWN.findall(code_of(body)) if (template, name, word) not in SHARED}
    alone = {'reader="person"', 'reader="told"'}.intersection(key.split())
    assert not own or alone or (template, name) in OF_MEMBERS, own
    assert {"of", "shows"}.intersection(word.partition("=")[0] for word in key.split()), "says what it shows"


def code_of(body: str) -> str:
    """What stands in tags and in double braces, without words in quotation marks."""
    code = " ".join(re.findall(r"\{[{%](.*?)[%}]\}", body, re.DOTALL))
    return re.sub(r"\"[^\"]*\"|'[^']*'|\bwith \w+=|\b\w+=", " ", code)


# -- what somebody did shows at once -----------------------------------------------------------------------------------
@pytest.fixture
def world(community: CommunityPage, asha: User, bryn: User, carys: User) -> dict[str, Any]:
    """A community at work, whose people everybody may see, with each page seen once by everybody."""
    for person in (asha, bryn, carys):
        person.audience = Audience.EVERYONE
        person.save()
    guidance = GuidanceFactory(
        community=community, checked_by=bryn, checked_on=date(2026, 1, 5), due_on=date(2026, 2, 5)
    )
    story = tell(StoryFactory(community=community), bryn)
    return {"community": community, "guidance": guidance, "story": story, "asha": asha, "bryn": bryn, "carys": carys}


def checks(it: dict[str, Any]) -> None:
    browse(it["asha"]).post(f"/guidance/{it['guidance'].slug}/checked/")


def joins(it: dict[str, Any]) -> None:
    browse(it["carys"]).post(f"{it['community'].url}join/", {"note": ""})


def leaves(it: dict[str, Any]) -> None:
    browse(it["bryn"]).post(f"{it['community'].url}leave/")


def changes_a_role(it: dict[str, Any]) -> None:
    browse(it["asha"]).post(
        f"{it['community'].url}members/{it['bryn'].memberships.get().pk}/roles/", {"roles": "facilitator"}
    )


OTHERWISE = {"contact_audience": "members", "may_be_suggested": "on"}


def takes_another_name(it: dict[str, Any]) -> None:
    profile = {"name": "Bronwen Powell", "audience": "everyone", **OTHERWISE}
    browse(it["bryn"]).post("/people/me/", profile)


def takes_another_portrait(it: dict[str, Any]) -> None:
    profile = {"name": "Bryn Powell", "portrait": "bald", "audience": "everyone", **OTHERWISE}
    assert browse(it["bryn"]).post("/people/me/", profile).status_code == 302


def pauses_the_community(it: dict[str, Any]) -> None:
    page = CommunityPage.objects.get()
    page.stage = Stage.PAUSED
    page.save_revision().publish()


def community_of(it: dict[str, Any]) -> str:
    return str(it["community"].url)


BRYN = '<b><a href="/people/bryn-powell/">Bryn Powell</a></b>'
Deed = Callable[[dict[str, Any]], None]
DEEDS: dict[str, tuple[Deed, Callable[[dict[str, Any]], str], str, str]] = {
    "it still holds": (checks, lambda it: it["guidance"].url, "Asha Okafor", "Bryn Powell"),
    "join": (joins, community_of, "Carys Hughes", "2 members"),
    "leave": (leaves, community_of, "All 1", "Bryn Powell</a></b><span>Member"),
    "change a role": (changes_a_role, community_of, f"{BRYN}<strong", ""),
    "change a name": (takes_another_name, lambda it: it["story"].url, "Bronwen Powell", "Bryn Powell"),
    "change a name, among members": (takes_another_name, community_of, "Bronwen Powell", "Bryn Powell"),
    "change a portrait": (takes_another_portrait, community_of, "/bald/bryn-powell.svg", "/any/bryn-powell.svg"),
    "change the stage": (pauses_the_community, lambda _it: "/communities/", "Paused", "Active"),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_what_somebody_did_shows_at_once_to_them_and_to_others(world: dict[str, Any], deed: str) -> None:
    do, address, now, before = DEEDS[deed]
    readers = [browse(), *(browse(world[name]) for name in ("asha", "bryn", "carys"))]
    for reader in readers:
        assert now not in main_of(reader.get(address(world)))
    do(world)
    for reader in readers:
        page = main_of(reader.get(address(world)))
        assert now in page
        assert not before or before not in page


def main_of(response: Any) -> str:
    """The page without its head and its messages."""
    text = str(response.content.decode())
    return re.sub(r'<(ul|div) class="messages.*?</\1>', "", text.split("<main")[1], flags=re.DOTALL)


def test_what_is_checked_in_bulk_shows_at_once(world: dict[str, Any]) -> None:
    address = world["guidance"].url
    browse().get(address)
    GuidancePage.objects.update(checked_by=world["asha"])
    assert "Asha Okafor" in browse().get(address).content.decode()


def test_whoever_is_made_a_facilitator_is_asked_at_once(world: dict[str, Any], carys: User) -> None:
    browser = browse(carys)
    assert "Does it still hold?" not in browser.get("/").content.decode()
    make_member(carys, world["community"], FACILITATOR)
    assert "Does it still hold?" in browser.get("/").content.decode()
