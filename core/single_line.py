"""What is typed into a field of one line holds one line."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.db import models

from core.text import one_line


class OneLineFields(models.Model):
    """A model whose ``CharField`` values hold no line break and no other control character once they are validated.

    A program that fills in a form can send them; calendars, feeds and e-mail would take what follows for a field of
    their own.
    """

    class Meta:
        abstract = True

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        for field in self._meta.concrete_fields:
            value: object = getattr(self, field.attname) if type(field) is models.CharField else None
            if isinstance(value, str):
                setattr(self, field.attname, one_line(value))
        super().clean_fields(exclude)


class OneLineAnswers(forms.Form):
    """A form whose boxes of one line give one line, without what nobody sees or what turns the line round.

    For forms that keep drafts: a draft is not validated, so that no model would clean what stands in it.
    """

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name, field in self.fields.items():
            if type(field) is forms.CharField and type(field.widget) is forms.TextInput and name in cleaned:
                cleaned[name] = one_line(cleaned[name])
        return cleaned
