"""Nothing of a draft counts before it is published, and then all of it does.

The table names every field that an editor fills in, for each kind of page: what a draft of it says, and who tells
something else once it is live. A field without a row fails, so that whoever adds one says what it does.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any, NamedTuple

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, get_page_models
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from communities.models import FACILITATOR, State
from conversations.choices import Kind
from core.audiences import Audience
from core.drafts import live_row_changed
from core.models import HubPage
from home.models import PlainPage
from home.scaffold import prepare_hub
from people.models import User
from search import services as search
from stories.models import StoryIndexPage
from tests.conftest import browse
from tests.conversations.saying import begun
from tests.editing import AHEAD, Editor
from tests.factories import (
    CommunityFactory,
    GuidanceFactory,
    PersonFactory,
    SessionFactory,
    StoryFactory,
    SurgeryFactory,
    make_member,
    tell,
)
from tests.pages_shown import Shown, addresses, changed, shown
from tests.told import differing, told

pytestmark = pytest.mark.xdist_group("drafts")  # what readers are given before is asked once
Commit = Any


class Row(NamedTuple):
    """What a draft says, and who tells something else once it is live."""

    draft: Mapping[str, str]
    told_by: set[str]


def row(draft: Mapping[str, str] | str, *told_by: str) -> Row:
    """A text is what stands in the field's own input. ``@carys`` is the number of what the hub knows by that name."""
    return Row({"": draft} if isinstance(draft, str) else draft, {"page", *told_by})


def body(text: str) -> dict[str, str]:
    return nested_form_data({"body": streamfield([("paragraph", rich_text(f"<p>{text}</p>"))])})


OF_EVERY_PAGE = {
    "title": row("Another title", "search"),
    "slug": row("another-address", "addresses", "redirects", "search"),
    "audience": row("everyone", "doors", "search"),
    "summary": row("Another summary.", "search"),
    "seo_title": row("Another greeting"),
    "search_description": row("Another description"),
    "show_in_menus": row("on", "menu"),
    "expire_at": row(f"{timezone.now() + timedelta(days=99):%Y-%m-%d %H:%M}"),
}
OF_CONTENT = {
    "community": row("@safe", "doors", "search"),
    "topics": row("Damp, Mould", "search"),
}
SOURCE = {"source": row("A gazette"), "source_url": row("https://gazette.example.org/")}
RICH = {
    name: row({name: rich_text("<p>Other words.</p>")}, "search")
    for name in ("need", "what_we_did", "what_changed", "evidence", "reuse", "body")
}
TABLE: dict[str, dict[str, Row]] = {
    "home.HomePage": {
        "question": row("What do you want?"),
        "asked_this_week": row(
            nested_form_data({"asked_this_week": streamfield([("asked", {"text": "Bins", "query": ""})])})
        ),
        "welcome_title": row("Welcome"),
        "welcome_text": row("Sit down."),
        "host": row("@carys"),
    },
    "home.PlainPage": {"body": row(body("Other words."), "search")},
    "communities.CommunityIndexPage": {},
    "communities.CommunityPage": {
        "purpose": row("To mend other things.", "search"),
        "body": row(body("Other words."), "search"),
        "topics": row("Damp, Mould", "search"),
        "decided_by": row("The board"),
        "decided_on": row("2025-02-03"),
        "reference": row("B 7"),
        "review_on": row("2031-02-03"),
        "sponsor": row("@carys"),
        "stage": row("pilot"),
        "joining": row("invitation"),
        "capacity": row("3", "places", "members", "search"),
        "opened_on": row("2024-01-01", "search"),
        "closed_on": row("2031-01-01"),
        "emblem": row("acorn"),
        "cover": row("bridge"),
        "picture": row("@picture"),
    },
    "knowledge.GuidanceIndexPage": {},
    "knowledge.GuidancePage": {
        **OF_CONTENT,
        "source": row("A gazette"),
        "source_url": row("https://gazette.example.org/", "search"),
        "body": row(body("Other words."), "search"),
        "keeper": row("@carys"),
        "checked_by": row("@carys", "search"),
        "checked_on": row("2025-02-03", "search"),
        "due_on": row("2031-02-03"),
    },
    "surgeries.SurgeryIndexPage": {},
    "surgeries.SurgeryPage": {
        **OF_CONTENT,
        "title": row("Another title", "search", "calendar"),
        "summary": row("Another summary.", "search", "calendar"),
        "description": row({"description": rich_text("<p>Other words.</p>")}, "search"),
        "for_whom": row("staff"),
        "what_to_bring": row("A torch", "search"),
        "place": row("Town hall", "search", "calendar"),
        "online_url": row("https://call.example.org/", "calendar"),
    },
    "stories.StoryIndexPage": {},
    "stories.StoryPage": {
        **OF_CONTENT,
        **RICH,
        "source": row("A gazette"),
        "source_url": row("https://gazette.example.org/", "search"),
        "author_links": row({"author_links-0-person": "@carys"}, "search"),
        "quote": row("It holds.", "search"),
        "quoted": row("A driver"),
        "told_on": row("2025-02-03", "search"),
        "scene": row("bus"),
        "picture": row("@picture"),
    },
}
NOT_IN_THE_TABLE = {
    "go_live_at",  # a deed of its own
    *("comments", "comment_notifications"),  # what editors say to editors
    "speaks",  # asks for a right: tests/stories/test_speaking.py
    "first_facilitators",  # of new communities alone: tests/communities/test_facilitators.py
}
WHOLE = ("communities.CommunityPage", "stories.StoryPage")  # where fields of every page are tried one by one
CASES = [(kind, field) for kind, own in TABLE.items() for field in ({**OF_EVERY_PAGE, **own} if kind in WHOLE else own)]
TELLING = ("communities.CommunityPage", "surgeries.SurgeryPage", "stories.StoryPage")  # others take over from these


