"""A name is found however it is written, and something else is said in its place."""

import pytest

from stories.named.names import find, forms_of, forms_of_digests, replace

HANNAH = forms_of(["Hannah Whitlock"], "Hanny")
TABLE = {
    "We asked Hannah Whitlock.": "We asked a resident.",
    "Hannah’s lamp and HANNAH WHITLOCK's lane": "A resident’s lamp and a resident's lane",
    "hannah whitlock, hanny, Hànnah Whitlöck": "A resident",
    "to the Whitlocks, and Mrs. Whitlock": "to the a resident, and a resident",
    "by H. Whitlock, by Whitlock, Hannah": "by a resident, by a resident",
    "with Hannah Mary Whitlock there": "with a resident there",
    "<p>With <b>Hannah</b> Whitlock.</p>": "<p>With <b>a resident</b>.</p>",
    "<p>Hannah&nbsp;Whitlock</p>": "<p>A resident</p>",
    '<a href="mailto:hannah.whitlock@example.org">write</a>': '<a href="#">write</a>',
    '<embed alt="Hannah at her door" id="3"/>': '<embed alt="A resident at her door" id="3"/>',
    "Han\u00adnah Whit\u200block": "A resident",
    "in hannah colours": "in hannah colours",
    "Hannahbury and Johannah": "Hannahbury and Johannah",
}


@pytest.mark.parametrize("text", TABLE)
def test_a_name_goes_and_nothing_else(text: str) -> None:
    assert " ".join(replace(text, HANNAH, "a resident").split()) in (TABLE[text], TABLE[text].replace("</b>", " </b>"))


@pytest.mark.parametrize("text", [text for text in TABLE if text != TABLE[text]])
def test_what_has_gone_is_known_again_without_being_kept(text: str) -> None:
    digests = HANNAH.as_digests()
    assert "hannah" not in str(digests)
    assert replace(text, forms_of_digests(digests), "a resident") == replace(text, HANNAH, "a resident")


def test_another_of_the_same_family_keeps_their_whole_name() -> None:
    tom = forms_of(["Tom Whitlock"])
    text = "Tom Whitlock and Hannah Whitlock"
    assert replace(text, HANNAH, "a resident", others=[tom]) == "Tom Whitlock and a resident"


@pytest.mark.parametrize("name", ["Zoë Łuczak", "Siân O’Brien", "李小龙", "Nguyễn Thị Minh", "Anna van der Berg"])
def test_names_of_any_alphabet_are_found(name: str) -> None:
    assert find(f"Ask {name} today", forms_of([name]))


def test_an_address_says_a_name_in_small_letters() -> None:
    assert find("whitlock-mends-the-lane", HANNAH, any_case=True)
