"""My job description: what somebody is here, today and on any day that is over; and the hub team's table of them."""

import csv
import sys
from datetime import date, timedelta
from io import BytesIO, StringIO
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from pypdf import PdfReader
from wagtail.models import ModelLogEntry

from communities import services
from communities.job_description.days import day_of
from communities.job_description.descriptions import description_of
from communities.job_description.shapes import Description
from communities.models import FACILITATOR, CommunityPage, Grant, Holding, Membership
from communities.models.default_roles import facilitator
from communities.services.responsibilities import answer, publish
from core.audiences import Audience
from people.models import User
from tests.conftest import browse
from tests.factories import CommunityFactory, PersonFactory, at, make_member, role_called
from tests.test_query_budgets import LIST, queries

PAGE = "/people/me/job-description/"
PDF = f"{PAGE}job-description.pdf"


def on(day: int) -> Any:
    """Do something on a day of March."""
    return time_machine.travel(at(2026, 3, day), tick=False)


def as_of(person: User, day: int) -> Description:
    return description_of(person, day_of(f"2026-03-{day:02}")[0], person)


def granted(community: CommunityPage, capability: str, **more: Any) -> Grant:
    terms = {"starts": at(2026, 3, 1), "decided_at": at(2026, 3, 1), "decided_on": date(2026, 3, 1)}
    said = {"authority": "Cabinet", "decided_name": "Hub team"}
    return Grant.objects.create(community=community, capability=capability, **{**terms, **said, **more})


@pytest.fixture
def fern(community: CommunityPage, asha: User) -> User:
    """A member from the second to the tenth, facilitator from the fourth to the eighth; other words on the sixth."""
    person: User = PersonFactory(first_name="Fern")
    make_member(PersonFactory(), community, FACILITATOR)
    with on(2):
        membership = services.join(community, person)
    with on(4):
        services.add_role(membership, facilitator(), asha)
        answer(Holding.objects.get(membership=membership), facilitator().responsibilities.first())
    with on(6):
        publish(facilitator(), "Write every Monday.", asha)
    with on(8):
        services.set_roles(Membership.objects.get(pk=membership.pk), [], asha)
    with on(10):
        services.leave(Membership.objects.get(pk=membership.pk))
    return person


def roles_on(person: User, day: int) -> list[tuple[str, bool]]:
    """Each role with whether newer words were not answered."""
    return [(role.name, role.asked_anew) for one in as_of(person, day).belongings for role in one.roles]


def test_a_past_day_says_what_was_true_on_that_day(fern: User) -> None:
    assert as_of(fern, 1).is_empty
    assert roles_on(fern, 3) == []
    assert roles_on(fern, 5) == [("Facilitator", False)]
    assert roles_on(fern, 7) == [("Facilitator", True)]
    assert [len(as_of(fern, day).belongings) for day in (9, 10, 11)] == [1, 0, 0]
    assert [one.what for one in as_of(fern, 11).ended] == ["Facilitator"]


def test_it_says_what_was_accepted_and_not_what_is_asked_today(fern: User) -> None:
    role = as_of(fern, 7).belongings[0].roles[0]
    assert "Write every Monday." not in role.lines
    assert (role.version, role.accepted_on) == (1, date(2026, 3, 4))


def test_grants_are_those_that_reached_them_then(fern: User, community: CommunityPage) -> None:
    granted(community, "speak", role=facilitator())
    granted(community, "guidance", withdrawn_at=at(2026, 3, 5), withdrawn_name="Hub team", withdrawal="No more.")
    granted(community, "moderate", role=role_called("observer"))
    reached = {day: [grant.what for grant in as_of(fern, day).belongings[0].grants] for day in (3, 4, 7, 9)}
    assert reached == {
        3: ["Look after guidance"],
        4: ["Look after guidance", "Speak for the community"],
        7: ["Speak for the community"],
        9: [],
    }


def test_who_may_not_see_a_community_any_more_reads_the_name_that_they_knew(
    private_community: CommunityPage, carys: User
) -> None:
    with on(2):
        membership = make_member(carys, private_community)
    with on(5):
        services.leave(membership)
    CommunityPage.objects.filter(pk=private_community.pk).update(title="Quillwort House")
    page = browse(carys).get(PAGE).content.decode()
    assert ("Safe Homes" in page, "Quillwort" in page) == (True, False)
    assert [one.url for one in as_of(carys, 4).belongings] == [""]


def test_a_community_whose_page_is_deleted_stays_in_ones_past(fern: User, asha: User, community: CommunityPage) -> None:
    with on(12):
        community.delete()
    assert (as_of(fern, 5).belongings[0].name, roles_on(fern, 5)) == ("Foster Care Together", [("Facilitator", False)])
    assert [(one.name, one.what) for one in as_of(fern, 13).ended] == [("Foster Care Together", "Facilitator")]
    assert "Foster Care Together" in browse(fern).get(PAGE).content.decode()
    assert description_of(fern, day_of("2026-03-05")[0], asha).is_empty


# -- the page ----------------------------------------------------------------------------------------------------------
def test_what_is_no_day_is_kept_and_said(asha: User) -> None:
    browser = browse(asha)
    wrong = ("yesterday", "2026-02-30", "2999-01-01", "0001-01-01", "2026-03-01T10")
    for address in (*(f"{PAGE}?on={text}" for text in wrong), f"{PAGE}print/?on=x", f"{PDF}?on=x"):
        response = browser.get(address)
        assert response.status_code == 422, address
        assert response.context["form"]["on"].value() == address.partition("=")[2]
    assert browser.get(f"{PAGE}?on=%00").status_code == 200