class Hub(NamedTuple):
    """A live page of each kind, and what drafts name."""

    pages: dict[str, Page]
    named: dict[str, Any]
    forms: dict[str, dict[str, str]]
    given: Shown
    told: dict[str, Any]

    def editor(self, kind: str) -> Editor:
        """The hub team at work on the page of this kind, with the form open."""
        editor = Editor(self.named["hub_team"], self.pages[kind])
        editor.form = self.forms.get(kind) or editor.open(editor.address)
        self.forms[kind] = editor.form
        return editor

    def places(self, kind: str) -> list[str]:
        return addresses(self.pages[kind], self.pages["communities.CommunityPage"])

    def given_before(self, kind: str) -> Shown:
        """What readers are given of the page of this kind before anything is done: each address is asked once for all
        deeds.
        """
        places = self.places(kind)
        if new := [place for place in places if f"{place} to nobody" not in self.given]:
            self.shown(new)  # a first visit can leave something for the second, such as what is found for the reader
            self.given.update(self.shown(new))
        return {name: words for name, words in self.given.items() if name.partition(" to ")[0] in places}

    def told_before(self) -> dict[str, Any]:
        """What can be told before anything is done: asked once."""
        if not self.told:
            self.told.update(told())
        return self.told

    def shown(self, places: Iterable[str]) -> Shown:
        viewers = {name: self.named.get(name) for name in ("nobody", "bryn", "carys")}
        return shown(viewers, places)

    def answers(self, kind: str, *fields: str) -> dict[str, str]:
        """What the drafts of these fields say, of all fields where none is named."""
        rows = {**OF_EVERY_PAGE, **TABLE[kind]}
        said = {name or field: value for field in fields or rows for name, value in rows[field].draft.items()}
        return {name: str(self.named[value[1:]].pk) if value[:1] == "@" else value for name, value in said.items()}


