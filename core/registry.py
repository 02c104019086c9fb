"""What rooms give to the rooms below them.

A room below may not know the rooms above it. It keeps a ``Registry`` for each kind of thing that it takes from them,
and every room names what it gives in its ``contributions.py``, which is read once all models are loaded.
``manage.py contributions`` prints who gives what to whom.
"""

from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from importlib import import_module
from typing import Any, ClassVar, Generic, TypeVar

from django.apps import apps
from django.utils.module_loading import module_has_submodule

T = TypeVar("T")

MODULE = "contributions"
_room: ContextVar[str] = ContextVar("room", default="")


@dataclass(frozen=True, slots=True)
class Contribution(Generic[T]):
    """One thing that a room gives. ``room`` is empty where it was added outside of a room's ``contributions.py``."""

    name: str
    value: T
    room: str
    order: int


class Registry(Generic[T]):
    """All contributions of one kind, by name, lower ``order`` first and then as they were added.

    ``name`` is what the kind is called and ``taken_by`` the room that asks for it.
    """

    every: ClassVar[list["Registry[Any]"]] = []

    def __init__(self, name: str, taken_by: str) -> None:
        self.name = name
        self.taken_by = taken_by
        self._given: dict[str, Contribution[T]] = {}
        Registry.every.append(self)

    def add(self, name: str, value: T, *, order: int = 0) -> T:
        """Give ``value`` under ``name``; whatever had the name before is replaced."""
        given = [*self._given.values(), Contribution(name, value, _room.get(), order)]
        self._given = {one.name: one for one in sorted(given, key=lambda one: one.order)}
        return value

    def remove(self, name: str) -> T | None:
        """Take back what stands under ``name``, and return it."""
        given = self._given.pop(name, None)
        return given.value if given else None

    def get(self, name: str) -> T | None:
        given = self._given.get(name)
        return given.value if given else None

    def __iter__(self) -> Iterator[T]:
        return iter([given.value for given in self._given.values()])

    def __len__(self) -> int:
        return len(self._given)

    def contributions(self) -> tuple[Contribution[T], ...]:
        return tuple(self._given.values())


def read_contributions() -> None:
    """Import ``contributions.py`` of every installed room that has one, from the top room to the bottom one.

    Whoever needs them first calls this, once all models are loaded; the second time nothing is left to import.
    """
    for config in apps.get_app_configs():
        if config.module is not None and module_has_submodule(config.module, MODULE):
            token = _room.set(config.label)
            try:
                import_module(f"{config.name}.{MODULE}")
            finally:
                _room.reset(token)
