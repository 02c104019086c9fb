"""What is shown of a passage is escaped, marked and short."""

from html import unescape

from hypothesis import given, strategies as st

from search.snippets import flowing, marked, snippet


def test_the_words_asked_for_are_marked_in_other_forms_too():
    assert marked("Carers care.", "carer") == "<mark>Carers</mark> <mark>care</mark>."


def test_words_of_asking_are_not_marked():
    shown = marked("I know a damp house.", "who knows about damp houses")
    assert shown == "I know a <mark>damp</mark> <mark>house</mark>."


def test_markup_in_a_passage_is_shown_and_never_run():
    assert "<script>" not in marked("<script>alert('carer')</script>", "carer script")


@given(st.text(max_size=200), st.text(max_size=40))
def test_nothing_but_marks_is_ever_markup(text, question):
    bare = marked(text, question).replace("<mark>", "").replace("</mark>", "")
    assert "<" not in bare
    assert unescape(bare) == unescape(unescape(bare)) or "&" in text


@given(st.text(max_size=400))
def test_a_snippet_is_never_longer_than_asked(text):
    assert len(snippet(text, "a", width=10).replace("…", " ").split()) <= 10


def test_a_snippet_shows_the_stretch_that_answers():
    text = "word " * 100 + "the kinship carer line " + "word " * 100
    assert "<mark>kinship</mark>" in snippet(text, "kinship line")


def test_words_with_accents_are_marked_without_them():
    assert marked("Café", "cafe") == "<mark>Café</mark>"


def test_a_heading_is_set_off_from_what_follows():
    assert (
        flowing("If it comes up\nA tidemark is not damp.\nAsk us.")
        == "If it comes up – A tidemark is not damp. Ask us."
    )


def test_the_title_is_not_said_twice():
    assert flowing("Damp in a flat\nOpen the window.", "Damp in a flat") == "Open the window."
    assert flowing("Damp in a flat", "Damp in a flat") == "Damp in a flat"
    assert flowing("", "Damp") == ""
