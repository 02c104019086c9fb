"""What waits for a reader of the front page."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class AskedOfYou:
    """One thing that waits for the reader: what, what to do about it, and by when where there is a day."""

    title: str
    text: str
    action: str
    url: str
    due: datetime | None = None
