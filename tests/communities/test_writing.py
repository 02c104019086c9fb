"""A facilitator writes what her community says of itself, on its own page."""

from typing import Any

import pytest
from wagtail.models import PageLogEntry
from wagtail.test.utils.form_data import querydict_from_html

from communities.models import CommunityPage
from communities.models.default_roles import facilitator
from communities.services.succession import take
from core.audiences import Audience
from core.models import Topic
from people.models import User
from tests.conftest import browse
from tests.factories import PersonFactory, make_member

BODY = [
    ("heading", "How we meet"),
    ("paragraph", "<p>On <b>Tuesdays</b>.</p>"),
    ("quote", {"text": "It helps.", "who": ""}),
]


class Writer:
    """Somebody at the form."""

    def __init__(self, person: User, community: CommunityPage, query: str = "") -> None:
        self.browser, self.address = browse(person), f"{community.url}edit/{query}"
        self.form = self._read(self.browser.get(self.address))

    def _read(self, response: Any) -> dict[str, str]:
        form = querydict_from_html(response.content.decode(), form_id="writing").dict()
        return {name: text.removeprefix("\n") for name, text in form.items()}  # the first line of a text area is empty

    def publish(self, **typed: str) -> Any:
        response = self.browser.post(self.address, {**self.form, **typed})
        if response.status_code == 409:
            self.form = self._read(response)
        return response


def fresh(community: CommunityPage) -> CommunityPage:
    return CommunityPage.objects.get(pk=community.pk)


@pytest.fixture
def bea(community: CommunityPage) -> User:
    """The second facilitator."""
    person = PersonFactory(first_name="Bea", last_name="Lloyd")
    make_member(person, community, "facilitator")
    return person


def save_draft(community: CommunityPage, by: User, **fields: Any) -> None:
    """As the editor saves one."""
    draft = fresh(community)
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.save_revision(user=by)


def test_what_asha_publishes_stands_on_the_page_and_in_the_editors_history(
    community: CommunityPage, asha: User
) -> None:
    Topic.objects.create(name="Fostering", slug="fostering")
    said = {
        "purpose": "So that no child moves twice.",
        "topics": "fostering, Kinship care",
        "body": "## Who\n\nAll of us.",
    }
    assert (
        Writer(asha, community).publish(**said, decided_by="Cabinet", decided_on="2026-03-02", emblem="").status_code
        == 302
    )
    page = fresh(community)
    assert (page.purpose, str(page.decided_on)) == ("So that no child moves twice.", "2026-03-02")
    assert sorted(topic.name for topic in page.topics.all()) == ["Fostering", "Kinship care"]
    assert [block.block_type for block in page.body] == ["heading", "paragraph"]
    assert page.live_revision.user == asha
    entries = PageLogEntry.objects.filter(page=page.pk, user=asha).values_list("action", flat=True)
    assert set(entries) == {"wagtail.edit", "wagtail.publish"}
    assert not page.has_unpublished_changes


def test_what_is_not_changed_stays_as_it_was_to_the_letter(community: CommunityPage, asha: User) -> None:
    page = fresh(community)
    page.body = BODY
    page.save_revision().publish()
    before = list(fresh(community).body.raw_data)
    writer = Writer(asha, community)
    writer.publish(body=f"{writer.form['body']}\n\n## And then\n\nTea.")
    after = list(fresh(community).body.raw_data)
    assert after[:3] == before
    assert [block["type"] for block in after[3:]] == ["heading", "paragraph"]


def test_nothing_changed_is_no_new_version(community: CommunityPage, asha: User) -> None:
    Writer(asha, community).publish()
    assert not fresh(community).revisions.exists()


def test_the_second_of_two_is_told_and_loses_nothing(community: CommunityPage, asha: User, bea: User) -> None:
    first, second = Writer(asha, community), Writer(bea, community)
    first.publish(purpose="Asha’s purpose.", reference="CAB/12")
    answer = second.publish(purpose="Bea’s purpose.", summary="Bea’s summary.")
    assert answer.status_code == 409
    assert [text for _field, text in answer.context["theirs"]] == ["Asha’s purpose."]
    assert second.form["purpose"] == "Bea’s purpose."
    assert second.form["reference"] == "CAB/12"
    assert fresh(community).purpose == "Asha’s purpose."
    assert second.publish().status_code == 302
    page = fresh(community)
    assert (page.purpose, page.summary, page.reference) == ("Bea’s purpose.", "Bea’s summary.", "CAB/12")


