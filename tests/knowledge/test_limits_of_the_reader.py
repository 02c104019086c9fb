"""The reader has limits, and what it read before them is kept."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from core.files import extraction
from core.files.extraction import understood
from core.files.reader.limits import Limits
from core.files.reader.reasons import Reason
from core.sandbox import MB, surroundings
from tests.knowledge import papers
from tests.knowledge.reading import LETTERS, ONE, outcome

GREEDY = papers.drawing(ONE, b"BT /F1 9 Tf " + b"(a) Tj " * 250_000 + b" ET")
"""Five thousand bytes, and the second page wants more than a hundred megabytes."""
SLOW = papers.drawing(ONE, *[b"BT /F1 9 Tf " + b"(a) Tj " * 60_000 + b" ET"] * 100)
"""Each of its hundred pages wants a moment, and all of them together a minute."""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("content", "limits"),
    [(GREEDY, Limits(memory=100 * MB)), (SLOW, Limits(seconds=2)), (SLOW, Limits(patience=3))],
    ids=["memory", "processor", "clock"],
)
def test_a_limit_ends_the_reader_and_what_was_read_is_kept(content, limits):
    found = outcome("hungry.pdf", content, limits)
    assert (found.pages[0], found.reason) == ("one", Reason.TOO_HARD)
    assert len(found.pages) < 100


@pytest.mark.slow
@pytest.mark.parametrize("content", [GREEDY, SLOW], ids=["greedy", "slow"])
def test_with_more_to_spend_the_same_files_are_read(content):
    """If this fails, the one above proves nothing: they are ended by their limits and not by something else."""
    assert outcome("hungry.pdf", content, Limits(pages=2)).reason in (None, Reason.TOO_LONG)


GROWTH = """
import re, sys
from pathlib import Path
from core.files import extraction
from core.files.reader import __main__ as reader, text
from core.files.reader.limits import Limits

def most():
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])

with open(sys.argv[2], "rb") as file:
    before = most()
    if sys.argv[1] == "here":
        reader.read("text", file, Limits(), lambda page: None)
    else:
        extraction.extract(file, "long.txt", Limits())
print(most() - before)
"""
"""How many kilobytes a process that was never larger grows by, when a file is read in it or by one of its own."""


@pytest.mark.parametrize(("where", "at_least", "at_most"), [("apart", 0, 20 * MB), ("here", 40 * MB, 400 * MB)])
def test_the_hub_itself_stays_small_while_a_file_eats(tmp_path, where, at_least, at_most):
    """Read in the hub itself the same file eats; if it did not, that it does not elsewhere would prove nothing."""
    long = tmp_path / "long.txt"
    long.write_bytes(b"words " * 4_000_000)
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "hub.settings.test"}
    command = [sys.executable, "-c", GROWTH, where, str(long)]
    grown = int(subprocess.run(command, env=env, capture_output=True, check=True).stdout) * 1024
    assert at_least <= grown < at_most


@pytest.fixture
def waiting_reader(monkeypatch):
    """A reader that waits for its file, as the hub starts it."""
    monkeypatch.setenv("SECRET_KEY", "quillwort")
    come, go = os.pipe()
    with os.fdopen(go, "wb"), os.fdopen(come, "rb") as content:
        process = extraction.started("text", content, Limits())
        yield process
        process.kill()
        process.communicate()


def test_the_reader_is_handed_no_secret(waiting_reader):
    own = Path(f"/proc/{waiting_reader.pid}/environ").read_bytes()
    assert b"PYTHONPATH" in own
    assert b"quillwort" not in own


def test_the_limits_cannot_be_lifted_again():
    told = "import resource as r; print([r.getrlimit(k) for k in (r.RLIMIT_AS, r.RLIMIT_CPU, r.RLIMIT_FSIZE)])"
    deed = f"from core.files.reader.limits import Limits; Limits().hold(); {told}"
    ended = subprocess.run([sys.executable, "-c", deed], env=surroundings(), capture_output=True, check=True)
    assert json.loads(ended.stdout.translate(bytes.maketrans(b"()", b"[]"))) == [
        [Limits().memory] * 2,
        [Limits().seconds] * 2,
        [0, 0],
    ]


def test_under_its_limits_a_process_writes_no_file(tmp_path):
    limits = "from core.files.reader.limits import Limits; Limits().hold()"
    deed = f"import pathlib; {limits}; pathlib.Path({str(tmp_path / 'file')!r}).write_text('a')"
    ended = subprocess.run([sys.executable, "-c", deed], env=surroundings(), check=False)
    assert ended.returncode != 0
    assert not (tmp_path / "file").read_bytes()


def test_a_file_that_is_too_big_is_not_begun():
    assert outcome("big.txt", b"a" * 2000, Limits(size=1000)).reason is Reason.TOO_BIG


def test_of_many_pages_the_first_are_read():
    found = outcome("long.pdf", papers.pdf("", ["one", "two", "three"]), Limits(pages=2))
    assert (found.pages, found.reason) == (("one", "two"), Reason.TOO_LONG)


def test_of_many_letters_the_first_are_read():
    found = outcome("long.txt", b"word " * 100, Limits(characters=50))
    assert (found.pages, found.reason) == (("word " * 10,), Reason.TOO_LONG)


def test_an_answer_without_end_is_cut():
    """Whoever took over the reader could say anything; more than an honest answer is not listened to."""
    few = Limits(characters=10, pages=1)
    with tempfile.TemporaryFile() as long:
        long.write(b"words and words" * 1000)
        long.flush()
        assert len(extraction.ask("text", long, few)) <= few.answer


@given(st.lists(LETTERS), st.integers(0, 500))
def test_wherever_an_answer_is_cut_off_whole_pages_are_kept(said, place):
    answer = "".join(json.dumps({"page": page}) + "\n" for page in said) + '{"end": null}\n'
    found = understood(answer.encode()[:place])
    assert found.pages == tuple(said)[: len(found.pages)]
    assert (found.reason is None) == (place >= len(answer.rstrip()))
