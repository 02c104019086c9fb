"""The one style sheet: where it is, what is in it, how long it may be kept."""

import gzip
import re

import pytest
from django.urls import reverse

from design import stylesheet

LARGEST = 20 * 1024


@pytest.fixture
def sheet():
    return stylesheet.sheet()


def test_the_sheet_may_be_kept_for_ever(client, sheet):
    response = client.get(sheet.url)
    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"


def test_it_is_packed_for_who_can_unpack_it(client, sheet):
    response = client.get(sheet.url, headers={"Accept-Encoding": "gzip, br"})
    assert response["Content-Encoding"] == "gzip"
    assert gzip.decompress(response.content) == sheet.plain == client.get(sheet.url).content


def test_an_old_address_leads_to_the_present_sheet(client, sheet):
    response = client.get(reverse("stylesheet", args=["0123456789abcdef"]))
    assert (response.status_code, response.url) == (302, sheet.url)
    assert response["Cache-Control"] == "no-store"


def test_it_weighs_at_most_twenty_kilobytes(sheet):
    assert len(sheet.packed) <= LARGEST


def test_the_layers_are_named_first_and_every_file_is_in_one_of_them(sheet):
    assert sheet.text.startswith("@layer tokens,")
    named = re.match(r"@layer ([^;]+);", sheet.text)[1].split(", ")
    for file in stylesheet.files():
        assert set(re.findall(r"@layer (\w+) \{", file.read_text())) <= set(named), file.name


def test_fonts_are_named_by_the_address_they_are_served_under(sheet):
    assert 'url("/static/fonts/piazzolla' in sheet.text
    assert "../" not in sheet.text


def test_every_component_that_has_a_sheet_has_a_template_and_every_page_may_use_it():
    templates = stylesheet.FOLDER.parent.parent / "templates" / "components"
    shared = {"button", "icon", "tools"}
    sheets = {file.stem for file in (stylesheet.FOLDER / "components").glob("*.css")}
    assert {name for name in sheets - shared if not (templates / f"{name}.html").exists()} == set()


def test_every_part_that_is_styled_stands_in_a_template_or_a_script(sheet):
    root = stylesheet.FOLDER.parent.parent
    files = [*(root / "templates").rglob("*.html"), *(root / "static" / "js").glob("*.js")]
    written = set(re.findall(r"[\w-]+", " ".join(file.read_text() for file in files)))
    assert set(re.findall(r"\.((?:[a-z-]+__|layout-)[a-z-]+)", sheet.text)) - written == set()


def test_a_change_shows_at_once_while_debugging(settings, tmp_path, monkeypatch):
    settings.DEBUG = True
    changed = tmp_path / "tokens.css"
    changed.write_text("a { color: red }")
    monkeypatch.setattr(stylesheet, "files", lambda: [changed])
    assert stylesheet.sheet().text == "a { color: red }"


def test_comments_and_indentation_stay_at_home():
    assert stylesheet.shorten("/* why */\na {\n  color: red; /* so */\n}\n") == "a {\ncolor: red;\n}"
