"""Forms of Wagtail's editor: nobody puts a thing where they may not see it."""

from typing import Any, Protocol

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm
from wagtail.models import Page

from core.current_reader import GRANTED
from core.editing.access import OPEN_TO_INSIDERS, editor_tokens, is_open
from core.pictures.describing import AsksForDescriptions
from core.registry import Registry

UNKNOWN = _("Select a valid choice. That choice is not one of the available choices.")
NOT_YOURS = _("Only members make something for members alone. Choose another audience, or ask one of them.")
NO_COPIES = _("Only those who may publish the page publish copies of it.")


class FormRule(Protocol):
    """What a room above asks of every form of the editor."""

    def prepare(self, form: Any) -> None:
        """Offer only what may be chosen."""

    def check(self, form: Any) -> None:
        """Add the errors of a form whose fields are read, however it was filled in."""


RULES: Registry[FormRule] = Registry("rules for forms of the editor", taken_by="core")


class KeepsInSight:
    """Refuses a choice that is closed to the editor, and an audience that they do not belong to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for rule in RULES:
            rule.prepare(self)

    def _post_clean(self) -> None:
        form: Any = self
        super()._post_clean()  # type: ignore[misc]  # the form's
        for name, value in list(form.cleaned_data.items()):
            if isinstance(value, Page) and not form.is_open_choice(value):
                form.add_error(name, UNKNOWN)
        if not form.errors and form.for_user and not form.stays_in_sight():
            form.add_error("audience" if "audience" in form.fields else None, NOT_YOURS)
        for rule in RULES if form.for_user and not form.errors else ():
            rule.check(form)

    def is_open_choice(self, page: Page) -> bool:
        person = self.for_user  # type: ignore[attr-defined]  # Wagtail's forms have it
        return person is None or is_open(person, page.specific)

    def stays_in_sight(self) -> bool:
        """Whether the editor may see what the form makes.

        Whoever runs the hub may make more. The token is lent to them, so that Wagtail lets them finish; what they made
        is told afterwards (``core.wagtail_hooks``).
        """
        form: Any = self
        try:
            token = form.instance.own_audience_token()
        except ObjectDoesNotExist:
            return True
        held = editor_tokens(form.for_user)
        if token not in held | OPEN_TO_INSIDERS and form.for_user.is_superuser:
            setattr(form.for_user, GRANTED, getattr(form.for_user, GRANTED, frozenset()) | {token})
            return True
        return token in held | OPEN_TO_INSIDERS


class HubPageForm(KeepsInSight, AsksForDescriptions, WagtailAdminPageForm):
    """The form of every page of the hub."""


class HubThingForm(KeepsInSight, WagtailAdminModelForm):
    """The form of what is no page but has an audience."""


class HubCopyForm(CopyForm):
    """The form of a copy. Wagtail asks whether somebody publishes at all, and there."""

    def clean(self) -> Any:
        cleaned = super().clean()
        is_published = self.cleaned_data.get("publish_copies") or self.cleaned_data.get("alias")
        if is_published and not self.page.permissions_for_user(self.user).can_publish():
            self.add_error(None, NO_COPIES)
        return cleaned
