"""Where a text names somebody: any text at all, any script, and what only looks like it."""

from itertools import pairwise

import pytest
from hypothesis import example, given, strategies as st

from conversations.mentions.marking import MARK, keys_in, marked
from conversations.mentions.names import Mentionable, Names, read
from conversations.mentions.parsing import MOST_WORDS, beginnings, with_marks

PEOPLE = (
    "Bryn Powell",
    "Bryn Powell Jones",
    "Siân Rhŷs",
    "王伟",
    "محمد علي",
    "अनीता देसाई",
    "Dev (parks)",
    "Anne-Marie O’Brien",
)
KNOWN = Names()
for number, name in enumerate(PEOPLE):
    KNOWN.add(Mentionable(f"person:{number}", name, f"person-{number}"))
PIECES = st.sampled_from(
    [
        *(f"@{name}" for name in PEOPLE),
        "@",
        "`",
        "```\n",
        "\n",
        "\n\n",
        " ",
        "<b>",
        "](",
        "[x",
        "\\",
        "- ",
        "**",
        "&",
        "http://x/",
        "\0",
        "]: ",
    ]
)


def named(text: str) -> list[str]:
    return [span.named.name for span in read(text, beginnings(text), KNOWN)[0]]


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("text", ["@{}", "Ask @{}, please.", "(@{})", "**@{}**", "- @{}\n- x", "@{}\nPowell", "“@{}”"])
def test_names_of_any_script_are_found(name, text):
    assert named(text.format(name)) == [name]


@pytest.mark.parametrize(
    "typed", ["@bryn powell", "@BRYN POWELL", "@Bryn  Powell", "@Bryn Powell’s ladder", "@Bryn Powell's"]
)
def test_capitals_blanks_and_a_genitive_do_not_matter(typed):
    assert named(typed) == ["Bryn Powell"]


def test_the_longest_name_is_meant_and_accents_may_be_left_out():
    assert named("@Bryn Powell Jones and @Sian Rhys and @anne-marie o'brien") == [PEOPLE[1], PEOPLE[2], PEOPLE[7]]


@pytest.mark.parametrize(
    "text",
    [
        "bryn@Bryn Powell",
        "https://x.example/@Bryn Powell",
        r"\@Bryn Powell",
        "`@Bryn Powell`",
        "```\n@Bryn Powell\n```",
        "~~~\n@Bryn Powell",
        "[x](@Bryn Powell)",
        "<a title='@Bryn Powell'>",
        "[x]: @Bryn Powell",
        "@Bryn\nPowell",
        "@ Bryn Powell",
        "@Bryn Powellson",
        "@@Bryn",
    ],
)
def test_what_is_no_name_stays(text):
    assert named(text) == []


@given(st.lists(PIECES | st.text(max_size=6), max_size=25).map("".join))
@example("@Bryn Powell [@Bryn Powell](@Bryn Powell)")
@example("[person:0]: /x\n\n@Bryn Powell")
def test_any_text_keeps_its_words_and_gets_no_other_keys(text):
    found = list(beginnings(text))
    assert all(len(each.names) <= MOST_WORDS for each in found)
    spans, _unresolved = read(text, found, KNOWN)
    assert [text[span.start] for span in spans] == ["@"] * len(spans)
    assert all(before.end <= after.start for before, after in pairwise(spans))
    html, kept = marked(text, spans)
    assert keys_in(html) == {span.named.key for span in kept}
    assert len(MARK.findall(html)) == len(kept)
    assert "mention" not in MARK.sub("", html)


@given(st.text(max_size=80))
def test_a_text_with_nothing_marked_is_the_same(text):
    assert with_marks(text, [], str) == text


def test_forty_thousand_signs_are_read_soon():
    assert sum(1 for _ in beginnings("@a " * 13_000)) == 13_000
    assert list(beginnings("`" * 39_999 + "@a"))
