"""What happens when its time has come, in one place: every room adds what it looks for, and ``publish_scheduled`` looks
for it all, every few minutes.
"""

import logging
from collections.abc import Callable

from core.registry import Registry

logger = logging.getLogger(__name__)

PERIODIC: Registry[Callable[[], object]] = Registry("what happens at its time", taken_by="core")


def run_periodic() -> None:
    """One that fails keeps no other from being run."""
    for one in PERIODIC.contributions():
        try:
            one.value()
        except Exception:
            logger.exception("%s could not be done.", one.name)
