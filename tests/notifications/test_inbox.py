"""The inbox: what is new for somebody, in matters, and how it is read."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communities import services as communities
from core.outbox import emit
from notifications import services
from notifications.choices import NoticeLevel
from notifications.models import Happening, Mark
from people.models import User
from tests.conftest import browse
from tests.factories import CommunityFactory, make_member
from tests.notifications.kinds import added, post, send, to_whom

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


def number(person: User) -> int:
    new: int = browse(person).get("/inbox/new/").json()["new"]
    return new


def page(person: User, address: str = "/inbox/") -> str:
    return browse(person).get(address).content.decode()


def test_what_is_new_is_counted_in_the_head_of_every_page_and_read_once_it_is_opened(
    sent: Any, community: Any, asha: User, bryn: User
) -> None:
    send(community, bryn, by=asha)
    assert "1 new" in page(bryn, "/people/")
    assert "Asha Okafor wrote in Foster Care Together" in page(bryn)
    opened = browse(bryn).get(f"/inbox/{Happening.objects.get().pk}/")
    assert (opened.status_code, opened.url) == (302, community.url)
    assert "nothing new" in page(bryn, "/people/")


def test_a_browser_that_guesses_and_a_question_for_the_head_read_nothing(sent: Any, community: Any, bryn: User) -> None:
    send(community, bryn)
    address = f"/inbox/{Happening.objects.get().pk}/"
    browse(bryn).get(address, headers={"Sec-Purpose": "prefetch"})
    browse(bryn).head(address)
    assert number(bryn) == 1


def test_one_matter_counts_once_however_much_happened(sent: Any, posted: Any, community: Any, bryn: User) -> None:
    other = CommunityFactory(title="Another")
    send(other, bryn)
    for _each in range(30):
        send(community, bryn)
    assert number(bryn) == 2
    assert ("Another" in page(bryn), "and 26 more" in page(bryn)) == (True, True)


def test_it_looks_at_so_many_events_however_much_has_happened(
    sent: Any, posted: Any, community: Any, asha: User, bryn: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is older is left out, unless it is new and asked for as such: then so many of what is new are looked at."""
    first, second = CommunityFactory(title="First of all"), CommunityFactory(title="Second")
    send(first, bryn, by=asha)
    send(second, bryn, by=asha)
    for _each in range(3):
        post(community, by=asha)
    monkeypatch.setattr("notifications.listings.LOOKED_AT", 4)
    assert ("First of all" in page(bryn), "Second" in page(bryn)) == (False, True)
    services.set_level(bryn, community, NoticeLevel.NOTHING)
    services.set_level(bryn, community, NoticeLevel.MATTERS)
    assert "First of all" in page(bryn, "/inbox/?show=new")


def test_what_happens_in_a_community_is_new_to_its_members_but_not_to_who_did_it(
    posted: Any, community: Any, asha: User, bryn: User, carys: User
) -> None:
    post(community, by=asha)
    assert (number(asha), number(bryn), number(carys)) == (0, 1, 0)


def test_what_happened_before_somebody_joined_is_not_new(posted: Any, community: Any, carys: User) -> None:
    post(community)
    make_member(carys, community)
    assert number(carys) == 0


@pytest.mark.parametrize(
    ("level", "importance", "new"),
    [
        (None, "matters", 1),
        (None, "rest", 0),
        (NoticeLevel.EVERYTHING, "matters", 1),
        (NoticeLevel.EVERYTHING, "rest", 1),
        (NoticeLevel.MATTERS, "rest", 0),
        (NoticeLevel.NOTHING, "matters", 0),
        (NoticeLevel.NOTHING, "rest", 0),
    ],
)
def test_a_level_says_how_much_one_hears(
    posted: Any, community: Any, bryn: User, level: NoticeLevel | None, importance: str, new: int
) -> None:
    if level:
        browse(bryn).post("/inbox/level/foster-care-together/", {"level": level})
    post(community)
    Happening.objects.update(importance=importance)
    assert number(bryn) == new


