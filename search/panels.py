"""What search puts beside a form of Wagtail's editor."""

from typing import Any

from django.forms import Media, Script
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from indexing.documents import key_of


class NearPanel(Panel):
    """What there is already about what somebody writes, and whom to ask: as far as they may see it as a reader."""

    def __init__(self, fields: str = "title summary", **kwargs: object) -> None:
        kwargs.setdefault("heading", _("Already there?"))
        super().__init__(**kwargs)
        self.fields = fields

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "fields": self.fields}

    class BoundPanel(Panel.BoundPanel):
        template_name = "search/near_panel.html"

        def get_context_data(self, parent_context: object = None) -> dict[str, Any]:
            return {
                **super().get_context_data(parent_context),
                "fields": self.panel.fields,
                "leave_out": key_of(self.instance) if self.instance.pk else "",
            }

        @property
        def media(self) -> Media:
            return Media(js=[Script("js/as_you_write.js", type="module")])  # type: ignore[list-item]  # the stubs know no Script
