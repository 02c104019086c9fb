"""What the docs name is there."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
TOLD_OF_THE_PAST = {"CHANGELOG.md", "0021-the-house-was-moved.md"}
FOLDERS = [folder.name for folder in ROOT.iterdir() if folder.is_dir() and folder.name != "var"]
FILE = re.compile(rf"`((?:{'|'.join(map(re.escape, FOLDERS))})/[\w/.-]+\.\w+)`")
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


@pytest.mark.parametrize("page", [page for page in PAGES if page.name not in TOLD_OF_THE_PAST], ids=lambda it: it.name)
def test_files_and_links_in_the_docs_lead_somewhere(page: Path) -> None:
    text = page.read_text()
    named = [ROOT / name for name in FILE.findall(text) if "NAME" not in name] + [
        page.parent / name for name in LINK.findall(text)
    ]
    assert [str(path) for path in named if not path.exists()] == []


def test_decisions_have_no_holes() -> None:
    numbers = sorted(int(page.name[:4]) for page in ROOT.glob("docs/decisions/*.md"))
    assert numbers == list(range(1, len(numbers) + 1))
