"""A list of capabilities in one column, which both databases can ask about."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from communities.choices import Capability

if TYPE_CHECKING:
    _CharField = models.CharField[Any, Any]
else:
    _CharField = models.CharField


class CapabilitiesField(_CharField):
    """``[Capability.SPEAK, …]``, kept as ``,speak,moderate,``: ``capabilities__holds="speak"`` finds it anywhere."""

    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": 400, "blank": True, "default": list, **kwargs})

    def from_db_value(self, value: str | None, *_args: object) -> list[Capability]:
        return _read(value)

    def to_python(self, value: Iterable[str] | str | None) -> Any:
        if isinstance(value, str):
            return _read(value)
        unknown = set(value or ()) - set(Capability.values)
        if unknown:
            raise ValidationError(_("There is no such capability."))
        return [one for one in Capability if one in set(value or ())]

    def get_prep_value(self, value: Iterable[str]) -> str:
        names = value if isinstance(value, str) else ",".join(value or ())
        return f",{names.strip(',')}," if names.strip(",") else ""

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj))

    def formfield(self, **kwargs: Any) -> Any:
        return forms.MultipleChoiceField(
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
            choices=Capability.choices,
            required=not self.blank,
            widget=forms.CheckboxSelectMultiple,
            **{name: value for name, value in kwargs.items() if name in {"label", "help_text", "initial"}},
        )

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """What there is was checked when it was read."""

    def run_validators(self, value: Any) -> None:
        super().run_validators(self.get_prep_value(value))


def _read(value: str | None) -> list[Capability]:
    named = set((value or "").split(","))
    return [one for one in Capability if one.value in named]


@CapabilitiesField.register_lookup
class Holds(models.Lookup[Any]):
    """``capabilities__holds=Capability.MODERATE``."""

    lookup_name = "holds"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        column, given = self.process_lhs(compiler, connection)
        return f"{column} LIKE %s", (*given, f"%,{Capability(self.rhs).value},%")
