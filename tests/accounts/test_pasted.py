"""Addresses come as people have them: from address books, spreadsheets and letters."""

import pytest

from accounts.invitations.pasted_addresses import read

PASTED = {
    "asha@example.org": [("asha@example.org", "")],
    "Asha Okafor <ASHA@Example.org>": [("asha@example.org", "Asha Okafor")],
    "asha@example.org, bryn@example.org;carys@example.org\ndev@example.org": [
        *(("asha@example.org", ""), ("bryn@example.org", "")),
        *(("carys@example.org", ""), ("dev@example.org", "")),
    ],
    "asha@example.org bryn@example.org": [("asha@example.org", ""), ("bryn@example.org", "")],
    '"Okafor, Asha" <asha@example.org>, Bryn Powell <bryn@example.org>': [
        ("asha@example.org", "Asha Okafor"),
        ("bryn@example.org", "Bryn Powell"),
    ],
    "Okafor, Asha <asha@example.org>; Powell, Bryn <bryn@example.org>": [
        ("asha@example.org", "Asha Okafor"),
        ("bryn@example.org", "Bryn Powell"),
    ],
    "Asha Okafor\tasha@example.org": [("asha@example.org", "Asha Okafor")],
    "asha@example.org\nASHA@EXAMPLE.ORG": [("asha@example.org", "")],
    "<mailto:asha@example.org>": [("asha@example.org", "")],
    "asha@bücher.example": [("asha@xn--bcher-kva.example", "")],
}


@pytest.mark.parametrize("text", PASTED)
def test_what_is_pasted_is_read(text: str) -> None:
    found, bad = read(text)
    assert ([(one.email, one.name) for one in found], bad) == (PASTED[text], [])


@pytest.mark.parametrize(
    "text",
    ["Asha", "asha@", "@example.org", "asha at example.org", "a\0b@", "<>", "asha@example", f"{'a' * 250}@example.org"],
)
def test_what_is_no_address_is_named(text: str) -> None:
    assert read(f"bryn@example.org\n{text}")[1] == [text.replace("\0", " ")]
