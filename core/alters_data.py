"""What Django calls ``alters_data``: a method that templates do not call."""

from collections.abc import Callable
from typing import Any, TypeVar

Method = TypeVar("Method", bound=Callable[..., Any])


def alters_data(method: Method) -> Method:
    """Mark a method of a queryset that was overridden: Django's own mark does not go over to it."""
    method.alters_data = True  # type: ignore[attr-defined]  # any function takes it, and types do not say so
    return method
