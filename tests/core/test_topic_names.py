"""Topics as people type them: commas part them, one topic is one however it is written, and each has an address."""

import unicodedata
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from core.models import Topic
from core.topics import from_text, to_text
from people.models import User
from stories.models import StoryPage
from tests.conftest import browse
from tests.editing import Editor
from tests.factories import StoryFactory

PROFILE = {"name": "Carys Hughes", "job_title": "", "audience": "organisation"}


@pytest.mark.parametrize(
    ("typed", "topics"),
    [
        ("Housing benefit", ["Housing benefit"]),
        ('"Housing benefit", Bees', ["Housing benefit", "Bees"]),
        ("Bees,, ,\u200b,bees , BEES", ["BEES"]),
        ("洪水、房屋，蜜蜂", ["洪水", "房屋", "蜜蜂"]),
        ("C++, C#", ["C++", "C#"]),
        ("", []),
    ],
)
def test_commas_part_topics_and_nothing_else(typed: str, topics: list[str]) -> None:
    assert from_text(typed) == topics


def test_two_words_are_one_topic_and_are_shown_without_quotation_marks(carys: User) -> None:
    browse(carys).post("/people/me/", {**PROFILE, "skills": "Housing benefit, bees"})
    assert sorted(carys.skills.names()) == ["Housing benefit", "bees"]
    assert 'value="bees, Housing benefit"' in browse(carys).get("/people/me/").content.decode()
    assert to_text(carys.skills.all()) == "bees, Housing benefit"


def test_a_topic_that_is_too_long_is_refused_and_kept_to_be_mended(carys: User) -> None:
    answer = browse(carys).post("/people/me/", {**PROFILE, "skills": f"Bees, {'x' * 150}"})
    (error,) = answer.context["form"].errors["skills"]
    assert (answer.status_code, "150 letters" in error) == (422, True)
    assert "x" * 150 in answer.content.decode()
    with pytest.raises(ValidationError):
        carys.skills.add("x" * 150)


@pytest.mark.parametrize(
    "names",
    [
        ("Élections", "élections", "ÉLECTIONS"),
        ("Café", unicodedata.normalize("NFD", "Café"), "CAFÉ"),
        ("Здоровье", "здоровье"),
        ("Straße", "STRASSE"),
        ("Bees", "Be\u200bes", " bees "),
    ],
)
def test_one_topic_is_one_however_it_is_written(home: Any, carys: User, names: tuple[str, ...]) -> None:
    story = StoryFactory()
    for name in names:
        carys.skills.add(name)
        story.topics.add(name)
        story.save()
    story.topics.set(names)
    story.save()
    assert Topic.objects.count() == carys.skills.count() == StoryPage.objects.get().topics.count() == 1


@pytest.mark.parametrize("name", ["🌻", "🌻🌻", "…", "___", "Tŷ", "洪水", "x" * 100, "ﷺ" * 30])
def test_a_topic_of_any_signs_has_an_address_and_breaks_no_page(home: Any, name: str) -> None:
    Topic.objects.called("⭐")  # another one without letters
    story = StoryFactory(title="With signs")
    story.topics.add(name)
    story.save()
    html = browse().get(story.url)
    assert html.status_code == 200
    address = reverse("topics:topic", args=[story.topics.get().slug])
    assert address in html.content.decode()
    assert "With signs" in browse().get(address).content.decode()


def test_the_editors_form_reads_topics_alike(home: Any, hub_team: User) -> None:
    from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

    Topic.objects.called("Élections")
    story = StoryFactory(title="Votes")
    parts = ("need", "what_we_did", "what_changed", "evidence", "reuse", "body")
    data: dict[str, Any] = {part: rich_text("<p>x</p>") for part in parts}
    data |= {"title": "Votes", "slug": story.slug, "audience": "everyone", "told_on": "2026-01-01"}
    data |= {
        "topics": '"Housing benefit","🌻",élections',
        "author_links": inline_formset([]),
        "summary": "",
        "community": "",
    }
    data |= {"comments": inline_formset([]), "action-publish": "1"}
    answer = browse(hub_team).post(f"/admin/pages/{story.pk}/edit/", nested_form_data(data))
    assert answer.status_code == 302, answer.context["form"].errors
    assert sorted(StoryPage.objects.get().topics.names()) == ["Housing benefit", "Élections", "🌻"]
    form = browse(hub_team).get(f"/admin/pages/{story.pk}/edit/").content.decode()
    assert "&quot;Housing benefit&quot;" not in form.partition('name="topics"')[2][:300]


