"""Text that people wrote: what runs is gone, what was said stays."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, strategies as st

from core import text as core_text
from core.text import clean_html, plain_text, reading_minutes, tidy
from core.writing.plain import rich_of
from design.templatetags.prose import prose

FRAGMENTS = st.sampled_from(
    [
        "<script>x()</script>",
        "<SCRIPT SRC=//e.example>",
        "<img src=x onerror=x()>",
        "<a href='javascript:x()'>a</a>",
        "<a href=' jAvA\tscript:x()'>b</a>",
        "<a href='data:text/html,<script>x()</script>'>c</a>",
        "<svg onload=x()>",
        "<style>*{}</style>",
        "<p style='color:red' onclick=\"x()\">d</p>",
        "<iframe srcdoc='<script>x()</script>'></iframe>",
        "<math><mi xlink:href='javascript:x()'>",
        "<form action='javascript:x()'><input onfocus=x() autofocus>",
        "<b>",
        "</p>",
        "<!--",
        "-->",
        "]]>",
        "&lt;script&gt;",
        "'\"><script>",
    ]
)
HTML = st.lists(st.one_of(FRAGMENTS, st.text(max_size=20)), max_size=8).map("".join)
RUNS = ("script", "style", "iframe", "object", "form", "input", "svg", "math", "link", "meta", "base")


def assert_safe(html: str) -> None:
    soup = BeautifulSoup(html, "html.parser")
    assert not soup(list(RUNS))
    for tag in soup(True):
        assert not [name for name in tag.attrs if name.startswith("on") or name in {"style", "srcdoc"}]
        for name in ("href", "src"):
            address = "".join(str(tag.get(name, "")).split()).lower()
            assert not address.startswith(("javascript:", "data:", "vbscript:"))


@given(HTML)
def test_nothing_that_runs_survives(html: str) -> None:
    assert_safe(clean_html(html))


@given(HTML)
def test_cleaning_twice_changes_nothing(html: str) -> None:
    assert clean_html(clean_html(html)) == clean_html(html)


@given(HTML)
def test_what_is_shown_is_clean_whatever_was_saved(html: str) -> None:
    assert_safe(str(prose(html)))


@given(HTML)
def test_plain_text_holds_no_tags_that_were_tags(html: str) -> None:
    assert isinstance(plain_text(html), str)


@pytest.mark.parametrize(
    "href", ["https://a.example/x?y=1&amp;z=2", "mailto:a@example.org", "tel:+441632960000", "/stories/"]
)
def test_links_survive(href: str) -> None:
    assert f'href="{href}"' in clean_html(f'<p><a href="{href}">here</a></p>')


def test_structure_survives() -> None:
    html = "<h3>A</h3><p><b>b</b> <em>c</em></p><ul><li>d</li></ul><hr>"
    assert clean_html(html) == html


def test_an_empty_text_shows_nothing() -> None:
    assert prose(None) == prose("") == ""


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<h2>Boilers</h2><p>Old  ones.</p>", "# Boilers\n\nOld ones."),
        ("plain  text", "plain  text"),
        ("<p>a<br>b</p><script>x()</script>", "a b"),
        ("<ul><li>one</li><li>two</li></ul>", "one\n\ntwo"),
    ],
)
def test_search_reads_words_and_headings(html: str, text: str) -> None:
    assert plain_text(html) == text


def test_blank_lines_are_few() -> None:
    assert tidy("a  b\n\n\n\n c ") == "a b\n\nc"


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (220, 1), (660, 3)])
def test_reading_takes_its_time(words: int, minutes: int) -> None:
    assert reading_minutes("word " * words) == minutes


def test_wide_tables_and_lines_that_do_not_wrap_scroll_within_themselves() -> None:
    shown = prose("<table><tr><td>1</td></tr></table><pre>x = 1</pre>")
    table = '<div class="scroll" tabindex="0" role="region" aria-label="Table"><table>'
    assert shown.startswith(table)
    assert shown.endswith('</table></div><pre tabindex="0">x = 1</pre>')


TYPED = (
    "words",
    "*a*",
    "**b c**",
    "\n",
    "\n\n",
    "- x\n",
    "1. y\n",
    "> q\n",
    "# H\n",
    "`c<d`",
    "---\n",
    "<b>",
    "</b>",
    "&",
    "&nbsp;",
)
TYPED += (
    "&copy;",
    "https://a.example/x?y=1&z=2 ",
    "[w](https://b.example)",
    "```\nq  r\n\n\ns\n```\n",
    "\u00a0",
    "  ",
    "<p>",
    "</p>",
)


@given(st.lists(st.sampled_from(TYPED), max_size=14).map("".join))
def test_what_most_people_write_reads_the_same_without_a_parser(typed: str) -> None:
    for html in (rich_of(typed), typed):
        assert core_text._simple_text(html) in {None, core_text._parsed_text(html)}


def test_most_of_what_people_write_needs_no_parser() -> None:
    assert (
        core_text._simple_text(rich_of("Yes & no.\n\n- **one**\n- [two](https://b.example)"))
        == "Yes & no.\n\none\n\ntwo"
    )


def test_a_table_is_one_below_words_and_above_them():
    html = rich_of("They rise:\n| Age | Pounds |\n| --- | --- |\n| 16 | 229 |\n\nFrom\nApril")
    assert [html.count(tag) for tag in ("<table>", "<th>", "<td>", "|", "<br>")] == [1, 2, 2, 0, 1]


@pytest.mark.parametrize("typed", ["| a\n| b\nc | d", "a | b\n---\nc", "|a" * 500 + "\n" + "|-" * 500 + "\n|" * 500])
def test_what_is_no_table_or_nothing_but_empty_cells_keeps_its_lines(typed):
    assert "<table>" not in rich_of(typed)
