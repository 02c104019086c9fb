"""What one presses on a phone is as large as a finger."""

import pytest

from tests.browser.council import PRIYA, SIOBHAN
from tests.browser.places import FOSTER

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
FINGER = 44  # CSS pixels

# A press half a finger above or below the middle must still meet its target: what counts is where a press works, not
# what is drawn. Links within a sentence may be as low as its line.
TOO_SMALL = """(finger) => {
  const reach = finger / 2 - 1;
  const pressed = "a[href], button, summary, select, textarea, input:not([type=hidden])";
  const inSentence = (one) => getComputedStyle(one).display === "inline" && !one.closest("h1, h2, h3, h4, b");
  const small = [];
  for (const one of document.querySelectorAll(pressed)) {
    if (!one.checkVisibility({ visibilityProperty: true }) || one.closest(".vh, .skip") || inSentence(one)) continue;
    const target = one.closest("label") ?? one;
    const wholeRow = getComputedStyle(one, "::after").position === "absolute";
    const shape = wholeRow ? one.offsetParent : target;
    shape.scrollIntoView({ block: "center", behavior: "instant" });
    const box = shape.getBoundingClientRect();
    const x = box.x + Math.min(box.width / 2, reach);
    const y = box.y + box.height / 2;
    const meets = (there) => there !== null && target.contains(there);
    if (![y - reach, y + reach].every((height) => meets(document.elementFromPoint(x, height)))) {
      small.push(one.outerHTML.slice(0, 160));
    }
  }
  return small;
}"""


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/communities/", FOSTER, "/stories/", "/guidance/", "/surgeries/", "/people/", "/search/?q=damp"),
        *("/people/who-knows/?q=damp", "/topics/kinship-care/", "/stories/nineteen-carers-one-kitchen-table/"),
    ],
)
@pytest.mark.parametrize("person", ["", PRIYA], ids=["nobody", "priya"])
def test_a_finger_meets_what_it_means(open_tab, path, person):
    page = open_tab(person, **PHONE)
    page.goto(path)
    assert page.evaluate(TOO_SMALL, FINGER) == []


@pytest.mark.parametrize("path", ["/people/me/", "/account/password/change/", f"{FOSTER}members/", "/guidance/due/"])
def test_a_finger_fills_in_forms(open_tab, path):
    page = open_tab(SIOBHAN, **PHONE)
    page.goto(path)
    page.evaluate("for (const one of document.querySelectorAll('main details')) one.open = true")
    assert page.evaluate(TOO_SMALL, FINGER) == []