def test_what_happened_while_a_community_was_muted_is_not_new_afterwards(
    posted: Any, community: Any, bryn: User
) -> None:
    services.set_level(bryn, community, NoticeLevel.NOTHING)
    post(community)
    services.set_level(bryn, community, NoticeLevel.MATTERS)
    assert number(bryn) == 0


# -- all at once ------------------------------------------------------------------------------------------------------
def mark_all(person: User, up_to: int) -> str:
    address: str = browse(person).post("/inbox/read/", {"up_to": up_to}).url
    return address


def test_what_comes_while_one_marks_all_as_read_stays_new(
    sent: Any, posted: Any, community: Any, asha: User, bryn: User
) -> None:
    post(community, by=asha)
    shown = Happening.objects.latest("pk").pk
    send(CommunityFactory(), bryn, by=asha)
    mark_all(bryn, shown)
    assert number(bryn) == 1


@pytest.mark.parametrize("up_to", ["999999999999999999", "9" * 5000, "-1", "", "two"])
def test_a_position_that_no_page_showed_reads_nothing_that_is_still_to_come(
    sent: Any, posted: Any, community: Any, bryn: User, up_to: str
) -> None:
    post(community)
    assert browse(bryn).post("/inbox/read/", {"up_to": up_to}).status_code == 302
    post(CommunityFactory())
    post(community)
    assert number(bryn) == 1


def test_what_one_browser_read_is_new_in_no_other(sent: Any, posted: Any, community: Any, bryn: User) -> None:
    post(community)
    send(CommunityFactory(), bryn)
    phone, desk = browse(bryn), browse(bryn)
    before = desk.get("/inbox/new/")
    assert "2 new" in desk.get("/people/").content.decode()
    phone.post("/inbox/read/", {"up_to": Happening.objects.latest("pk").pk})
    assert "nothing new" in desk.get("/people/").content.decode()
    assert desk.get("/inbox/new/", headers={"If-None-Match": before["ETag"]}).json()["new"] == 0


def test_marking_all_as_read_is_taken_back_with_what_was_new(
    sent: Any, posted: Any, community: Any, asha: User, bryn: User
) -> None:
    post(community, by=asha)
    send(CommunityFactory(), bryn, by=asha)
    mark_all(bryn, Happening.objects.latest("pk").pk)
    services.read(bryn, Happening.objects.earliest("pk"))
    assert number(bryn) == 0
    moment = Mark.objects.get(person=bryn).moved_at
    browse(bryn).post("/inbox/take-back/", {"from": moment.isoformat()})
    assert number(bryn) == 1  # what was opened by itself since then stays read


def test_in_two_tabs_the_later_marking_takes_nothing_from_the_first(
    posted: Any, community: Any, asha: User, bryn: User
) -> None:
    post(community, by=asha)
    newest = Happening.objects.latest("pk").pk
    first = services.read_all(bryn, newest)
    services.take_back(bryn, services.read_all(bryn, newest))
    assert number(bryn) == 0
    services.take_back(bryn, first)
    assert number(bryn) == 1


@pytest.mark.parametrize("nonsense", ["", "-1", "x", "9" * 40, "²"])
def test_nonsense_marks_nothing(sent: Any, community: Any, bryn: User, nonsense: str) -> None:
    send(community, bryn)
    assert browse(bryn).post("/inbox/read/", {"up_to": nonsense}).status_code == 302
    assert browse(bryn).post("/inbox/take-back/", {"from": nonsense}).status_code == 302
    assert browse(bryn).get("/inbox/", {"marked": nonsense}).status_code == 200
    assert number(bryn) == 1


