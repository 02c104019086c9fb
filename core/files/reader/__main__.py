"""``python -m core.files.reader KIND LIMITS``: reads the file on standard input and says its pages.

Each page is a line of JSON that goes out as soon as it is read, so that what was read stays read when a limit ends this
process in the midst of the next. The last line says why it ended, if for another reason than that there is no more.
"""

import json
import logging
import re
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import BinaryIO

from core.files.reader.limits import Limits
from core.files.reader.reasons import Reason, Unreadable
from core.normalisation import readable

Reader = Callable[[BinaryIO, Limits], Iterator[str]]
READERS = {"pdf": ("pdf", "pages"), "word": ("word", "pages"), "text": ("text", "pages"), "rows": ("text", "rows")}
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
BLANKS = re.compile(r"[^\S\n]+")
BLANK_LINES = re.compile(r"\n\s*\n")


def read(kind: str, stream: BinaryIO, limits: Limits, say: Callable[[str], None]) -> Reason | None:
    """Say each page. The reason why not all of it could be read, if there is one."""
    pages, left = reader(kind), limits.characters
    try:
        for number, page in enumerate(pages(stream, limits)):
            if number == limits.pages or left <= 0:
                return Reason.TOO_LONG
            words = tidy(page)
            say(words[:left])
            left -= len(words)
    except Unreadable as error:
        return error.reason
    except MemoryError:
        return Reason.TOO_HARD
    except Exception:  # noqa: BLE001 (a damaged file can fail in any way)
        return Reason.BROKEN
    return Reason.TOO_LONG if left < 0 else None


def reader(kind: str) -> Reader:
    """What reads this kind, fetched only now: text need not wait for what PDF needs, nor fail where that is missing."""
    module, name = READERS[kind]
    found: Reader = getattr(import_module(f"{__package__}.{module}"), name)
    return found


def tidy(page: str) -> str:
    """The page with plain blanks, without signs that nobody sees and that an index refuses."""
    lines = CONTROL.sub(" ", page.replace("\r\n", "\n").replace("\r", "\n"))
    return BLANK_LINES.sub("\n\n", BLANKS.sub(" ", readable(lines))).strip()


def main() -> None:
    kind, limits = sys.argv[1], Limits(**json.loads(sys.argv[2]))
    limits.hold()
    logging.disable()  # of flaws in files; the way out for complaints is for failures of ours

    def say(name: str, value: str | None) -> None:
        sys.stdout.write(json.dumps({name: value}, ensure_ascii=False) + "\n")
        sys.stdout.flush()

    reason = read(kind, sys.stdin.buffer, limits, lambda page: say("page", page))
    say("end", reason)


if __name__ == "__main__":
    main()
