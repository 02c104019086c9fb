"""Whoever looks after a community's guidance writes it on the hub's own pages."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import TaskState

from communities.approval import requests
from communities.choices import FACILITATOR, Approval
from communities.models import Membership
from communities.models.approval import ApprovalRule
from communities.services import leave
from core.models import HubImage
from core.outbox import drain
from core.writing.blocks import body_of_plain
from knowledge.models import GuidancePage
from tests.conftest import browse
from tests.factories import GuidanceFactory, PersonFactory, make_member

SAID = {
    "title": "Frost", "summary": "Before it freezes.", "body": "## Pipes\n\nWrap **them**.", "topics": "heating",
    "checked_by": "", "checked_on": "", "due_on": "", "keeper": "", "audience": "everyone", "seen": "",
}  # fmt: skip
QUOTE = {"type": "quote", "value": {"text": "It froze.", "who": "Bo"}, "id": "5a1d8f0e-0000-4000-8000-000000000001"}


def new(community: Any) -> str:
    return f"/guidance/writing/new/{community.slug}/"


def of(page: GuidancePage, deed: str = "") -> str:
    return f"/guidance/writing/{page.pk}/{deed}"


def begin(person: Any, community: Any, **said: str) -> GuidancePage:
    browse(person).post(new(community), {**SAID, **said, "deed": "save"})
    found: GuidancePage = GuidancePage.objects.get()
    return found


def filled(browser: Any, page: GuidancePage) -> dict[str, Any]:
    form = browser.get(of(page)).context["form"]
    return {name: form[name].value() or "" for name in form.fields}


def press(person: Any, page: GuidancePage, deed: str, **said: str) -> Any:
    browser = browse(person)
    return browser.post(of(page), {**filled(browser, page), **said, "deed": deed})


def test_a_draft_is_shown_to_nobody_until_it_is_published(community, asha, bryn):
    page = begin(asha, community)
    assert [block.block_type for block in page.body] == ["heading", "paragraph"]
    assert (page.live, page.owner, list(page.authors.all())) == (False, asha, [asha])
    for person in (bryn, None):
        assert browse(person).get("/guidance/frost/").status_code == 404
        assert "Frost" not in browse(person).get("/guidance/").content.decode()
    assert press(asha, page, "publish")["Location"].endswith("/guidance/frost/")
    drain("notices")
    assert browse().get("/guidance/frost/").status_code == 200
    assert browse(asha).get("/guidance/frost/").context["write_url"] == of(page)
    assert not browse(bryn).get("/guidance/frost/").context["write_url"]


def test_an_editor_who_looks_after_it_is_led_to_the_form_and_another_to_the_editor(community, asha, carys):
    page = GuidanceFactory(community=community)
    for person in (asha, carys):
        person.groups.add(Group.objects.get(name="Editors"))
    shown = [browse(person).get(page.url).context for person in (asha, carys)]
    assert [one["write_url"] for one in shown] == [of(page), ""]
    assert all(one["edit_url"] for one in shown)


def test_a_community_and_the_desk_lead_to_the_form(community, asha, bryn):
    assert new(community) in browse(asha).get(community.url).content.decode()
    assert new(community) not in browse(bryn).get(community.url).content.decode()
    assert new(community) in browse(asha).get("/admin/").content.decode()


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"title": "", "summary": "", "body": "\n"}, {"title", "summary", "body"}),
        ({"title": "x" * 300}, {"title"}),
        ({"body": "[[7: picture “The lane”]]"}, {"body"}),
        ({"checked_on": "2999-01-01"}, {"checked_on"}),
        ({"checked_on": "2020-02-02", "due_on": "2020-02-01"}, {"due_on"}),
        ({"checked_by": "999999"}, {"checked_by"}),
        ({"audience": "nobody"}, {"audience"}),
        ({"topics": "x" * 101}, {"topics"}),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_nothing_is_lost(community, asha, said, wrong):
    answer = browse(asha).post(new(community), {**SAID, **said, "deed": "publish"})
    form = answer.context["form"]
    assert (answer.status_code, set(form.errors), form["topics"].value()) == (422, wrong, said.get("topics", "heating"))
    assert {name: form[name].value() for name in said} == said
    assert not GuidancePage.objects.filter(live=True).exists()


def test_somebody_says_who_checked_it_and_when_it_is_due(community, asha):
    today = timezone.localdate()
    soon = today + timedelta(days=90)
    page = begin(asha, community, checked_by=str(asha.pk), checked_on=today.isoformat(), due_on=soon.isoformat())
    press(asha, page, "publish")
    page.refresh_from_db()
    assert (page.checked_by, page.checked_on, page.due_on) == (asha, today, soon)


def test_nobody_is_named_who_does_not_look_after_it(community, asha, bryn):
    assert browse(asha).post(new(community), {**SAID, "keeper": str(bryn.pk)}).status_code == 422
    page = GuidanceFactory(community=community, checked_by=bryn, checked_on=timezone.localdate())
    assert press(asha, page, "publish", summary="New.").status_code == 302  # he stands there already
    page.refresh_from_db()
    assert (page.checked_by, page.summary) == (bryn, "New.")


def test_what_has_no_plain_form_stays_as_it_is(community, asha):
    page = GuidanceFactory(community=community, body=[("paragraph", "<p>One.</p>")])
    page.body = page._meta.get_field("body").to_python([*page.body.raw_data, QUOTE])
    page.save()
    browser = browse(asha)
    form = filled(browser, page)
    assert form["body"] == "One.\n\n[[2: quote “It froze.”]]"
    browser.post(of(page), {**form, "body": "[[2: quote “It froze.”]]\n\nTwo.", "deed": "publish"})
    page.refresh_from_db()
    assert page.body.raw_data[0] == QUOTE
    assert [block["type"] for block in page.body.raw_data] == ["quote", "paragraph"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("[[9: quote “It froze.”]]", [QUOTE]),  # its number was another one when the form was opened
        ("[[1]]", [QUOTE]),
        ("[[1: quote “It thawed.”]]", None),  # another part that has gone meanwhile
        ("[[2]]", None),
    ],
)
def test_a_line_stands_for_the_part_that_it_names(typed, kept):
    blocks = [QUOTE, {"type": "paragraph", "value": "<p>One.</p>", "id": "x"}]
    if kept is not None:
        assert body_of_plain(typed, blocks) == kept
    else:
        with pytest.raises(ValidationError):
            body_of_plain(typed, blocks)


def test_of_two_who_write_at_once_neither_loses_a_word(community, asha, hub_team):
    page, browser, theirs = begin(asha, community), browse(asha), browse(hub_team)
    mine = filled(browser, page) | {"summary": "Mine."}
    theirs.post(of(page), filled(theirs, page) | {"summary": "Theirs.", "body": "Other.", "audience": "organisation"})
    answer = browser.post(of(page), mine)
    form = answer.context["form"]
    assert (answer.status_code, form["summary"].value(), form["body"].value()) == (409, "Mine.", "Other.")
    assert [text for _field, text in answer.context["theirs"]] == ["Theirs."]


def test_of_a_page_that_has_no_version_yet_it_is_known_who_changed_what(community, asha, hub_team):
    page = GuidanceFactory(community=community, summary="Old.")
    browser, theirs = browse(asha), browse(hub_team)
    mine = filled(browser, page) | {"body": "Mine."}
    theirs.post(of(page), filled(theirs, page) | {"summary": "Theirs."})
    answer = browser.post(of(page), mine)
    form = answer.context["form"]
    assert (form["summary"].value(), form["body"].value(), answer.context["theirs"]) == ("Theirs.", "Mine.", [])


def test_a_list_pasted_from_a_word_processor_is_a_list(community, asha):
    page = begin(asha, community, body="Pack:\n\n•\tA bag\n•\tA coat\x0bwith a hood")
    text = str(page.body.raw_data[0]["value"])
    assert text.count("<li>") == 2
    assert "•" not in text


def test_typing_is_kept_by_itself_and_the_preview_shows_it_to_those_who_write_alone(community, asha, bryn):
    answer = browse(asha).post(new(community), {**SAID, "deed": "save"}, headers={"accept": "application/json"})
    address = answer.json()["url"]
    assert "Before it freezes." in browse(asha).get(f"{address}preview/").content.decode()
    assert browse(bryn).get(f"{address}preview/").status_code == 404


@pytest.mark.parametrize("audience", ["everyone", "organisation"])
def test_guidance_is_no_wider_than_its_community(private_community, audience):
    keeper = PersonFactory()
    make_member(keeper, private_community, FACILITATOR)
    assert browse(keeper).post(new(private_community), {**SAID, "audience": audience}).status_code == 422
    assert not GuidancePage.objects.exists()


# -- a right that ended ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("stays", [True, False])
def test_whoever_may_no_longer_gets_back_what_they_typed(community, private_community, stays):
    keeper = PersonFactory()
    make_member(PersonFactory(), private_community, FACILITATOR)
    make_member(PersonFactory(), private_community, FACILITATOR)
    membership = make_member(keeper, private_community, FACILITATOR)
    page = begin(keeper, private_community, audience="members")
    form = filled(browse(keeper), page) | {"summary": "Nobody may lose this."}
    if stays:
        membership.holdings.all().delete()
    else:
        leave(Membership.objects.get(pk=membership.pk), keeper)
    answer = browse(keeper).post(of(page), {**form, "deed": "publish"})
    assert (answer.status_code, "Nobody may lose this." in answer.content.decode()) == (403, True)
    assert (private_community.title in answer.content.decode()) is stays
    assert browse(keeper).get(of(page)).status_code == (403 if stays else 404)  # there they read what they kept
    assert browse(PersonFactory()).post(of(page), form).status_code == 404


# -- another's word ----------------------------------------------------------------------------------------------------
@pytest.fixture
def sent(community: Any, asha: Any) -> GuidancePage:
    """Asha wrote it, and it waits for somebody else's word."""
    ApprovalRule.objects.create(community=community, rule=Approval.ANOTHER)
    page = begin(asha, community)
    assert press(asha, page, "publish")["Location"] == "/guidance/writing/"
    page.refresh_from_db()
    return page


