"""What is measured: an address, who asks, and a text that only the right answer holds."""

from dataclasses import dataclass
from urllib.parse import quote

BARE = "bare Wagtail page"


@dataclass(frozen=True, slots=True)
class Target:
    """One page for one kind of reader. ``queries`` and ``size`` were counted beforehand, inside the application.

    ``{turn}`` in the path becomes another number each time, where a second question like the first would be cheaper,
    and ``{words}`` another of ``words``.
    """

    name: str
    path: str
    marker: str
    cookie: str = ""
    port: int = 0
    queries: int = 0
    size: int = 0
    words: tuple[str, ...] = ()

    def at(self, turn: int) -> str:
        """The address that is asked for at this turn."""
        words = quote(self.words[turn % len(self.words)]) if self.words else ""
        return self.path.replace("{turn}", str(turn)).replace("{words}", words)
