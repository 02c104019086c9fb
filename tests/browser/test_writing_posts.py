"""Above the box in which somebody writes a post: buttons, by keyboard and on a phone, and what they paste."""

import pytest
from playwright.sync_api import Page, expect

from core.markup import HERE, rich_text
from tests.browser.council import SIOBHAN
from tests.browser.test_accessibility import faults_of

NEW = "/conversations/in/foster-care-together/new/"
PASTE = """async (box, { html, plain }) => {
  await import(document.querySelector("markdown-toolbar").dataset.pasted);
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", plain);
  box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""
WORD = """<html><head><style>p.MsoNormal {margin:0}</style></head><body><!--StartFragment--><h1>Rates <b>2026</b></h1>
<p class=MsoNormal>They <b style='mso-bidi-font-weight:normal'><span>rise</span></b> in
<i style='mso-bidi-font-style:normal'>April</i>, says
<a href="https://council.example/a b"><span style='mso-bidi-font-weight:bold'>the council</span></a>.<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'>
<span style='mso-list:Ignore'>·<span>&nbsp; </span></span>Under five</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level2 lfo1'>
<span style='mso-list:Ignore'>o<span>&nbsp; </span></span>Babies</p>
<table><tr><td>Age</td><td>Pounds</td></tr><tr><td><p>16</p></td><td>229</td></tr></table><!--EndFragment--></body></html>"""
PLAIN = "Rates 2026\nThey rise in April, says the council.\n·\tUnder five\no\tBabies\nAge\tPounds\n16\t229"
TYPED = """## Rates 2026

