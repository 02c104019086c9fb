"""The catalogue of roles in Wagtail's editor, for the hub team."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import slugify
from django.utils.translation import gettext, gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.snippets.views.snippets import SnippetViewSet

from communities.choices import Capability
from communities.models import Role
from communities.services.responsibilities import publish
from communities.suspended_roles import tell_holders


class RoleForm(WagtailAdminModelForm):
    """A role, with what it asks in writing. Other words there are a new version, which its holders accept anew."""

    instance: Role
    asks = forms.CharField(
        label=_("Responsibilities"),
        help_text=_("One a line. When you change them, everybody who holds the role is asked to accept them again."),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        latest = self.instance.responsibilities.first() if self.instance.pk else None
        self.initial["asks"] = latest.text if latest else ""

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean()
        if self.instance.pk is None and values.get("name"):
            self.instance.slug = slugify(values["name"])[:60] or "role"
            if Role.objects.filter(slug=self.instance.slug).exists():
                self.add_error("name", gettext("There is a role with nearly this name already."))
        if self.instance.is_standing and Capability.MANAGE_MEMBERS not in values.get("capabilities", ()):
            self.add_error("capabilities", gettext("Somebody has to manage members: leave that with this role."))
        return values

    def save(self, commit: bool = True) -> Any:
        before = set(self.instance.qualifications.all()) if self.instance.pk else set()
        role = super().save(commit=commit)
        if commit:
            tell_holders(role, set(role.qualifications.all()) - before)
            publish(role, self.cleaned_data.get("asks", ""), self.for_user)
        return role


class RoleViewSet(SnippetViewSet):
    """What there is to be in a community."""

    model = Role
    icon = "group"
    menu_label = _("Roles")
    menu_order = 265
    add_to_admin_menu = True
    list_display = ("name", "rank", "what_for")
    ordering = ("rank", "name")
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("rank"),
            FieldPanel("what_for"),
            FieldPanel("capabilities"),
            FieldPanel("qualifications", widget=forms.CheckboxSelectMultiple),
            FieldPanel("asks"),
        ],
        base_form_class=RoleForm,
    )


def keep_what_was_held(request: HttpRequest, instances: Collection[Any]) -> HttpResponse | None:
    """Nobody deletes a role that somebody held or that a grant names: their past would be gone. Says what to do."""
    kept = [one for one in instances if isinstance(one, Role) and (one.is_standing or _is_used(one))]
    if not kept:
        return None
    words = gettext(
        "%(roles)s stays: people hold or held it, or a grant names it, and their job descriptions say so. "
        "To retire it, take it from those who hold it now, and give it a name that says so and a high rank."
    )
    messages.error(request, words % {"roles": ", ".join(map(str, kept))})
    return redirect(RoleViewSet().get_url_name("list"))


def _is_used(role: Role) -> bool:
    return role.holdings.exists() or role.grants.exists()
