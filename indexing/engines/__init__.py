"""The engines behind search, and the one that this hub uses."""

import threading
from typing import TYPE_CHECKING

from django.core.signals import setting_changed
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from indexing.engines.base import Engine

_engines: dict[str, "Engine"] = {}
_lock = threading.Lock()


def engine() -> "Engine":
    """The engine of this process, as ``settings.SEARCH`` names it."""
    from indexing.conf import options  # noqa: PLC0415 (settings are not ready when this is imported)

    with _lock:
        if "engine" not in _engines:
            chosen = options()
            _engines["engine"] = import_string(chosen.address.engine)(chosen)
        return _engines["engine"]


def forget_engine(setting: str = "SEARCH", **kwargs: object) -> None:
    """Read the settings again at the next question."""
    if setting == "SEARCH":
        _engines.clear()


setting_changed.connect(forget_engine, dispatch_uid="indexing.forget_engine")
