"""What is read of a Word file: what a reader sees, page by page as Word laid it out."""

import io

import pytest

from core.files.reader.__main__ import read
from core.files.reader.limits import Limits
from core.files.reader.reasons import Reason
from tests.knowledge import papers
from tests.knowledge.reading import outcome, pages


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
