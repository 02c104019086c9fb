"""How the scripts speak: short lines, and one sentence that says what to do when something is in the way."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Trouble(Exception):
    """Something that the person at the keyboard can put right. The message says how."""


def say(line: str = "") -> None:
    """One line, at once."""
    print(line, flush=True)


def script(main: Callable[[], int]) -> None:
    """Run ``main`` and leave with its exit status; trouble is one sentence, and Ctrl-C is no error to show."""
    try:
        sys.exit(main())
    except Trouble as trouble:
        sys.exit(f"\n{trouble}")
    except KeyboardInterrupt:
        sys.exit("\nStopped. Run the same command again to go on.")


@contextmanager
def passing_line() -> Iterator[Callable[[str], None]]:
    """A line that is written over while something long goes on; it says nothing where nobody watches."""
    watched = sys.stdout.isatty()

    def show(text: str) -> None:
        if watched:
            print(f"\r\033[K  {text[:76]}", end="", flush=True)

    yield show
    show("")
    if watched:
        print("\r", end="", flush=True)
