"""Markdown and stray HTML become clean rich text: links survive, scripts do not."""

import json
import re
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given, strategies as st

from core.markup import ATTRIBUTES, HERE, TAGS, blocks_of, body_of, rich_text, shortened, words
from core.text import SCHEMES, clean_html

PIECES = [
    *(
        "<script>",
        "</script>",
        "alert(1)",
        "<a href=",
        "javascript:",
        "data:text/html,",
        "'",
        '"',
        ">",
        "<",
        "](",
        "[x",
        ")",
    ),
    *(
        "!",
        "\n\n",
        "# ",
        "- ",
        "<img src=x onerror=alert(1) alt=",
        "<iframe src=",
        "https://example.org/",
        "//",
        "<div>",
    ),
    *("</div>", "&#106;", "<svg/onload=", "<style>", "{{<", ">}}", "`", "**", "|", "<table>", "<h1>", "</h1>", "\x00"),
    "<embed embedtype=image id=1>",
]


@example("<iframe src=<script><a href=")
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=30).map("".join))
def test_nothing_that_runs_or_restyles_comes_through(text: str) -> None:
    for tag in BeautifulSoup(f"<div>{rich_text(text)}</div>", "html.parser").div.find_all(True):
        assert tag.name in TAGS
        assert set(tag.attrs) <= ATTRIBUTES.get(tag.name, set())
        assert urlsplit(str(tag.get("href", "https:"))).scheme in SCHEMES


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("To <first name> or <your-name>.", "<p>To &lt;first name&gt; or &lt;your-name&gt;.</p>"),
        ("<Name of the council>\nhello", "<p>&lt;Name of the council&gt;<br>hello</p>"),
        ("Put the <title> before the <date>.", "<p>Put the &lt;title&gt; before the &lt;date&gt;.</p>"),
        ("if a<b then c>d", "<p>if a&lt;b then c&gt;d</p>"),
        ('<b class="x">bold</b> {{< note >}}', "<p><b>bold</b> {{&lt; note &gt;}}</p>"),
        ("<script>alert(1)</script>", ""),
        ("<table><tr><td>x</td></tr></table>", "<table><tbody><tr><td>x</td></tr></tbody></table>"),
    ],
)
def test_what_somebody_types_in_angle_brackets_is_words_unless_it_is_html(typed, html):
    assert rich_text(typed, HERE) == html


@pytest.mark.parametrize("mark", ["> ", "- "])
def test_what_is_quoted_thirty_times_is_still_shown(mark):
    assert ">Yes.<" in rich_text(f"{mark * 30}Yes.", HERE)


@given(
    st.from_regex(r"https?://[a-z]{1,8}\.org/[a-z0-9/]{0,10}", fullmatch=True),
    st.from_regex(r"[a-z]{1,9}", fullmatch=True),
)
def test_links_survive(address: str, said: str) -> None:
    for text in (f"See [{said}]({address}).", f'See <a href="{address}" onclick="x()">{said}</a>.'):
        assert f'<a href="{address}">{said}</a>' in rich_text(text)


@given(st.text(max_size=200))
def test_clean_rich_text_stays_as_it_is_when_it_is_saved(text: str) -> None:
    once = clean_html(rich_text(text))
    assert clean_html(once) == once


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a](javascript:alert(1))x", "<p>ax</p>"),
        ("<a href='javascript:alert(1)'>a</a>", "<p>a</p>"),
        ("[a](data:text/html;base64,xx)", "<p>a</p>"),
        ("[a](# 'anchor') [b](page.html) [c]()", "<p>a b c</p>"),
        ("[a](mailto:a@example.org)", '<p><a href="mailto:a@example.org">a</a></p>'),
        ("![a kite](kite.png) flies", "<p>a kite flies</p>"),
        ("[![a kite](kite.png)](https://example.org/)", '<p><a href="https://example.org/">a kite</a></p>'),
        ("[![](kite.png)](https://example.org/)", '<p><a href="https://example.org/">example.org</a></p>'),
        ("<iframe src='//example.org/film'></iframe>", '<a href="https://example.org/film">example.org</a>'),
        (
            "<video><source src='https://example.org/f'></video>",
            '<p><a href="https://example.org/f">example.org</a></p>',
        ),
        ("<p>a<script>alert(1)</script></p>", "<p>a</p>"),
        ("<div><p>a</p></div>", "<p>a</p>"),
        ("<a linktype='page' id='3'>a</a>", "<p>a</p>"),
        ("<embed embedtype='image' id='1'>a", "<p>a</p>"),
        ("a{{< film id=3 >}}b", "<p>ab</p>"),
        ("<input type=text><label>a</label>", "<p>a</p>"),
        ("![<b>](x)", "<p>&lt;b&gt;</p>"),
        ("", ""),
    ],
)
def test_what_becomes_of(text: str, expected: str) -> None:
    assert rich_text(text) == expected


def test_relative_links_are_made_whole_where_the_source_is_known() -> None:
    assert 'href="https://example.org/b/page"' in rich_text("[a](page)", "https://example.org/b/c")


def test_links_within_this_hub_stay_in_what_was_written_for_it() -> None:
    assert rich_text("[a](/report/)", HERE) == '<p><a href="/report/">a</a></p>'
    assert "href" not in rich_text("[a](/report/)")


def test_no_heading_is_skipped() -> None:
    assert re.findall(r"<(h\d)>", rich_text("# a\n\n#### b\n\n###### c\n\n##### d")) == ["h3", "h4", "h4", "h4"]


def test_tables_survive() -> None:
    assert "<td>2</td>" in rich_text("| a | b |\n|---|---|\n| 1 | 2 |")


def test_main_headings_are_blocks_of_their_own() -> None:
    kinds = [(block["type"], block["value"]) for block in blocks_of("a\n\n## B &amp; C\n\nd\n\n### E\n\nf")]
    assert kinds == [("paragraph", "<p>a</p>"), ("heading", "B & C"), ("paragraph", "<p>d</p>\n<h3>E</h3>\n<p>f</p>")]


def test_a_heading_with_a_link_keeps_it() -> None:
    assert "https://example.org" in body_of(blocks_of("## See [a](https://example.org)"))


def test_the_same_body_is_written_the_same_way() -> None:
    assert json.loads(body_of(blocks_of("## a\n\nb"))) == blocks_of("## a\n\nb")


def test_single_lines_and_short_ones() -> None:
    assert words(" a <b>b</b>\n&eacute; ") == "a b é"
    assert shortened("one two three", 9) == "one two…"
    assert shortened("x" * 20, 5) == "xxxx…"
    assert shortened("short", 9) == "short"
