"""Why a file was not read, or not all of it."""

from enum import StrEnum


class Reason(StrEnum):
    """In one word; ``knowledge.files.models`` has the sentences."""

    OTHER_KIND = "other-kind"
    EMPTY = "empty"
    NO_WORDS = "no-words"
    LOCKED = "locked"
    BROKEN = "broken"
    MISNAMED = "misnamed"
    TOO_BIG = "too-big"
    TOO_LONG = "too-long"
    TOO_HARD = "too-hard"
    MISSING = "missing"
    LEFT_OUT = "left-out"


class Unreadable(Exception):
    """Reading ends here. What was read before is kept."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason
