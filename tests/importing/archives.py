"""Small archives to import, and the real one."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

PERSON = {"id": "ada", "name": "Ada Moss", "given_name": "Ada", "family_name": "Moss", "organisation": "Archive"}
TOPIC = {"id": "bridges", "title": "Bridges", "summary": "Over water."}
COMMUNITY = {"id": "menders", "title": "Menders", "summary": "Who mend.", "opened": "2019-12-12T17:00:00-05:00"} | {
    "leads": ["ada"],
    "topics": ["bridges"],
}
STORY = {"id": "weir", "title": "The weir", "summary": "It leaked.", "body": "It *leaked*.", "topics": ["bridges"]} | {
    "published": "2018-03-01T10:00:00-05:00",
    "authors": ["ada"],
}
EVENT = {
    "id": "talk",
    "title": "A talk",
    "starts": "2018-03-01T10:00:00-05:00",
    "ends": "2018-03-01T11:00:00-05:00",
} | {
    "host": "Menders Community of Practice",
    "people": ["ada"],
}
ARTICLE = {"id": "how-to", "kind": "guide", "title": "How to mend", "body": "## First\n\nBegin.", "authors": ["ada"]}
WHOLE = {
    "topics": [TOPIC],
    "people": [PERSON],
    "communities": [COMMUNITY],
    "stories": [STORY],
    "events": [EVENT],
    "articles": [ARTICLE],
}


def write(folder: Path, **files: list[Any]) -> Path:
    """An archive with these rows; a row that is text stands there as it is."""
    folder.mkdir(exist_ok=True)
    for kind, rows in files.items():
        lines = (row if isinstance(row, str) else json.dumps(row) for row in rows)
        (folder / f"{kind}.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return folder


def real() -> Path:
    """The archive of Digital.gov, which does not come with the hub. Without it a test is skipped, but never in CI."""
    folder = Path(__file__).parents[3] / "shared" / "data" / "digitalgov"
    if not folder.is_dir():
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"{folder} is not here")
    return folder
