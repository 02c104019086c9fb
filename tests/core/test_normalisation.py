"""What looks alike is one text: indexed, asked and read from files in one form."""

import unicodedata

import pytest
from hypothesis import given, strategies as st

from core.normalisation import readable

LOGICAL = (
    "\ufee3\ufeae\ufea3\ufe92\ufe8e \ufe91\ufedc\ufee2"  # as printed, each letter in the form that it has in its word
)
TYPED = unicodedata.normalize("NFKC", LOGICAL)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("infor\u00admation", "information"),
        ("accom\u00ad\nmodation", "accommodation"),
        ("infor\u200bmation", "information"),
        ("\ufeffBlue\u00a0badge", "Blue badge"),
        ("drop\u2011in", "drop-in"),
        ("\u202eevil\u202c", "evil"),
        ("Cafe\u0301", "Caf\u00e9"),
        ("of\ufb01ce", "office"),
        ("offers accom-\nmodation to carers", "offers accommodation to carers"),
        ("a well-\nknown face, well-known here", "a well-known face, well-known here"),
        ("Mei-\nLin", "Mei-Lin"),
        ("2024-\n2025", "2024-\n2025"),
        (LOGICAL, TYPED),
        (LOGICAL[::-1], TYPED),
        (f"2026 {LOGICAL[::-1]}", f"{TYPED} 2026"),
        (f"\u0661\u0662 {TYPED}", f"\u0661\u0662 {TYPED}"),
        ("m\u00b2 \u00bd", "m\u00b2 \u00bd"),
    ],
)
def test_one_form(written, read):
    assert readable(written) == read


@given(st.text())
def test_twice_is_once(text):
    assert readable(readable(text)) == readable(text)