def test_a_second_topic_in_capitals_is_refused_with_a_reason(home: Any, hub_team: User) -> None:
    Topic.objects.create(name="Здоровье")
    answer = browse(hub_team).post(reverse("wagtailsnippets_core_topic:add"), {"name": "здоровье", "slug": "z"})
    assert "There is this topic already" in answer.content.decode()


def test_what_the_database_keeps_is_compared_in_one_form(home: Any) -> None:
    topic = Topic.objects.called("Élections")
    topic.name = "Votes"
    topic.save(update_fields=["name"])
    topic.refresh_from_db()
    assert topic.key == "votes"


@pytest.mark.parametrize(("typed", "offered"), [("здо", ["Здоровье"]), ("ÉLE", ["Élections"]), ("xyz", []), ("", [])])
def test_topics_are_completed_in_any_letters(home: Any, hub_team: User, typed: str, offered: list[str]) -> None:
    for name in ("Здоровье", "Élections"):
        Topic.objects.create(name=name)
    assert browse(hub_team).get("/admin/tag-autocomplete/core/topic/", {"term": typed}).json() == offered
    assert browse().get("/admin/tag-autocomplete/core/topic/", {"term": typed}).status_code == 302


# -- what the editor offers --------------------------------------------------------------------------------------------
TOPICS: Any = Topic.snippet_viewset


def offered(person: User, begun: str = "quill") -> list[str]:
    return list(browse(person).get(f"/admin/tag-autocomplete/?term={begun}").json())


@pytest.fixture
def drafting(hub_team: User, home: Any) -> Editor:
    """The hub team at work on a page that is live, and says nothing of quillworts."""
    return Editor(hub_team, StoryFactory(title="The lane"))


def test_a_topic_of_a_draft_alone_is_offered_to_nobody_until_it_is_live(hub_team: User, drafting: Editor) -> None:
    drafting.save_draft({"topics": "Quillwort lore"})
    assert Topic.objects.filter(name="Quillwort lore").exists()
    assert offered(hub_team) == []
    assert "Quillwort" not in browse(hub_team).get(reverse(TOPICS.get_url_name("list"))).content.decode()
    drafting.publish({"topics": "Quillwort lore"})
    assert offered(hub_team) == ["Quillwort lore"]


def test_a_topic_that_nothing_has_any_more_is_not_offered(hub_team: User, drafting: Editor) -> None:
    drafting.publish({"topics": "Quillwort lore"})
    drafting.publish({"topics": ""})
    assert offered(hub_team) == []


def test_a_topic_that_the_hub_team_made_is_offered_before_anything_has_it(hub_team: User, home: Any) -> None:
    browse(hub_team).post(reverse(TOPICS.get_url_name("add")), {"name": "Quillwort lore", "slug": "quillwort-lore"})
    assert offered(hub_team) == ["Quillwort lore"]


def test_what_somebody_typed_the_hub_team_takes_into_the_vocabulary(hub_team: User, drafting: Editor) -> None:
    drafting.publish({"topics": "Quillwort"})
    address = reverse(TOPICS.get_url_name("edit"), args=[Topic.objects.get().pk])
    browse(hub_team).post(address, {"name": "Quillwort lore", "slug": "quillwort", "summary": "Of ponds."})
    drafting.publish({"topics": ""})
    assert offered(hub_team) == ["Quillwort lore"]


def test_the_hub_team_makes_a_topic_whose_word_stands_in_a_draft(hub_team: User, drafting: Editor) -> None:
    drafting.save_draft({"topics": "Quillwort lore"})
    data = {"name": "Quillwort Lore", "slug": "quillwort-lore", "summary": "Of ponds."}
    assert browse(hub_team).post(reverse(TOPICS.get_url_name("add")), data).status_code == 302
    assert offered(hub_team) == ["Quillwort Lore"]
    assert drafting.latest().as_object().topics.get().name == "Quillwort Lore"