@pytest.fixture(scope="module")
def hub(django_db_setup: None, django_db_blocker: Any) -> Iterator[Hub]:
    with django_db_blocker.unblock(), transaction.atomic(), search.paused():
        yield make_hub()
        transaction.set_rollback(True)


def make_hub() -> Hub:
    """All for the organisation. The community has two places and two members, and Carys waits."""
    prepare_hub()
    asha, bryn, carys = (PersonFactory(first_name=name) for name in ("Asha", "Bryn", "Carys"))
    community = CommunityFactory(title="Foster Care", slug="foster-care", capacity=2)
    for person, state in ((asha, State.ACTIVE), (bryn, State.ACTIVE), (carys, State.WAITING)):
        make_member(person, community, state=state)
    story = tell(StoryFactory(community=CommunityFactory(title="Open Doors", slug="open-doors")), asha)
    guidance, surgery = GuidanceFactory(community=community, body=[]), SurgeryFactory(community=community)
    SessionFactory(surgery=surgery)
    begun(community, bryn, Kind.QUESTION)
    PlainPage.objects.exclude(pk=PlainPage.objects.first().pk).delete()
    pages = {page._meta.label: page for model in get_page_models() for page in model.objects.live() if page.depth > 1}
    pages |= {page._meta.label: page for page in (community, story, guidance, surgery)}
    PlainPage.objects.update(body="[]")
    for page in pages.values():
        page.refresh_from_db()
        page.audience = Audience.ORGANISATION
        page.save()
    named = {
        "carys": carys,
        "bryn": bryn,
        "safe": CommunityFactory(title="Safe Homes", slug="safe-homes", private=True),
        "picture": get_image_model().objects.create(
            title="A bus", description="A bus in the snow.", file=get_test_image_file()
        ),
        "hub_team": User.objects.create_superuser("hub.team@example.org", "a long enough password"),
    }
    make_member(named["hub_team"], named["safe"], FACILITATOR)  # only who writes there may put something there
    return Hub(pages, named, {}, {}, {})


# -- the table ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("model", [model for model in get_page_models() if issubclass(model, HubPage)])
def test_every_field_that_an_editor_fills_in_has_a_row(model: type[HubPage]) -> None:
    form = model.get_edit_handler().get_form_class()
    fields = {*form.base_fields, *form.formsets} - NOT_IN_THE_TABLE
    assert fields == (OF_EVERY_PAGE.keys() | TABLE[model._meta.label].keys())


@pytest.mark.parametrize(("kind", "field"), CASES)
def test_a_field_is_told_by_whom_the_table_names_once_it_is_live(
    hub: Hub, db: Any, kind: str, field: str, django_capture_on_commit_callbacks: Commit
) -> None:
    """That a draft of it is told by nobody is asked below, of all fields at once."""
    page, answers, before = hub.pages[kind], hub.answers(kind, field), hub.told_before()
    with django_capture_on_commit_callbacks(execute=True):
        hub.editor(kind).publish(answers)
    assert differing(before, told(), page) - {"inbox"} == {**OF_EVERY_PAGE, **TABLE[kind]}[field].told_by


WITH_A_DRAFT = ("autosave", "preview", "save_draft", "compare", "revert", "lock")
"""One after the other: none of them takes back what readers would be given by another."""
DEEDS = (WITH_A_DRAFT, ("submit",), ("schedule",), ("reject",))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "deeds"),
    [(kind, deeds) for kind in TABLE for deeds in (DEEDS if kind in TELLING else [WITH_A_DRAFT[:1]])],
    ids=str,
)
def test_a_draft_of_everything_is_told_by_nobody_whatever_is_done_with_it(
    hub: Hub, db: Any, kind: str, deeds: tuple[str, ...], django_capture_on_commit_callbacks: Commit
) -> None:
    before, given, answers = hub.told_before(), hub.given_before(kind), hub.answers(kind)
    for deed in deeds:
        with django_capture_on_commit_callbacks(execute=True):
            getattr(hub.editor(kind), deed)(answers)
        asked = {"mail", "inbox"} if deed in {"submit", "reject"} else set()  # moderators are told
        assert differing(before, told(), hub.pages[kind]) <= asked, deed
    assert changed(given, hub.shown(hub.places(kind))) == []


