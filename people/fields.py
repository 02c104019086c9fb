"""Fields of a person that are kept in one form, or follow from the others."""

import unicodedata
from typing import Any

from django.core.validators import MaxLengthValidator, validate_email
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from core.text import one_line

LONGEST_ADDRESS = 254  # as of Django's own fields: no longer one can be written to


def one_address(address: str) -> str:
    """An e-mail address in its one form: small letters, and the domain as the net writes it."""
    local, at, domain = unicodedata.normalize("NFKC", one_line(address)).lower().rpartition("@")
    try:
        domain = domain.encode("idna").decode("ascii")
    except UnicodeError:  # no domain at all: the validator says so
        return f"{local}{at}{domain}"
    return f"{local}{at}{domain}"


def validate_address(email: str) -> None:
    """Whether an account can have this address: it is one, and no longer than its column."""
    validate_email(email)
    MaxLengthValidator(LONGEST_ADDRESS)(email)


class AddressField(models.EmailField):
    """One address is one person, in any case: brought to one form when it is kept and when it is looked for."""

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.EmailField", args, kwargs

    def to_python(self, value: object) -> Any:
        return (one_address(value) or None) if isinstance(value, str) else super().to_python(value)

    def get_prep_value(self, value: object) -> Any:
        return super().get_prep_value(self.to_python(value))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = self.to_python(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value


class Follows:
    """A column that follows from others of its row, however that is saved: ``own_<its name>`` of the model says how."""

    attname: str

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value: str = getattr(model_instance, f"own_{self.attname}")()
        setattr(model_instance, self.attname, value)
        return value


class SortKeyField(Follows, models.CharField):
    """Where a list puts the row. Compared letter by letter, so that no database's own language changes the order."""

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        collation = {"postgresql": "C"}.get(connection.vendor)
        return {**super().db_parameters(connection), **({"collation": collation} if collation else {})}


class WordsToFindField(Follows, models.TextField):
    """By which words the row is found."""
