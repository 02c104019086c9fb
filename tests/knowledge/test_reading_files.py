"""What is read of a file, page by page, and why some are not."""

import io
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from core.sandbox import MB, surroundings
from knowledge.files import extraction
from knowledge.files.extraction import Extraction, understood
from knowledge.files.reader.__main__ import read, tidy
from knowledge.files.reader.limits import Limits
from knowledge.files.reader.reasons import Reason
from knowledge.files.reader.text import decoded
from tests.knowledge import papers

SMALL = Limits(memory=256 * MB, seconds=5, patience=20)
ONE, THREE = b"BT /F1 9 Tf (one) Tj ET", b"BT /F1 9 Tf (three) Tj ET"
LETTERS = st.text(st.characters(exclude_categories=["C"]))


def pages(kind: str, content: bytes, **limits: Any) -> list[str]:
    """What is read here and now; the limits of the process are left alone."""
    said: list[str] = []
    read(kind, io.BytesIO(content), Limits(**limits), said.append)
    return said


def outcome(name: str, content: bytes, limits: Limits = SMALL) -> Extraction:
    """What is read in a process of its own."""
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.flush()
        return extraction.extract(file, name, limits)


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


# -- Word --------------------------------------------------------------------------------------------------------------
def run(text: str, before: str = "") -> str:
    return f"<w:p><w:r>{before}<w:t>{text}</w:t></w:r></w:p>"


ASKED, LAID_OUT = '<w:br w:type="page"/>', "<w:lastRenderedPageBreak/>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (run("one") + run("two"), ["one\n\ntwo"]),
        (run("one") + run("two", ASKED), ["one", "two"]),
        (run("one") + run("two", LAID_OUT), ["one", "two"]),
        (run("one") + run("two", ASKED + LAID_OUT), ["one", "two"]),  # one border, noted twice
        (run("one", LAID_OUT), ["one"]),
        (run("one") + f"<w:p><w:r>{ASKED}</w:r></w:p>" + run("three", ASKED), ["one", "", "three"]),
        (run("one") + "<w:p><w:pPr><w:pageBreakBefore/></w:pPr><w:r><w:t>two</w:t></w:r></w:p>", ["one", "two"]),
        ('<w:p><w:pPr><w:pageBreakBefore w:val="0"/></w:pPr><w:r><w:t>one</w:t></w:r></w:p>', ["one"]),
        (f"<w:p><w:r><w:t>half</w:t>{LAID_OUT}<w:t>way</w:t></w:r></w:p>", ["half", "way"]),
    ],
)
def test_pages_end_where_word_laid_them_out(body, expected):
    assert pages("word", papers.word(body)) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>", "a b\nc"),
        ("<w:p><w:r><w:t>co</w:t><w:noBreakHyphen/><w:t>op</w:t></w:r></w:p>", "co-op"),
        (f"<w:tbl><w:tr><w:tc>{run('a')}</w:tc><w:tc>{run('522')}</w:tc></w:tr></w:tbl>{run('-')}", "a 522\n\n-"),
        (f"{run('new')}<w:p><w:del><w:r><w:delText>old</w:delText></w:r></w:del></w:p>", "new"),
        (f"<w:moveFrom>{run('was here')}</w:moveFrom>{run('is here')}", "is here"),
        (f"<mc:Choice>{run('once')}</mc:Choice><mc:Fallback>{run('twice')}</mc:Fallback>", "once"),
        ("<w:p><w:r><w:instrText>PAGE</w:instrText><w:t>7 &lt; 8</w:t></w:r></w:p>", "7 < 8"),
    ],
)  # fmt: skip
def test_word_says_what_a_reader_sees(body, expected):
    assert pages("word", papers.word(body)) == [expected]


NOTES = f'<w:footnotes {papers.PARTS}><w:footnote w:id="2">{run("it leaked")}</w:footnote></w:footnotes>'
END = f'<w:endnotes {papers.PARTS}><w:endnote w:id="1">{run("source")}</w:endnote></w:endnotes>'
HEADER = f"<w:hdr {papers.PARTS}>{run('Lanes and weirs')}</w:hdr>"
COMMENTS = f'<w:comments {papers.PARTS}><w:comment w:id="0">{run("gossip")}</w:comment></w:comments>'
REFERRED = '<w:p><w:r><w:t>a</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
NEXT_PAGE = '<w:p><w:r><w:br w:type="page"/><w:t>b</w:t></w:r></w:p>'
HIDDEN = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r><w:r><w:t>seen</w:t></w:r></w:p>"