def test_page_and_paper_keep_to_the_day(fern: User) -> None:
    for address in (PAGE, f"{PAGE}print/"):
        shown = browse(fern).get(f"{address}?on=2026-03-05").content.decode()
        assert "Foster Care Together" in shown
        assert "?on=2026-03-05" in shown


def test_three_hundred_memberships_ask_no_more_than_three(asha: User, bryn: User) -> None:
    def many(person: User, number: int) -> None:
        role, since = facilitator(), timezone.now() - timedelta(days=9)
        pages = CommunityFactory.create_batch(2, audience=Audience.ORGANISATION)
        own = [*pages, *_copies(pages[0], number - 2)]
        made = Membership.objects.bulk_create(Membership(community=one, person=person, since=since) for one in own)
        Holding.objects.bulk_create(Holding(membership=one, role=role, since=since) for one in made)

    many(bryn, 3)
    few = len(queries(lambda: browse(bryn).get(PAGE)))
    many(asha, 40)
    assert len(queries(lambda: browse(asha).get(PAGE))) <= few
    assert few <= 2 * LIST


def _copies(page: CommunityPage, number: int) -> list[CommunityPage]:
    return list(CommunityFactory.create_batch(number, audience=page.audience))


# -- the file ----------------------------------------------------------------------------------------------------------
def read(person: User, query: str = "") -> tuple[PdfReader, str]:
    response = browse(person).get(f"{PDF}{query}")
    assert response.headers["Content-Type"] == "application/pdf"
    reader = PdfReader(BytesIO(response.content))
    return reader, " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_where_no_pdf_can_be_made_one_prints_the_page(asha: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)  # as where Pango is not installed
    answer = browse(asha).get(PDF, follow=True)
    assert answer.redirect_chain[0][0].startswith(PAGE)
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]


def test_a_pdf_carries_names_of_any_script_and_is_tagged(asha: User, community: CommunityPage) -> None:
    names = "Siân Ŵyn Łukasz Νίκος Дмитро"
    User.objects.filter(pk=asha.pk).update(name=names)
    Membership.objects.filter(person=asha).update(note="=1+1 <script>alert(1)</script>")
    reader, text = read(User.objects.get(pk=asha.pk))
    assert all(name in text for name in (*names.split(), "Facilitator", "<script>"))
    assert reader.trailer["/Root"]["/Lang"] == "en-gb"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert names in str(reader.metadata.title)


def test_two_hundred_memberships_break_into_pages_and_none_is_lost(bryn: User) -> None:
    pages = [CommunityFactory(title=f"Circle {number:03}.") for number in range(3)]
    since = timezone.now() - timedelta(days=9)
    for page in pages:
        make_member(bryn, page)
    rows = [
        Membership(community=pages[0], person=bryn, since=since, until=timezone.now(), state="ended")
        for _n in range(200)
    ]
    for row in rows:
        row.joined = since
    Membership.objects.bulk_create(rows)
    reader, text = read(bryn)
    assert len(reader.pages) > 3
    assert text.count("Circle 000.") == 201
    assert f"{len(reader.pages)} / {len(reader.pages)}" in text


def test_a_paper_reads_no_file_but_ours(tmp_path: Any) -> None:
    from communities.job_description.papers import pdf_of

    secret = tmp_path / "secret.txt"
    secret.write_text("quillwort")
    named = f'<img src="{secret.as_uri()}" alt="x"><link rel="attachment" href="{secret.as_uri()}">'
    html = f'<html lang="en"><title>A</title><body>{named}</body>'
    reader = PdfReader(BytesIO(pdf_of(html)))
    assert not reader.attachments


# -- the table ---------------------------------------------------------------------------------------------------------
def table(viewer: User, **asked: str) -> list[list[str]]:
    response = browse(viewer).post("/job-descriptions/", {"on": f"{timezone.localdate():%Y-%m-%d}", **asked})
    text = b"".join(response.streaming_content).decode()
    return list(csv.reader(StringIO(text.removeprefix("\ufeff"))))


def test_the_hub_team_takes_a_table_of_what_it_may_see_and_that_is_logged(
    hub_team: User, asha: User, dev: User, private_community: CommunityPage
) -> None:
    make_member(asha, private_community)
    User.objects.filter(pk=asha.pk).update(name="=Asha()", job_title="Grade 9")
    rows = table(hub_team)
    assert rows[1][0] == "'=Asha()"
    said = "\n".join(map(str, rows))
    assert ("Facilitator" in said, "Safe Homes" in said, "Grade 9" in said) == (True, False, False)
    assert ModelLogEntry.objects.filter(action="communities.job_descriptions_exported", user=hub_team).count() == 1


def test_one_persons_table_on_a_day_that_is_over(hub_team: User, fern: User) -> None:
    rows = table(hub_team, person=fern.email, on="2026-03-07")
    assert [(row[0], row[4], row[8]) for row in rows[1:]] == [("Fern Example", "Facilitator", "1")]
    assert (
        browse(hub_team).post("/job-descriptions/", {"person": "Nobody At All", "on": "2026-03-07"}).status_code == 422
    )


def test_the_table_asks_no_more_for_thirty_people_than_for_three(hub_team: User, community: CommunityPage) -> None:
    def asks() -> int:
        return len(queries(lambda: _read(browse(hub_team))))

    def _read(browser: Any) -> Any:
        response = browser.post("/job-descriptions/", {"on": f"{timezone.localdate():%Y-%m-%d}"})
        b"".join(response.streaming_content)
        return response

    for person in PersonFactory.create_batch(3):
        make_member(person, community, FACILITATOR)
    asks()  # what is asked once, the first time
    few = asks()
    for person in PersonFactory.create_batch(27):
        make_member(person, community, FACILITATOR)
    assert asks() == few
