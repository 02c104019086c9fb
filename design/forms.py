"""Choosing one of the pictures that are drawn by code, by its look."""

from typing import Any

from django import forms
from django.utils.functional import Promise

from design import art
from design.art.views import address

SIZES = {"portrait": (96, 96), "emblem": (96, 96), "cover": (240, 64), "story": (120, 80)}


def drawn(kind: str, none: str | Promise) -> list[tuple[str, Any]]:
    """The choices: every picture of ``kind`` by its name; ``none`` says what is drawn where none is chosen."""
    return [("", none), *((name, name.replace("-", " ").capitalize()) for name in art.KINDS[kind])]


class DrawnChoice(forms.RadioSelect):
    """Drawn pictures to choose from, shown rather than named. ``seed`` is what they are drawn for: whose face, say."""

    template_name = "components/drawn_choice.html"
    option_template_name = "components/drawn_option.html"

    def __init__(self, kind: str, says: str | Promise, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.says, self.seed = kind, says, ""

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"] |= {"kind": self.kind, "says": self.says}
        return context

    def create_option(self, name: str, value: object, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The option with the picture that it stands for."""
        width, height = SIZES[self.kind]
        option = super().create_option(name, value, *args, **kwargs)
        return {**option, "picture": address(self.kind, self.seed, str(value)), "width": width, "height": height}
