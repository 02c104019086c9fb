"""The table of ASVS 5.0: every requirement of level 1, each with what shows it."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "docs" / "asvs.md"
LEVEL_1 = {  # how many requirements of level 1 each section has; they are its first ones (OWASP/ASVS, 5.0.0, its CSV)
    "1.2": 5,
    "1.3": 2,
    "1.5": 1,
    "2.1": 1,
    "2.2": 2,
    "2.3": 1,
    "3.2": 2,
    "3.3": 1,
    "3.4": 2,
    "3.5": 3,
    "4.1": 1,
    "4.4": 1,
    "5.2": 2,
    "5.3": 2,
    "6.1": 1,
    "6.2": 8,
    "6.3": 2,
    "6.4": 2,
    "7.2": 4,
    "7.4": 2,
    "8.1": 1,
    "8.2": 2,
    "8.3": 1,
    "9.1": 3,
    "9.2": 1,
    "10.4": 5,
    "11.3": 2,
    "11.4": 1,
    "12.1": 1,
    "12.2": 2,
    "13.4": 1,
    "14.2": 1,
    "14.3": 1,
    "15.1": 1,
    "15.2": 1,
    "15.3": 1,
}


def test_the_table_has_all_of_level_1_and_nothing_else() -> None:
    listed = re.findall(r"^\| (\d+\.\d+\.\d+) \|", TABLE.read_text(), re.MULTILINE)
    asked = [f"{section}.{number}" for section, most in LEVEL_1.items() for number in range(1, most + 1)]
    assert listed == asked
    assert len(asked) == 70


def test_what_is_named_is_there() -> None:
    named = set(re.findall(r"`((?:tests|docs)/[^`]+|SECURITY\.md)`", TABLE.read_text()))
    assert {name for name in named if not (ROOT / name).exists()} == set()
