"""The catalogue of qualifications in Wagtail's editor, for the hub team, beside that of roles."""

from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext, gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.snippets.views.snippets import SnippetViewSet

from communities.models import Qualification


class QualificationForm(WagtailAdminModelForm):
    """A qualification. Its address is made once, from its first name."""

    instance: Qualification

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean()
        if self.instance.pk is None and values.get("name"):
            self.instance.slug = slugify(values["name"])[:80] or "qualification"
            if Qualification.objects.filter(slug=self.instance.slug).exists():
                self.add_error("name", gettext("There is a qualification with nearly this name already."))
        return values


class QualificationViewSet(SnippetViewSet):
    """What roles can demand."""

    model = Qualification
    icon = "check"
    menu_label = _("Qualifications")
    menu_order = 266
    add_to_admin_menu = True
    list_display = ("name", "months", "what_for")
    ordering = ("name",)
    edit_handler = ObjectList(
        [FieldPanel("name"), FieldPanel("what_for"), FieldPanel("months")], base_form_class=QualificationForm
    )