def test_a_draft_in_the_editor_stays_a_draft_with_the_change_in_it(
    community: CommunityPage, asha: User, hub_team: User
) -> None:
    save_draft(community, hub_team, summary="A draft’s summary.", joining="invitation")
    Writer(asha, community).publish(purpose="Asha’s purpose.", summary="Asha’s summary.")
    page = fresh(community)
    draft = page.latest_revision.as_object()
    assert (page.purpose, page.summary, page.joining) == ("Asha’s purpose.", "Asha’s summary.", community.joining)
    assert page.has_unpublished_changes
    assert (draft.purpose, draft.summary, draft.joining) == ("Asha’s purpose.", "A draft’s summary.", "invitation")
    assert page.latest_revision.user == hub_team


def test_asha_may_write_on_in_a_draft_of_words(community: CommunityPage, asha: User, hub_team: User) -> None:
    save_draft(community, hub_team, summary="A draft’s summary.")
    Writer(asha, community, "?from=draft").publish(purpose="Asha’s purpose.")
    page = fresh(community)
    assert (page.purpose, page.summary) == ("Asha’s purpose.", "A draft’s summary.")
    assert not page.has_unpublished_changes


def test_a_draft_of_more_than_words_is_not_hers_to_publish(
    community: CommunityPage, asha: User, hub_team: User
) -> None:
    save_draft(community, hub_team, audience=Audience.MEMBERS)
    Writer(asha, community, "?from=draft").publish(purpose="Asha’s purpose.")
    page = fresh(community)
    assert (page.purpose, page.audience) == ("Asha’s purpose.", Audience.EVERYONE)


def test_a_lock_in_the_editor_holds_here_too_and_what_was_typed_stays(
    community: CommunityPage, asha: User, hub_team: User
) -> None:
    writer = Writer(asha, community)
    CommunityPage.objects.filter(pk=community.pk).update(locked=True, locked_by=hub_team)
    answer = writer.publish(purpose="Asha’s purpose.")
    assert answer.status_code == 409
    assert answer.context["form"]["purpose"].value() == "Asha’s purpose."
    assert fresh(community).purpose == community.purpose


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"purpose": ""}, "purpose"),
        ({"body": "[[7: picture]]"}, "body"),
        ({"topics": "x" * 101}, "topics"),
        ({"decided_on": "31/02/2026"}, "decided_on"),
        ({"emblem": "no-such"}, "emblem"),
        ({"decided_by": "Cabinet", "decided_on": "2099-01-01"}, "decided_on"),
        ({"decided_by": "\u202e ", "decided_on": "2026-01-31"}, "decided_by"),
        ({"decided_by": "Cabinet", "decided_on": "2026-01-31", "review_on": "2026-01-30"}, "review_on"),
    ],
)
def test_a_form_that_cannot_be_taken_keeps_what_was_typed(
    community: CommunityPage, asha: User, typed: dict[str, str], field: str
) -> None:
    answer = Writer(asha, community).publish(**{"summary": "Typed.", **typed})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert answer.context["form"]["summary"].value() == "Typed."


def test_whoever_loses_the_right_meanwhile_gets_back_what_they_typed(community: CommunityPage, asha: User) -> None:
    writer = Writer(asha, community)
    take(asha.memberships.get(), facilitator())
    answer = writer.publish(purpose="Asha’s own words.")
    assert answer.status_code == 403
    page = answer.content.decode()
    assert ("Asha’s own words." in page, "ended on" in page) == (True, True)  # and why
    assert fresh(community).purpose == community.purpose


def test_what_is_typed_cannot_run(community: CommunityPage, asha: User, bryn: User) -> None:
    Writer(asha, community).publish(
        body="<script>alert(1)</script> [x](javascript:alert(2)) <img src=x onerror=alert(3)>"
    )
    page = browse(bryn).get(community.url).content.decode()
    assert [word for word in ("alert(1)", 'href="javascript', "onerror") if word in page] == []


def test_members_read_what_changed(community: CommunityPage, asha: User, bryn: User, carys: User) -> None:
    Writer(asha, community).publish(purpose="The first.")
    Writer(asha, community).publish(purpose="The second.", body="Words.")
    shown = browse(bryn).get(f"{community.url}changes/").context["changes"]
    told = [[(field.before, field.after) for field in change.fields] for change in shown]
    assert told == [[("The first.", "The second."), ("", "Words.")], [(community.purpose, "The first.")]]
    assert {change.by for change in shown} == {asha}
    assert browse(carys).get(f"{community.url}changes/").status_code == 404


def test_only_whoever_may_sees_the_way_to_the_form(community: CommunityPage, asha: User, bryn: User) -> None:
    address = f"{community.url}edit/"
    assert address in browse(asha).get(community.url).content.decode()
    assert address not in browse(bryn).get(community.url).content.decode()
    assert browse(bryn).get(address).status_code == 404
