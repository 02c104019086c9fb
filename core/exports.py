"""Tables that leave the hub: what somebody typed must not run when a spreadsheet opens it."""

from typing import Any

from wagtail.admin.views.mixins import SpreadsheetExportMixin

FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_wagtails = SpreadsheetExportMixin.preprocess_field_value


def as_words(value: object) -> Any:
    """The value as a spreadsheet shows it: text that begins like a formula has an apostrophe in front."""
    return f"'{value}" if isinstance(value, str) and value.lstrip(" \u00a0").startswith(FORMULAS) else value


def _preprocessed(self: SpreadsheetExportMixin, field: str, value: object, export_format: str) -> Any:
    written = _wagtails(self, field, value, export_format)
    return as_words(written) if export_format == self.FORMAT_CSV else written


def keep_formulas_out() -> None:
    """For every export, Wagtail's own reports among them. In its XLSX every text is marked as one already."""
    SpreadsheetExportMixin.preprocess_field_value = _preprocessed