# -- what may no longer be told ---------------------------------------------------------------------------------------
def test_what_somebody_may_no_longer_see_is_neither_shown_nor_counted(
    sent: Any, posted: Any, private_community: Any, dev: User, asha: User
) -> None:
    send(private_community, dev)
    post(private_community)
    assert number(dev) == 1
    communities.leave(dev.memberships.get())
    assert number(dev) == 0
    assert "Safe Homes" not in page(dev)
    assert browse(dev).get(f"/inbox/{Happening.objects.earliest('pk').pk}/").status_code == 404


def test_what_is_settled_or_gone_is_neither_shown_nor_counted(sent: Any, community: Any, bryn: User) -> None:
    send(community, bryn, is_settled=True)
    gone = CommunityFactory(title="Gone")
    send(gone, bryn)
    assert number(bryn) == 1
    gone.delete()
    assert number(bryn) == 0
    assert "Nothing has reached you yet." in page(bryn)


def test_nobody_says_how_much_more_there_is_of_what_may_not_be_told(sent: Any, community: Any, bryn: User) -> None:
    for _each in range(6):
        send(community, bryn)
    assert "and 2 more" in page(bryn)
    send(community, bryn, is_settled=True)
    assert " more" not in page(bryn).partition('class="matter')[2].partition("</main>")[0]


def test_a_notice_of_somebody_else_is_nowhere(sent: Any, community: Any, bryn: User, carys: User) -> None:
    send(community, bryn)
    assert browse(carys).get(f"/inbox/{Happening.objects.get().pk}/").status_code == 404
    assert number(carys) == 0


# -- what it costs ----------------------------------------------------------------------------------------------------
def test_the_inbox_costs_as_much_with_many_rows(sent: Any, posted: Any, community: Any, bryn: User) -> None:
    counted = []
    for rows in (3, 30):
        for each in range(rows):
            send(CommunityFactory(title=f"{rows} {each}"), bryn)
            post(community)
        browser = browse(bryn)
        browser.get("/inbox/")
        with CaptureQueriesContext(connection) as queries:
            browser.get("/inbox/")
        counted.append(len(queries))
    assert counted[0] == counted[1]
    assert counted[0] <= 12


def test_the_number_is_asked_for_again_with_its_tag_and_ends_with_the_session(
    sent: Any, community: Any, bryn: User
) -> None:
    browser = browse(bryn)
    first = browser.get("/inbox/new/")
    assert browser.get("/inbox/new/", headers={"If-None-Match": first["ETag"]}).status_code == 304
    send(community, bryn)
    assert browser.get("/inbox/new/", headers={"If-None-Match": first["ETag"]}).json()["shown"] == "1"
    assert browse().get("/inbox/new/").status_code == 403


def test_what_one_chooses_about_e_mails_is_kept(bryn: User) -> None:
    chosen = {
        "addressed": "daily",
        "wanted": "weekly",
        "matters": "weekly",
        "rest": "never",
        "digest_on": 2,
        "digest_at": "09:00",
        "quiet_from": "18:00",
        "quiet_until": "08:00",
    }
    assert browse(bryn).post("/inbox/settings/", chosen).status_code == 302
    assert 'value="daily" selected' in page(bryn, "/inbox/settings/")
    assert (
        "This field is required" in browse(bryn).post("/inbox/settings/", {**chosen, "digest_at": ""}).content.decode()
    )


# -- what breaks -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("broken", ["subjects", "words"])
def test_one_notice_that_breaks_takes_neither_the_others_nor_any_page(
    sent: Any, community: Any, bryn: User, broken: str
) -> None:
    def breaks(*_given: Any) -> Any:
        raise ZeroDivisionError

    with added(name="tests.broken", recipients=to_whom, **{broken: breaks}):
        emit("tests.broken", community, data={"people": [bryn.pk]})
        send(community, bryn)
        assert number(bryn) == 1
        assert "wrote in Foster Care Together" in page(bryn)
        pk = Happening.objects.get(kind="tests.broken").pk
        assert browse(bryn).get(f"/inbox/{pk}/").status_code == 404