def test_what_needs_another_word_waits_for_it(sent, community, asha):
    other = PersonFactory()
    make_member(other, community, FACILITATOR)
    assert (sent.live, requests.is_waiting(sent)) == (False, True)
    assert press(asha, sent, "save", summary="Changed.").status_code == 409
    assert not browse(asha).get("/guidance/writing/").context["sent"]
    assert browse(other).get("/guidance/writing/").context["sent"] == [sent]
    assert press(other, sent, "publish").status_code == 302
    sent.refresh_from_db()
    assert (sent.live, requests.is_waiting(sent)) == (True, False)


def test_it_comes_back_with_a_word_and_is_sent_again(sent, community, asha, bryn):
    other = PersonFactory()
    make_member(other, community, FACILITATOR)
    back = {"word": "Which pipes?"}
    assert browse(bryn).post(of(sent, "back/"), back).status_code == 404
    browse(asha).post(of(sent, "back/"), back)  # her own
    assert requests.is_waiting(sent)
    browse(other).post(of(sent, "back/"), {"word": " "})
    assert requests.is_waiting(sent)
    browse(other).post(of(sent, "back/"), back)
    assert browse(asha).get(of(sent)).context["last"].word == "Which pipes?"
    press(asha, sent, "send", summary="The ones outside.")
    assert requests.is_waiting(sent)


