"""Which answers of a mail server say that an address is dead. Knows no database.

Most refusals say nothing against the address: the mailbox is full, the server takes us for a sender of spam, it was
set up wrongly and refuses everybody. To stop an address for those would silence the hub.
"""

import re

ENHANCED = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")  # RFC 3463
NOBODY_THERE = {"1.0", "1.1", "1.2", "1.3", "1.6", "1.10", "2.1"}
"""Bad mailbox, bad system, bad syntax, moved away, a domain that takes no e-mail, a mailbox that is switched off."""
WITHOUT_DETAIL = {550, 551, 553}
NO_FAULT_OF_THE_ADDRESS = re.compile(
    r"relay|spam|polic|block|black|reputation|authenti|denied|dmarc|dkim|\bspf\b|quota|full|size|greylist|try again",
    re.IGNORECASE,
)


def says_dead(code: int, words: bytes | str) -> bool:
    """Whether an answer to the name of a recipient says that nobody is there, and will not be."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    if not 500 <= code < 600:
        return False
    if detail := ENHANCED.search(text):
        return is_dead_status(detail.group())
    return code in WITHOUT_DETAIL and not NO_FAULT_OF_THE_ADDRESS.search(text)


def is_dead_status(status: str) -> bool:
    """The same for a status such as ``5.1.1``."""
    kind, _dot, detail = status.strip().partition(".")
    return kind == "5" and detail.split(" ")[0] in NOBODY_THERE