@pytest.mark.slow
@pytest.mark.parametrize("kind", TABLE)
def test_readers_are_given_something_else_once_it_is_live(
    hub: Hub, db: Any, kind: str, django_capture_on_commit_callbacks: Commit
) -> None:
    """Without this the pages above might be alike because nothing shows."""
    given = hub.given_before(kind)
    with django_capture_on_commit_callbacks(execute=True):
        hub.editor(kind).publish(hub.answers(kind))
    assert changed(given, hub.shown(hub.places(kind)))


def test_a_page_that_is_moved_beneath_a_draft_stays_what_it_is_at_its_new_address(
    hub: Hub, db: Any, django_capture_on_commit_callbacks: Commit
) -> None:
    """Moving is no draft: it holds at once. The page is live and for whom it was, and readers are led from its old
    address to the new one. Of the draft above they learn nothing but the word in the address: it answers 404, stands
    in no list, and the way back on the page leaves it out.
    """
    kind = "stories.StoryPage"
    page, home = hub.pages[kind], hub.pages["home.HomePage"]
    above = home.add_child(instance=StoryIndexPage(title="Quillwort", slug="more-stories", live=False))
    before, given = told(), hub.given_before(kind)
    with django_capture_on_commit_callbacks(execute=True):
        address = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, above.pk])
        assert browse(hub.named["hub_team"]).post(address).status_code == 302
    its_tree = "other pages"  # the index that it stood in has one page fewer
    assert differing(before, told(), page) == {"page", "addresses", "redirects", "search", its_tree}
    old, new = page.url, f"/more-stories/{page.slug}/"
    statuses = [browse(hub.named.get(who)).get(new).status_code for who in ("carys", "nobody")]
    assert statuses == [200, 404]
    carys = browse(hub.named["carys"])
    assert carys.get(old)["Location"] == new
    words = carys.get(new).content.decode()
    assert carys.get("/more-stories/").status_code == 404
    assert 'href="/more-stories/"' not in words
    for place, after in hub.shown(hub.places(kind)).items():
        assert "Quillwort" not in after
        if not place.startswith(old):
            assert after.replace(new, old) == given[place], place


# -- going live --------------------------------------------------------------------------------------------------------
def arrive(editor: Editor, answers: dict[str, str]) -> None:
    """Schedule it, and let the day come."""
    editor.schedule(answers)
    with time_machine.travel(timezone.now() + AHEAD * 2):
        call_command("publish_scheduled")


@pytest.mark.parametrize("deed", [Editor.publish, Editor.approve, arrive])
@pytest.mark.parametrize("kind", TELLING)
def test_all_of_it_is_told_at_once_when_it_goes_live(
    hub: Hub, db: Any, kind: str, deed: Any, django_capture_on_commit_callbacks: Commit
) -> None:
    before = hub.told_before()
    with django_capture_on_commit_callbacks(execute=True):
        deed(hub.editor(kind), hub.answers(kind))
    rows = {**OF_EVERY_PAGE, **TABLE[kind]}.values()
    assert differing(before, told(), hub.pages[kind]) - {"mail", "inbox"} == set().union(*(row.told_by for row in rows))


@pytest.mark.parametrize("kind", TELLING)
def test_a_publication_that_fails_half_way_changes_nothing(
    hub: Hub, db: Any, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.editor(kind).save_draft(hub.answers(kind))
    before, page = told(), type(hub.pages[kind]).objects.get(pk=hub.pages[kind].pk)
    monkeypatch.setattr(live_row_changed, "send", lambda **_kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        page.latest_revision.publish()
    assert differing(before, told(), page) == set()
