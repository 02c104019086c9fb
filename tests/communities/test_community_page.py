"""A community's page: what stands first, who facilitates it, and where the way out is."""

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup

from communities.listings import letter_to
from communities.models import FACILITATOR, CommunityPage, Role
from core.audiences import Audience
from design import art
from people.models import User
from tests.conftest import browse
from tests.factories import CommunityFactory, PersonFactory, SessionFactory, SurgeryFactory, make_member


def page_for(person: User | None, address: str) -> BeautifulSoup:
    return BeautifulSoup(browse(person).get(address).content.decode(), "html.parser")


def marked(page: BeautifulSoup, within: str) -> list[str]:
    """The people with the mark of a facilitator."""
    rows = (page.select_one(within) or page).select(".person")
    return [row.a.get_text() for row in rows if "Facilitator" in row.get_text()]


@pytest.fixture
def public_facilitator(asha: User) -> User:
    asha.audience = Audience.EVERYONE
    asha.save()
    return asha


@pytest.mark.parametrize("reader", ["nobody", "carys", "bryn", "asha"])
@pytest.mark.parametrize(("path", "within"), [("", "#members"), ("members/", "main")])
def test_every_reader_sees_who_facilitates(
    community: CommunityPage, public_facilitator: User, bryn: User, carys: User, reader: str, path: str, within: str
) -> None:
    person = {"nobody": None, "carys": carys, "bryn": bryn, "asha": public_facilitator}[reader]
    assert marked(page_for(person, f"{community.url}{path}"), within) == ["Asha Okafor"]


def test_what_a_facilitator_says_of_themselves_does_not_hide_what_they_are(
    community: CommunityPage, asha: User, bryn: User
) -> None:
    community.memberships.filter(person=asha).update(note="Rings back on Mondays")
    page = page_for(bryn, f"{community.url}members/")
    assert marked(page, "main") == ["Asha Okafor"]
    assert "Rings back on Mondays" in page.get_text()


def letter(page: BeautifulSoup) -> str | None:
    link = page.find("a", href=re.compile("^mailto:"))
    return link["href"] if link else None


@pytest.mark.parametrize(
    ("reader", "addresses"),
    [
        ("nobody", ""),
        ("carys", "asha@example.org,mair@example.org"),
        ("asha", "mair@example.org,ossie@example.org"),  # a fellow member
    ],
)
def test_the_letter_goes_to_the_facilitators_whose_address_the_reader_may_see(
    community: CommunityPage, public_facilitator: User, carys: User, reader: str, addresses: str
) -> None:
    for name, hidden in (("Mair", {}), ("Ossie", {"audience": Audience.MEMBERS}), ("Wren", {"email": None})):
        make_member(PersonFactory(first_name=name, last_name="Zachary", **hidden), community, FACILITATOR)
    person = {"nobody": None, "carys": carys, "asha": public_facilitator}[reader]
    expected = f"mailto:{addresses}?subject=Foster%20Care%20Together" if addresses else None
    assert letter(page_for(person, community.url)) == expected


def test_a_letter_to_nobody_is_none() -> None:
    assert letter_to(["", ""], "Bees") == ""


def test_an_address_in_a_letter_cannot_add_to_it() -> None:
    assert (
        letter_to(["a?cc=b&c@example.org"], "Bees & co") == "mailto:a%3Fcc%3Db%26c@example.org?subject=Bees%20%26%20co"
    )


@pytest.mark.parametrize(
    ("reader", "words"),
    [
        ("nobody", "Sign in to see them and to write to them."),
        ("dev", "Its facilitators are shown to fellow members and to the organisation."),
    ],
)
def test_who_may_not_see_the_facilitators_is_told_so(
    community: CommunityPage, asha: User, dev: User, reader: str, words: str
) -> None:
    page = page_for(dev if reader == "dev" else None, community.url)
    assert words in " ".join(page.aside.get_text().split())
    assert "Asha" not in page.get_text()


def test_a_community_without_facilitators_says_so(community: CommunityPage, carys: User) -> None:
    assert "Nobody at present." in page_for(carys, community.url).aside.get_text()


def test_the_way_out_comes_after_everything_that_is_done_there(community: CommunityPage, bryn: User) -> None:
    page = page_for(bryn, community.url)
    assert "Leave" not in page.header.find_next("header").get_text()
    assert page.find("a", string="Leave").find_previous("section")["id"] == "members"


def test_who_waits_for_an_answer_takes_it_back_from_the_head(community: CommunityPage, carys: User) -> None:
    CommunityPage.objects.update(joining="ask")
    browse(carys).post(f"{community.url}join/", {"note": ""})
    assert page_for(carys, community.url).find("a", string="Withdraw request")["href"] == f"{community.url}leave/"


def test_the_next_surgery_stands_beside_the_words(community: CommunityPage) -> None:
    surgery = SurgeryFactory(title="Kitchen table", community=community)
    first, second = SessionFactory(surgery=surgery), SessionFactory(surgery=surgery, title="A walk instead")
    aside = page_for(None, community.url).aside
    assert [link["href"] for link in aside.select("#surgeries a")] == [first.url, second.url]
    assert "A walk instead" in aside.select_one(".tags").get_text()


def test_communities_have_emblems_of_their_own_while_there_are_any(home: Any) -> None:
    communities = CommunityFactory.create_batch(len(art.KINDS["emblem"]))
    assert sorted(one.emblem for one in communities) == art.KINDS["emblem"]


def test_an_emblem_that_somebody_chose_stays(home: Any) -> None:
    assert [one.emblem for one in CommunityFactory.create_batch(2, emblem="nest")] == ["nest", "nest"]


def test_members_stand_in_the_order_of_the_rank_of_their_roles(
    community: CommunityPage, asha: User, bryn: User, carys: User, hub_team: User
) -> None:
    for person, rank in ((carys, 90), (hub_team, 5)):
        role = Role.objects.create(name=f"Keeper {rank}", slug=f"keeper-{rank}", rank=rank)
        make_member(person, community, role.slug)
    shown = [each.person for each in browse(bryn).get(f"{community.url}members/").context["members"]]
    assert shown == [hub_team, asha, carys, bryn]


def test_what_somebody_is_here_stands_on_their_page_for_whoever_may_see_the_community(
    community: CommunityPage, private_community: CommunityPage, asha: User, bryn: User, dev: User
) -> None:
    make_member(asha, private_community, Role.objects.create(name="Night keeper", slug="night-keeper").slug)
    for reader, sees in ((bryn, False), (asha, True), (dev, True)):
        content = browse(reader).get(asha.get_absolute_url()).content.decode()
        assert (community.title in content, "Facilitator" in content) == (True, True), reader
        assert (private_community.title in content, "Night keeper" in content) == (sees, sees), reader
