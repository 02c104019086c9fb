"""What ``manage.py check`` refuses about the history of reading."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

CHOICES = ("on", "off", "never")


@register()
def the_history_is_on_off_or_never(app_configs: Sequence[Any] | None, **_kwargs: object) -> list[CheckMessage]:
    """A word that nobody knows would be taken for “off” without anybody being told."""
    if settings.READING_HISTORY in CHOICES:
        return []
    return [Error("READING_HISTORY is none of “on”, “off” and “never”.", id="reading.E001")]
