"""Addresses have the letters of any language, as the editor offers them."""

from communities.models import CommunityPage, Joining, State
from people.models import User
from tests.conftest import browse
from tests.factories import CommunityFactory, GuidanceFactory, make_member
from tests.visibility import ROWS


def test_a_community_with_an_accent_in_its_address_works(home: object, asha: User, bryn: User) -> None:
    cafe = CommunityFactory(title="Repair Café", slug="repair-café", joining=Joining.OPEN)
    make_member(asha, cafe, role="facilitator")
    browse(bryn).post(f"{cafe.url}join/", {"note": "I solder."})
    assert bryn.memberships.get(community=cafe).state == State.ACTIVE
    for page in ("", "members/", "members/invite/"):
        assert browse(asha).get(f"{cafe.url}{page}").status_code == 200, page
    assert browse(bryn).get(cafe.url).status_code == 200


def test_guidance_with_an_accent_in_its_address_is_checked(community: CommunityPage, asha: User) -> None:
    page = GuidanceFactory(title="Résumés", slug="résumés", community=community)
    assert browse(asha).get(page.url).status_code == 200
    browse(asha).post(f"/guidance/{page.slug}/checked/")
    page.refresh_from_db()
    assert page.checked_by == asha


def test_every_address_of_a_community_or_guidance_takes_any_letters() -> None:
    assert [row for row in ROWS if row.startswith(("communities/<slug:", "guidance/<slug:"))] == []
