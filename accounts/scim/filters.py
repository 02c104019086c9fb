"""Filters of a directory, as conditions of the database."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import reduce
from operator import and_, or_
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from scim2_models import InvalidFilterException, ScimFilter
from scim2_models.path import FilterVisitor
from scim2_models.path.expressions import AttrPath, Comparison, LogicalExpr, LogicalOperator, Not, Present, ValuePath

from people.fields import one_address

Convert = Callable[[Any], Any]
TEXT = {"eq": "iexact", "co": "icontains", "sw": "istartswith", "ew": "iendswith"}
EXACT = {"eq": "exact", "co": "contains", "sw": "startswith", "ew": "endswith"}
ORDERED = {"eq": "exact", "gt": "gt", "ge": "gte", "lt": "lt", "le": "lte"}
ONLY_EQUAL = {"eq": "exact"}
NOBODY = UUID(int=0)
"""An id that nobody has. Nothing at all would be compared as "is empty", and find what has no members."""


def _text(value: object) -> str:
    if not isinstance(value, str) or "\0" in value or not _is_whole(value):
        raise ValueError("a text")
    return value


def _is_whole(text: str) -> bool:
    """Whether it holds no half of a letter, which JSON can spell and no database keeps."""
    return text.encode(errors="ignore").decode() == text


def _address(value: object) -> str:
    return one_address(_text(value))


def _yes_or_no(value: object) -> bool:
    if isinstance(value, str) and value.lower() in {"true", "false"}:
        return value.lower() == "true"
    if not isinstance(value, bool):
        raise ValueError("true or false")  # noqa: TRY004 (all bad values alike)
    return value


def _moment(value: object) -> datetime:
    moment = parse_datetime(_text(str(value)))
    if moment is None:
        raise ValueError("a time")
    aware = moment if timezone.is_aware(moment) else timezone.make_aware(moment)
    try:
        return aware.astimezone(UTC)
    except OverflowError:
        raise ValueError("a time") from None


def _id(value: object) -> UUID:
    try:
        return UUID(_text(value))
    except ValueError:
        return NOBODY


Column = tuple[str, dict[str, str], Convert]
COMMON: dict[str, Column] = {
    "id": ("id", ONLY_EQUAL, _id),
    "externalid": ("external_id", EXACT, _text),
    "meta.created": ("created", ORDERED, _moment),
    "meta.lastmodified": ("changed", ORDERED, _moment),
}
PEOPLE: dict[str, Column] = {
    **COMMON,
    "username": ("user_name", TEXT, _text),
    "displayname": ("person__name", TEXT, _text),
    "title": ("person__job_title", TEXT, _text),
    "active": ("person__is_active", ONLY_EQUAL, _yes_or_no),
    "emails": ("person__email", EXACT, _address),
    "emails.value": ("person__email", EXACT, _address),
}
GROUPS: dict[str, Column] = {
    **COMMON,
    "displayname": ("display_name", TEXT, _text),
    "members": ("members__member", ONLY_EQUAL, _id),
    "members.value": ("members__member", ONLY_EQUAL, _id),
}
WORK = {"type": "work", "primary": "true"}  # what the one address of an account is


class Condition(FilterVisitor[Q]):
    """Turns a filter into a condition; ``InvalidFilterException`` for what the hub cannot ask its database."""

    def __init__(self, columns: dict[str, Column], within: str = "") -> None:
        self.columns = columns
        self.within = within

    def visit_comparison(self, node: Comparison) -> Q:
        name, operator = self._name(node.attr_path), str(node.op.value)
        if name.startswith("emails.") and (known := WORK.get(name.removeprefix("emails."))):
            return _same(str(node.value).lower() == known, operator)
        column, lookups, convert = self._column(name)
        if operator == "ne":
            return ~self._compared(column, lookups["eq"], convert, node.value)
        if operator not in lookups:
            raise InvalidFilterException(detail=f"“{name}” cannot be compared by “{operator}”.")
        return self._compared(column, lookups[operator], convert, node.value)

    def _compared(self, column: str, lookup: str, convert: Convert, value: object) -> Q:
        try:
            return Q(**{f"{column}__{lookup}": convert(value)})
        except ValueError as error:
            raise InvalidFilterException(detail=f"The filter compares with something that is not {error}.") from error

    def visit_present(self, node: Present) -> Q:
        column, _lookups, _convert = self._column(self._name(node.attr_path))
        return ~Q(**{f"{column}__isnull": True}) & (~Q(**{column: ""}) if _lookups in (TEXT, EXACT) else Q())

    def visit_not(self, node: Not) -> Q:
        return ~self.visit(node.expr)

    def visit_logical_expr(self, node: LogicalExpr) -> Q:
        joined = and_ if node.op is LogicalOperator.and_ else or_
        return reduce(joined, (self.visit(term) for term in node.terms))

    def visit_value_path(self, node: ValuePath) -> Q:
        return Condition(self.columns, node.attr_path.attr.lower()).visit(node.val_filter)

    def _name(self, path: AttrPath) -> str:
        steps = (self.within, path.attr, path.sub_attr)
        return ".".join(step.lower() for step in steps if step)

    def _column(self, name: str) -> Column:
        if name not in self.columns:
            raise InvalidFilterException(detail=f"The hub cannot filter by “{name}”.")
        return self.columns[name]


def _same(is_so: bool, operator: str) -> Q:
    """All or nothing: the one address of an account is that of work."""
    if operator not in {"eq", "ne"}:
        raise InvalidFilterException(detail="The kind of an address can be compared by “eq” only.")
    everybody, nobody = ~Q(pk__in=[]), Q(pk__in=[])
    return everybody if is_so is (operator == "eq") else nobody


def condition(text: str, columns: dict[str, Column]) -> Q:
    """What ``text`` asks for."""
    return Condition(columns).visit(_parsed(text))


def _parsed(text: str) -> Any:
    if len(text) > 1000:
        raise InvalidFilterException(detail="The filter is too long.")
    try:
        return ScimFilter(text).ast
    except (RecursionError, ValueError) as error:
        raise InvalidFilterException(detail=f"The filter cannot be read: {error}") from error
