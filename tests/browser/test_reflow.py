"""Nothing is cut off and nothing scrolls sideways, however narrow the screen and however large the text."""

import pytest

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
WIDEST = """() => [...document.querySelectorAll("body *")]
  .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .slice(0, 5).map((one) => one.outerHTML.slice(0, 120))"""

# Success criterion 1.4.12: what readers with dyslexia set for themselves.
SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-block-end: 2em !important; }"""
LARGE = "html { font-size: 200% !important; }"


def sideways(page):
    """What makes the page wider than the screen, if anything does."""
    return page.evaluate(WIDEST) or ["something"] if page.evaluate(OVERFLOW) > 0 else []


def style(page, css):
    """What a reader's own style sheet does, past the content policy."""
    page.evaluate(
        "css => { const s = new CSSStyleSheet(); s.replaceSync(css); document.adoptedStyleSheets = [s]; }", css
    )


def plain(page):
    """Without the reader's own style sheet."""
    page.evaluate("document.adoptedStyleSheets = []")


@pytest.mark.parametrize("path", ["/", "/surgeries/"])
def test_a_phone_may_be_held_sideways(open_tab, path):
    page = open_tab(viewport={"width": 640, "height": 320})
    page.goto(path)
    assert sideways(page) == []
