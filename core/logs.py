"""What is written to the log, without the addresses that are secrets."""

import logging
import re

SECRET = re.compile(
    r"((?:/surgeries/calendar|/reading/searches/alerts/stop|/reading/searches|/report/hear|/account/confirm-email"
    r"|/account/password/reset/key)/)(?!\d+/|done/|save/|alerts/)[^\s/\"'<>?]+"
)


def hidden(line: str) -> str:
    """The line, with an ellipsis in place of every secret in it."""
    return SECRET.sub(r"\1…", line)


class WithoutSecrets(logging.Formatter):
    """Formats the whole record first, its traceback too: a secret may stand anywhere in it."""

    def format(self, record: logging.LogRecord) -> str:
        return hidden(super().format(record))
