"""Fields that keep what people type in one form, at every door: a form, the editor, an import, a command."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.text import is_legible, one_line

LONG = 1000
"""Letters of a text among which there is one to be seen: it is not looked through."""


def validate_legible(text: str) -> None:
    """A name or title has something to read."""
    if text and not is_legible(text):
        raise ValidationError(_("Write at least one letter or number."), code="illegible")


class LineField(models.CharField):
    """One line that is shown as a name, a title or a link: kept without what nobody sees (``core.text.one_line``).

    To migrations it is a ``CharField``: the column is the same.
    """

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def to_python(self, value: object) -> Any:
        return one_line(value) if isinstance(value, str) else super().to_python(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """What code sets without validating it is brought to the same form."""
        value = self.to_python(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value


class LineAnswer(forms.CharField):
    """The box of a form for one such line: what nobody sees is no answer, and one that is required asks again."""

    def to_python(self, value: object) -> Any:
        return one_line(super().to_python(value) or "")


class WordsAnswer(forms.CharField):
    """The box of a form for several lines: kept as it is typed, unless there is nothing in it that anybody sees."""

    def to_python(self, value: object) -> Any:
        text = super().to_python(value) or ""
        return text if len(text) > LONG or one_line(text) else ""


class NameField(LineField):
    """A line that must have something to read."""

    default_validators = [*models.CharField.default_validators, validate_legible]