@pytest.mark.parametrize(
    ("body", "parts", "expected", "reason"),
    [
        (REFERRED + NEXT_PAGE, {"footnotes": NOTES}, ["a\n\nit leaked", "b"], None),
        (REFERRED + REFERRED, {"footnotes": NOTES}, ["a\n\na\n\nit leaked"], None),
        ('<w:p><w:r><w:t>a</w:t><w:endnoteReference w:id="1"/></w:r></w:p>' + NEXT_PAGE, {"endnotes": END},
         ["a", "b\n\nsource"], None),
        (run("a") + NEXT_PAGE, {"header1": HEADER, "footer2": HEADER}, ["a\n\nLanes and weirs", "b"], None),
        (run("a"), {"comments": COMMENTS}, ["a"], Reason.LEFT_OUT),
        (run("a"), {"comments": f"<w:comments {papers.PARTS}/>"}, ["a"], None),
        (HIDDEN, {}, ["seen"], Reason.LEFT_OUT),
        (HIDDEN.replace("<w:vanish/>", '<w:vanish w:val="0"/>'), {}, ["secretseen"], None),
        (REFERRED, {"footnotes": NOTES[:-14]}, ["a\n\nit leaked"], Reason.BROKEN),
        (REFERRED, {"footnotes": papers.laughs()}, ["a"], Reason.BROKEN),
    ],
)  # fmt: skip
def test_what_stands_beside_a_word_files_body_is_read_or_said_to_be_left_out(body, parts, expected, reason):
    said: list[str] = []
    content = papers.word(body, **{f"word/{name}.xml": part for name, part in parts.items()})
    assert (read("word", io.BytesIO(content), Limits(), said.append), said) == (reason, expected)


@pytest.mark.parametrize(
    "style",
    [
        '<w:name w:val="heading 2"/>',
        '<w:name w:val="Title"/>',
        '<w:name w:val="Ours"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr>',
    ],
)
def test_headings_are_marked_whatever_the_language(style):
    styles = f'<w:styles {papers.PARTS}><w:style w:styleId="berschrift2">{style}</w:style></w:styles>'
    body = '<w:p><w:pPr><w:pStyle w:val="berschrift2"/></w:pPr><w:r><w:t>Rates</w:t></w:r></w:p>' + run("155 pounds")
    assert pages("word", papers.word(body, **{"word/styles.xml": styles})) == ["# Rates\n\n155 pounds"]


def test_body_text_is_no_heading():
    styles = f'<w:styles {papers.PARTS}><w:style w:styleId="x"><w:name w:val="Normal"/></w:style></w:styles>'
    body = '<w:p><w:pPr><w:pStyle w:val="x"/><w:outlineLvl w:val="9"/></w:pPr><w:r><w:t>Plain</w:t></w:r></w:p>'
    assert pages("word", papers.word(body, **{"word/styles.xml": styles})) == ["Plain"]


def test_what_was_read_before_a_fault_is_kept():
    said: list[str] = []
    flawed = papers.word(run("one") + run("two", ASKED) + "</w:r>")
    assert read("word", io.BytesIO(flawed), Limits(), said.append) is Reason.BROKEN
    assert said == ["one", "two"]


@pytest.mark.parametrize("styles", ["<w:styles", "no XML at all", papers.laughs()])
def test_words_do_not_depend_on_how_they_look(styles):
    said: list[str] = []
    content = papers.word(run("one"), **{"word/styles.xml": styles})
    assert read("word", io.BytesIO(content), Limits(), said.append) is None
    assert said == ["one"]


def test_a_page_without_end_is_read_to_the_limit():
    """It is not taken whole into memory to be cut afterwards: a few bytes can say a thousand million letters."""
    found = outcome("bomb.docx", papers.zip_bomb(80))
    assert (found.pages, found.reason) == (("a" * Limits().characters,), Reason.TOO_LONG)


def test_what_the_demo_writes_is_read_as_it_was_meant():
    made = papers.docx(["# First\n\nfour & five", "second"])
    assert outcome("sheet.docx", made).pages == ("# First\n\nfour & five", "second")


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


# -- limits ------------------------------------------------------------------------------------------------------------
GREEDY = papers.drawing(ONE, b"BT /F1 9 Tf " + b"(a) Tj " * 400_000 + b" ET")
"""Five thousand bytes, and the second page wants more than a hundred megabytes."""
SLOW = papers.drawing(ONE, *[b"BT /F1 9 Tf " + b"(a) Tj " * 200_000 + b" ET"] * 100)
"""Each of its hundred pages wants a moment, and all of them together a minute."""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("content", "limits"),
    [(GREEDY, Limits(memory=100 * MB)), (SLOW, Limits(seconds=2)), (SLOW, Limits(patience=3))],
    ids=["memory", "processor", "clock"],
)
def test_a_limit_ends_the_reader_and_what_was_read_is_kept(content, limits):
    found = outcome("hungry.pdf", content, limits)
    assert (found.pages[0], found.reason) == ("one", Reason.TOO_HARD)
    assert len(found.pages) < 100


