"""What is read of a file, page by page, and why some are not."""

import io
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from core.files.reader.__main__ import read, tidy
from core.files.reader.limits import Limits
from core.files.reader.reasons import Reason
from core.files.reader.text import decoded
from core.sandbox import MB
from tests.knowledge import papers
from tests.knowledge.reading import LETTERS, ONE, THREE, outcome, pages


# -- PDF ---------------------------------------------------------------------------------------------------------------
def test_a_pdf_is_read_page_by_page():
    text = outcome("rates.pdf", papers.pdf("Rates", ["# Rates\n\nA child’s week", "", "The third (page)"])).text
    assert text == "Rates\nA child’s week\f\fThe third (page)"


def test_a_pdf_of_300_pages_keeps_their_numbers():
    many = papers.pdf("Agenda", [f"Item {number}\n\n{'Words of the agenda. ' * 40}" for number in range(1, 301)])
    read_pages = outcome("agenda.pdf", many, Limits()).text.split("\f")
    assert [page.split("\n")[0] for page in read_pages] == [f"Item {number}" for number in range(1, 301)]


def test_a_pdf_that_only_forbids_changes_is_read():
    assert outcome("note.pdf", papers.locked(papers.pdf("Note", ["Read me"]), "")).text == "Read me"


def test_a_damaged_page_leaves_the_others_their_numbers():
    bomb = bytes(100 * MB)  # a page that unpacks to more than anybody draws
    found = outcome("note.pdf", papers.drawing(ONE, bomb, THREE), Limits())
    assert (found.pages, found.reason) == (("one", "", "three"), Reason.BROKEN)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (papers.pdf("Note", ["one", "three"]), ["one", "three"]),
        (papers.locked(papers.pdf("Note", ["one"]), ""), ["one"]),
        (papers.locked(papers.pdf("Note", ["one"]), "a password"), []),
        (papers.drawing(ONE, bytes(100 * MB), THREE), ["one", "", "three"]),
        (b"words", []),
    ],
    ids=["plain", "unlocked", "locked", "damaged", "no PDF"],
)
def test_a_process_of_its_own_reads_the_same_as_this_one(content, expected):
    assert pages("pdf", content) == expected
    assert outcome("note.pdf", content, Limits()).pages == tuple(expected)


DATA = Path(__file__).parents[1] / "data" / "files"


@pytest.mark.parametrize(
    ("name", "words", "reason"),
    [
        ("enc-owner-aes256.pdf", True, None),
        ("enc-user-aes.pdf", False, Reason.LOCKED),
        ("form.pdf", True, None),
        ("footnotes.docx", True, Reason.LEFT_OUT),
        ("tables-header.docx", True, None),
    ],
)
def test_what_people_sent_is_read_or_has_a_reason(name: str, words: bool, reason: Reason | None):
    found = outcome(name, (DATA / name).read_bytes(), Limits())
    assert (found.has_words, found.reason) == (words, reason)


# -- what was typed into a form ----------------------------------------------------------------------------------------
def test_what_was_typed_into_a_form_is_read_after_its_page():
    text = outcome("form.pdf", (DATA / "form.pdf").read_bytes(), Limits()).text
    lines = list(filter(None, text.split("\n")))
    assert lines == ["Name of applicant", "Reason", "Snorkelby Applicant", "Wobblethwaite reason"]


def noted(*notes: str) -> bytes:
    """A PDF of one page with these annotations."""
    return papers.drawing(ONE, annotations=notes)


@pytest.mark.parametrize(
    ("note", "expected", "reason"),
    [
        ("/Subtype/Widget/FT/Tx/T(a)/V(Snorkelby)", "one\nSnorkelby", None),
        ("/Subtype/Widget/FT/Ch/T(a)/V[(bus)(bicycle)]", "one\nbus\nbicycle", None),
        ("/Subtype/Widget/Parent<</FT/Tx/T(a)/V(Snorkelby)>>", "one\nSnorkelby", None),
        ("/Subtype/Widget/FT/Tx/Ff 8192/T(a)/V(secret)", "one", None),
        ("/Subtype/Widget/FT/Btn/T(a)/V/Yes", "one", None),
        ("/Subtype/Widget/FT/Tx/T(a)", "one", None),
        ("/Subtype/FreeText/Contents(Approved)", "one\nApproved", None),
        ("/Subtype/Text/Contents(I doubt it)", "one", Reason.LEFT_OUT),
        ("/Subtype/Link/Contents(somewhere)", "one", None),
    ],
)
def test_what_was_put_on_a_page_later_is_read_but_for_secrets_and_comments(note, expected, reason):
    found = outcome("form.pdf", noted(note))
    assert (found.text, found.reason) == (expected, reason)


