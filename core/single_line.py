"""What is typed into a field of one line holds one line."""

from collections.abc import Collection

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
