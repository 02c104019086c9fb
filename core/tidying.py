"""What the hub forgets, in one place: every room adds what it removes once it is too old, and one command runs it all.

Rooms add to ``TIDYINGS`` in their ``contributions.py``; ``manage.py tidy`` is run once a day.
"""

import logging
from collections.abc import Callable

from core.registry import Registry

logger = logging.getLogger(__name__)

TIDYINGS: Registry[Callable[[], object]] = Registry("what is removed once it is old", taken_by="core")


def tidy() -> list[str]:
    """Run every tidying; the names of those that failed. One that fails keeps no other from being run."""
    failed = []
    for one in TIDYINGS.contributions():
        try:
            one.value()
        except Exception:
            logger.exception("%s could not be tidied.", one.name)
            failed.append(one.name)
    return failed
