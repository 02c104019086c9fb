"""Reads a file of the demo council into its shape, and says where it does not fit."""

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from pathlib import Path
from typing import Any, TypeVar, get_args, get_type_hints

T = TypeVar("T")


class ContentError(Exception):
    """The content of the demo does not fit; the message says every place and reason, one a line."""


def load(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ContentError(f"{path.name}: {error}.") from error


def rows(folder: Path, name: str, key: str, shape: type[T]) -> tuple[T, ...]:
    """The tables called ``key`` of one file."""
    tables = load(folder / name).get(key, [])
    return tuple(shaped(shape, row, f"{name}, {row.get('slug', number)}") for number, row in enumerate(tables, 1))


def shaped(shape: type[T], row: Mapping[str, Any], where: str) -> T:
    """``row`` as a ``shape``, nested shapes included."""
    types = get_type_hints(shape)
    if unknown := row.keys() - types.keys():
        raise ContentError(f"{where}: nobody knows {', '.join(sorted(unknown))}.")
    values = {}
    for field in fields(shape):  # type: ignore[arg-type]  # a dataclass
        if field.name in row:
            values[field.name] = _value(types[field.name], row[field.name], f"{where}, {field.name}")
        elif _is_required(field):
            raise ContentError(f"{where}: {field.name} is missing.")
    return shape(**values)


def _is_required(field: "Field[Any]") -> bool:
    return field.default is MISSING


def _value(kind: type, value: object, where: str) -> Any:
    if is_dataclass(kind) and isinstance(value, dict):
        return shaped(kind, value, where)
    if parts := get_args(kind):
        if isinstance(value, list):
            return tuple(_value(parts[0], each, where) for each in value)
    elif isinstance(value, kind) and isinstance(value, bool) is (kind is bool):
        return value.strip() if isinstance(value, str) else value
    raise ContentError(f"{where}: {value!r} is of the wrong type.")
