"""A new kind of thing in the demo council is one class, a line in the list of kinds, and its content."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from core.markup import blocks_of, body_of
from demo import kinds, loading
from demo.checking import check
from demo.kind import Content, ContentKind, Council, Faults, in_order, in_the_past
from demo.kinds.people import PEOPLE
from demo.reading import CONTENT, read_content
from demo.shaping import ContentError
from home.models import HomePage, PlainPage

pytestmark = pytest.mark.django_db
NOTICE = """
[[notice]]
slug = "{slug}"
title = "The lift is mended"
by = "{by}"
days_ago = {days_ago}
"""


@dataclass(frozen=True, slots=True)
class Notice:
    slug: str
    title: str
    by: str
    days_ago: int


class Notices(ContentKind[Notice, PlainPage]):
    name, word = "notices", "notice"
    needs = ("people",)
    shape = Notice

    def names(self, notice: Notice) -> Iterator[tuple[str, Iterable[str]]]:
        yield "people", (notice.by,)

    def check(self, notice: Notice, content: Content) -> Faults:
        return in_the_past(notice.slug, (notice.days_ago,))

    def add(self, council: Council, notice: Notice) -> PlainPage:
        text = f"{council[PEOPLE][notice.by].name} says so."
        page = PlainPage(slug=notice.slug, title=notice.title, body=body_of(blocks_of(text)))
        council.publish(HomePage, page, council.moment(notice.days_ago))
        return page


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The demo's content, with a file beside it that each test writes."""
    for path in CONTENT.iterdir():
        (tmp_path / path.name).symlink_to(path)
    return tmp_path


def written(folder: Path, slug: str = "lift", by: str = "priya-nair", days_ago: int = 1) -> Content:
    (folder / "notices.toml").write_text(NOTICE.format(slug=slug, by=by, days_ago=days_ago), "utf-8")
    return read_content(folder, [Notices(), *kinds.KINDS])


def test_it_is_shaped_checked_and_loaded(folder: Path) -> None:
    every = [Notices(), *kinds.KINDS]
    council = loading.load(check(written(folder), every), lambda: None, kinds=every)
    page = PlainPage.objects.get(slug="lift")
    assert council[every[0]] == {"lift": page}
    assert "Priya Nair says so." in str(page.body)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"by": "ghost"}, "there is no person ghost"),
        ({"days_ago": -1}, "is not in the past"),
        ({"days_ago": '"one"'}, "wrong type"),
    ],
)
def test_its_faults_are_told(folder: Path, changes: dict[str, str], fault: str) -> None:
    with pytest.raises(ContentError, match=fault):
        check(written(folder, **changes), [Notices(), *kinds.KINDS])


def test_it_is_loaded_after_what_it_needs() -> None:
    names = [kind.name for kind in in_order([Notices(), *kinds.KINDS])]
    assert names.index("people") < names.index("notices")
    with pytest.raises(ContentError, match="notices"):
        in_order([Notices()])