def test_whoever_asked_takes_it_back(sent, community, asha, hub_team):
    browse(asha).post(of(sent, "take-back/"))
    assert not requests.is_waiting(sent)
    assert press(asha, sent, "save", summary="Changed.").status_code == 302


# -- photographs -------------------------------------------------------------------------------------------------------
def a_lamp() -> SimpleUploadedFile:
    return SimpleUploadedFile("lamp.png", get_test_image_file().file.getvalue(), "image/png")


def test_a_photograph_stands_at_the_end_and_is_for_whoever_reads_the_page(sent, community, asha, hub_team):
    browser = browse(asha)
    browser.post(of(sent, "take-back/"))
    said = filled(browser, sent)
    lamp = a_lamp()
    answer = browser.post(of(sent), {**said, "photograph": lamp, "shows": "", "deed": "save"})
    assert set(answer.context["form"].errors) == {"shows"}
    lamp.seek(0)
    browser.post(of(sent), {**said, "photograph": lamp, "shows": "A lamp", "deed": "send"})
    assert filled(browser, sent)["body"].endswith("[[3: picture “A lamp”]]")
    assert {image.audience for image in HubImage.objects.all()} == {"organisation"}
    task = TaskState.objects.get(status="in_progress")
    browse(hub_team).post(reverse("wagtailadmin_pages:workflow_action", args=[sent.pk, "approve", task.pk]))
    sent.refresh_from_db()
    assert (sent.live, {image.audience for image in HubImage.objects.all()}) == (True, {"everyone"})
    assert "A lamp" in browse().get("/guidance/frost/").content.decode()


def test_a_photograph_that_was_chosen_outlives_what_somebody_else_wrote_meanwhile(community, asha):
    page, other = begin(asha, community), make_member(PersonFactory(), community, FACILITATOR).person
    browser = browse(asha)
    said = filled(browser, page)
    press(other, page, "save", title="Hoar frost")
    again = browser.post(of(page), {**said, "photograph": a_lamp(), "shows": "A lamp", "deed": "save"})
    form = again.context["form"]
    assert (again.status_code, form["shows"].value()) == (409, "A lamp")
    typed = {name: form[name].value() or "" for name in form.fields if name != "photograph"}
    assert press(other, page, "preview", brought=typed["brought"], shows="Mine")["Location"]  # it is nobody else's
    assert not GuidancePage.objects.get().get_latest_revision_as_object().picture_keys
    typed["seen"] = filled(browser, page)["seen"]
    for summary in ("", "Before it freezes."):  # what is missing is asked for, and the picture is there once
        answer = browser.post(of(page), {**typed, "summary": summary, "deed": "publish"})
        if answer.context:
            typed |= {name: answer.context["form"][name].value() or "" for name in ("seen", "brought", "body")}
    assert len(GuidancePage.objects.get().picture_keys) == 1


def test_a_photograph_is_for_members_alone_where_all_of_the_community_is(community, private_community):
    keeper = PersonFactory()
    for each in (community, private_community):
        make_member(keeper, each, FACILITATOR)
    said = {**SAID, "audience": "members", "shows": "A lamp"}
    open_one = browse(keeper).post(new(community), {**said, "photograph": a_lamp()})
    assert set(open_one.context["form"].errors) == {"photograph"}
    assert not HubImage.objects.exists()
    browse(keeper).post(new(private_community), {**said, "photograph": a_lamp()})
    assert HubImage.objects.get().audience_token == f"community:{private_community.pk}"