@pytest.mark.slow
@pytest.mark.parametrize("content", [GREEDY, SLOW], ids=["greedy", "slow"])
def test_with_more_to_spend_the_same_files_are_read(content):
    """If this fails, the one above proves nothing: they are ended by their limits and not by something else."""
    assert outcome("hungry.pdf", content, Limits(pages=2)).reason in (None, Reason.TOO_LONG)


GROWTH = """
import re, sys
from pathlib import Path
from knowledge.files import extraction
from knowledge.files.reader import __main__ as reader, text
from knowledge.files.reader.limits import Limits

def most():
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])

with open(sys.argv[2], "rb") as file:
    before = most()
    if sys.argv[1] == "here":
        reader.read("text", file, Limits(), lambda page: None)
    else:
        extraction.extract(file, "long.txt", Limits())
print(most() - before)
"""
"""How many kilobytes a process that was never larger grows by, when a file is read in it or by one of its own."""


@pytest.mark.parametrize(("where", "at_least", "at_most"), [("apart", 0, 20 * MB), ("here", 40 * MB, 400 * MB)])
def test_the_hub_itself_stays_small_while_a_file_eats(tmp_path, where, at_least, at_most):
    """Read in the hub itself the same file eats; if it did not, that it does not elsewhere would prove nothing."""
    long = tmp_path / "long.txt"
    long.write_bytes(b"words " * 4_000_000)
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "hub.settings.test"}
    command = [sys.executable, "-c", GROWTH, where, str(long)]
    grown = int(subprocess.run(command, env=env, capture_output=True, check=True).stdout) * 1024
    assert at_least <= grown < at_most


@pytest.fixture
def waiting_reader(monkeypatch):
    """A reader that waits for its file, as the hub starts it."""
    monkeypatch.setenv("SECRET_KEY", "quillwort")
    come, go = os.pipe()
    with os.fdopen(go, "wb"), os.fdopen(come, "rb") as content:
        process = extraction.started("text", content, Limits())
        yield process
        process.kill()
        process.communicate()


def test_the_reader_is_handed_no_secret(waiting_reader):
    own = Path(f"/proc/{waiting_reader.pid}/environ").read_bytes()
    assert b"PYTHONPATH" in own
    assert b"quillwort" not in own


def test_the_limits_cannot_be_lifted_again():
    told = "import resource as r; print([r.getrlimit(k) for k in (r.RLIMIT_AS, r.RLIMIT_CPU, r.RLIMIT_FSIZE)])"
    deed = f"from knowledge.files.reader.limits import Limits; Limits().hold(); {told}"
    ended = subprocess.run([sys.executable, "-c", deed], env=surroundings(), capture_output=True, check=True)
    assert json.loads(ended.stdout.translate(bytes.maketrans(b"()", b"[]"))) == [
        [Limits().memory] * 2,
        [Limits().seconds] * 2,
        [0, 0],
    ]


def test_under_its_limits_a_process_writes_no_file(tmp_path):
    limits = "from knowledge.files.reader.limits import Limits; Limits().hold()"
    deed = f"import pathlib; {limits}; pathlib.Path({str(tmp_path / 'file')!r}).write_text('a')"
    ended = subprocess.run([sys.executable, "-c", deed], env=surroundings(), check=False)
    assert ended.returncode != 0
    assert not (tmp_path / "file").read_bytes()


def test_a_file_that_is_too_big_is_not_begun():
    assert outcome("big.txt", b"a" * 2000, Limits(size=1000)).reason is Reason.TOO_BIG


def test_of_many_pages_the_first_are_read():
    found = outcome("long.pdf", papers.pdf("", ["one", "two", "three"]), Limits(pages=2))
    assert (found.pages, found.reason) == (("one", "two"), Reason.TOO_LONG)


def test_of_many_letters_the_first_are_read():
    found = outcome("long.txt", b"word " * 100, Limits(characters=50))
    assert (found.pages, found.reason) == (("word " * 10,), Reason.TOO_LONG)


def test_an_answer_without_end_is_cut():
    """Whoever took over the reader could say anything; more than an honest answer is not listened to."""
    few = Limits(characters=10, pages=1)
    with tempfile.TemporaryFile() as long:
        long.write(b"words and words" * 1000)
        long.flush()
        assert len(extraction.ask("text", long, few)) <= few.answer


@given(st.lists(LETTERS), st.integers(0, 500))
def test_wherever_an_answer_is_cut_off_whole_pages_are_kept(said, place):
    answer = "".join(json.dumps({"page": page}) + "\n" for page in said) + '{"end": null}\n'
    found = understood(answer.encode()[:place])
    assert found.pages == tuple(said)[: len(found.pages)]
    assert (found.reason is None) == (place >= len(answer.rstrip()))