# -- text --------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@given(text=LETTERS)
def test_letters_survive_whichever_way_they_were_written(encoding, text):
    assert decoded(text.encode(encoding)) == text


def test_what_an_old_windows_wrote_is_read():
    assert decoded("Tŷ “£5” – café".replace("ŷ", "y").encode("cp1252")) == "Ty “£5” – café"


@given(st.binary())
def test_any_bytes_are_text_or_are_refused(data):
    said: list[str] = []
    reason = read("text", io.BytesIO(data), Limits(), said.append)
    assert (reason, len(said)) == (Reason.MISNAMED, 0) or (reason is None and said)


def test_a_table_is_read_line_by_line():
    assert pages("rows", b"name,place\r\nGrace,Harrowby\r\n") == ["name,place\n\nGrace,Harrowby"]


@pytest.mark.parametrize("name", ["note.txt", "NOTE.MD", "note.csv", "note.markdown"])
def test_text_has_no_pages(name):
    assert outcome(name, b"# A note\n\nwith words").text.count("\f") == 0


@given(st.text())
def test_what_is_said_holds_nothing_that_an_index_refuses(text):
    said = tidy(text)
    assert not any(sign in said for sign in ("\0", "\f", "\r", "\u00ad"))
    said.encode("utf-8")
    assert said.split() == tidy(said).split()


# -- files that cannot be read -----------------------------------------------------------------------------------------
BAD = {
    "picture.png": (b"\x89PNG", Reason.OTHER_KIND),
    "no-ending": (b"words", Reason.OTHER_KIND),
    "empty.pdf": (b"", Reason.EMPTY),
    "blank.txt": (b" \n\n\t ", Reason.NO_WORDS),
    "scan.pdf": (papers.drawing(b"0 0 100 100 re f"), Reason.NO_WORDS),
    "locked.pdf": (papers.locked(papers.pdf("", ["secret"]), "a password"), Reason.LOCKED),
    "locked.docx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), Reason.LOCKED),
    "broken.pdf": (b"%PDF-1.7\nand then nothing", Reason.BROKEN),
    "broken.docx": (b"PK\x03\x04and then nothing", Reason.BROKEN),
    "half.docx": (papers.docx(["words " * 500])[:-40], Reason.BROKEN),
    "bad-xml.docx": (papers.word("<w:p></w:r>"), Reason.BROKEN),
    "really-text.pdf": (b"words", Reason.MISNAMED),
    "really-text.docx": (b"words", Reason.MISNAMED),
    "really-a-sheet.docx": (papers.packed({"xl/workbook.xml": "<w/>"}), Reason.MISNAMED),
    "really-a-pdf.txt": (papers.pdf("", ["words"]), Reason.MISNAMED),
    "really-a-picture.md": (b"\x89PNG\r\n\x1a\n", Reason.MISNAMED),
    "laughs.docx": (papers.packed({"word/document.xml": papers.laughs()}), Reason.BROKEN),
    "bomb.docx": (papers.zip_bomb(150, " "), Reason.TOO_BIG),
    "deep.docx": (papers.word("<w:p>" * 100_000 + "</w:p>" * 100_000), Reason.NO_WORDS),
    "own-parent.pdf": (papers.drawing(b"").replace(b"/Kids[4 0 R]", b"/Kids[2 0 R]"), Reason.BROKEN),
    "nested.pdf": (b"%PDF-1.4\n1 0 obj\n" + b"[" * 200_000, Reason.BROKEN),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_has_a_reason_and_no_words(name):
    content, reason = BAD[name]
    found = outcome(name, content)
    assert (found.reason, found.has_words) == (reason, False)


def test_a_drawing_that_draws_itself_comes_to_an_end():
    itself = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>/Length 11>>"
    drawn = itself + b"stream\n/X Do /X Do\nendstream"
    found = outcome("loop.pdf", papers.drawing(b"/X Do /X Do", resources="/XObject<</X 6 0 R>>", more=(drawn,)))
    assert found.reason in (Reason.NO_WORDS, Reason.BROKEN)


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_a_word_file_with_any_flaw_is_read_or_has_a_reason(data):
    content = bytearray(papers.docx(["# Heading\n\nsome words", "more words"]))
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    assert read("word", io.BytesIO(bytes(content)), Limits(), lambda page: None) in (None, *Reason)