They **rise** in *April*, says [the council](https://council.example/a%20b).

- Under five
   - Babies

| Age | Pounds |
| --- | --- |
| 16 | 229 |"""


@pytest.fixture
def page(open_tab) -> Page:
    tab = open_tab(SIOBHAN, viewport={"width": 360, "height": 800})
    tab.goto(NEW)
    tab.locator("#id_text").fill("")  # what an earlier test typed is kept
    return tab


def test_buttons_are_reached_by_keyboard_as_one_stop_and_shape_the_words(page):
    box = page.locator("#id_text")
    box.fill("rates")
    box.select_text()
    box.press("Shift+Tab")
    bold, italic = (page.get_by_role("button", name=name, exact=True) for name in ("Bold", "Italic"))
    expect(bold).to_be_focused()
    bold.press("ArrowRight")
    expect(italic).to_be_focused()
    italic.press("ArrowLeft")
    bold.press("Enter")
    expect(box).to_have_value("**rates**")
    expect(box).to_be_focused()
    box.press("Shift+Tab")
    page.keyboard.press("Space")
    expect(box).to_have_value("rates")
    assert list(faults_of(page)) == []
    sizes = [one.bounding_box() for one in page.locator(".toolbar__button").all()]
    assert all(min(size["width"], size["height"]) >= 44 for size in sizes)


def test_a_pasted_document_keeps_its_shape_in_the_signs_that_one_types(page):
    box = page.locator("#id_text")
    box.focus()
    box.evaluate(PASTE, {"html": WORD, "plain": PLAIN})
    expect(box).to_have_value(TYPED)


AS_MARKDOWN = """async (all) => {
  const { asMarkdown } = await import(document.querySelector("markdown-toolbar").dataset.pasted);
  return all.map((html) => asMarkdown(html, ""));
}"""
IN_A_SENTENCE = {
    "<b>Rates.</b>They rise": "<b>Rates</b>.They rise",
    "<b>Note:</b> they rise": "<b>Note:</b> they rise",
    "They rise<b>, soon</b>": "They rise, <b>soon</b>",
    "the rates<b>(2026)</b>rise": "the rates(<b>2026</b>)rise",
    "un<b>believ</b>able": "un<b>believ</b>able",
    "<b>one</b><b>word</b>": "<b>oneword</b>",
    "<b>both <strong>of them</strong></b>": "<b>both of them</b>",
    "<b>one<br>two</b>": "<b>one</b>\n<b>two</b>",
    "<b>one<br><br>two</b>": "<b>one</b></p>\n<p><b>two</b>",
    "They<b> rise </b>soon": "They <b>rise</b> soon",
    "They rise<b>!</b>Soon, <i>they</i> say": "They rise!Soon, <i>they</i> say",
    "<b><i>“Rates.”</i></b>They rise": "<i><b>“Rates.</b></i>”They rise",
    "<i>They <b>rise</b> soon</i>": "<i>They <b>rise</b> soon</i>",
    "<b>They <i>rise</i></b><i> soon</i>": "<b>They <i>rise</i></b> <i>soon</i>",
    "£<b>5</b>, <b>£6</b>": "£<b>5</b>, <b>£6</b>",
    "up<b>£6</b>": "up£<b>6</b>",
    'see<b><a href="https://council.example">rates</a></b>now': 'see<a href="https://council.example"><b>rates</b></a>now',
    'see <b><a href="https://council.example">rates</a></b>.': 'see <b><a href="https://council.example">rates</a></b>.',
}


def test_what_is_bold_beside_punctuation_is_shown_so_when_it_is_pasted(page):
    pasted = page.evaluate(AS_MARKDOWN, [f"<p>{html}</p>" for html in IN_A_SENTENCE])
    shown = [rich_text(text, HERE).replace("strong>", "b>").replace("em>", "i>").strip() for text in pasted]
    assert dict(zip(IN_A_SENTENCE, shown, strict=True)) == {
        html: f"<p>{meant}</p>" for html, meant in IN_A_SENTENCE.items()
    }


DELETED = """<html><body><p class=MsoNormal>We pay <span class=msoDel><del cite="mailto:Siobhan"
datetime="2026-05-03">late</del></span><span class=msoIns><ins cite="mailto:Siobhan" datetime="2026-05-03">on
Friday</ins></span>{mark}.<span style='display:none;mso-hide:all'>secret</span><span
class=MsoCommentReference><a href="#_msocom_1">[SK1]</a></span></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span><del
datetime="2026-05-03">Grumble</del></p>
<table><tr><td><del datetime="2026-05-03">Never</del></td></tr></table>
<div style='mso-element:comment-list'><div><p class=MsoCommentText>Are we sure?</p></div></div></body></html>"""


@pytest.mark.parametrize("mark", ["", "<b> for all</b>"], ids=["plain", "with signs"])
def test_what_was_deleted_or_remarked_in_word_is_not_pasted(page, mark):
    """The plain text beside it has it all, so that the browser would paste it."""
    box = page.locator("#id_text")
    box.focus()
    words = mark.replace("<b>", "").replace("</b>", "")
    plain = f"We pay lateon Friday{words}.secret[SK1]\n·\tGrumble\nNever\nAre we sure?"
    box.evaluate(PASTE, {"html": DELETED.replace("{mark}", mark), "plain": plain})
    expect(box).to_have_value("We pay on Friday **for all**." if mark else "We pay on Friday.")


@pytest.mark.parametrize(
    ("html", "plain"),
    [
        ("<p>Only <span>words</span></p>", "Only words"),
        ("<p><b>Bold</b></p><img alt='and a picture'>", "Bold and what is nowhere else"),
        ("<p><del>struck out on a page</del></p>", "struck out on a page"),
        ("<img src=x onerror='window.ran = 1'><script>window.ran = 1</script><p><b>Bold</b></p>", "Bold"),
    ],
)
def test_what_would_be_lost_is_pasted_as_the_browser_does_it(page, html, plain):
    box = page.locator("#id_text")
    box.focus()
    box.evaluate(PASTE, {"html": html, "plain": plain})
    expect(box).to_have_value("**Bold**" if plain == "Bold" else "")
    assert page.evaluate("window.ran") is None


def test_without_a_script_there_are_no_buttons(open_tab):
    tab = open_tab(SIOBHAN, java_script_enabled=False)
    tab.goto(NEW)
    expect(tab.locator("#id_text")).to_be_visible()
    expect(tab.locator(".toolbar__button").first).to_be_hidden()
