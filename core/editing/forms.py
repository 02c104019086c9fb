"""Forms of Wagtail's editor: nobody puts a thing where they may not see it."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm
from wagtail.models import Page

from core.current_reader import GRANTED, held_tokens
from core.editing.access import OPEN_TO_INSIDERS, is_open
from core.pictures.describing import AsksForDescriptions

UNKNOWN = _("Select a valid choice. That choice is not one of the available choices.")
NOT_YOURS = _("Only members make something for members alone. Choose another audience, or ask one of them.")


class KeepsInSight:
    """Refuses a choice that is closed to the editor, and an audience that they do not belong to."""

    def _post_clean(self) -> None:
        form: Any = self
        super()._post_clean()  # type: ignore[misc]  # the form's
        for name, value in list(form.cleaned_data.items()):
            if isinstance(value, Page) and not form.is_open_choice(value):
                form.add_error(name, UNKNOWN)
        if not form.errors and form.for_user and not form.stays_in_sight():
            form.add_error("audience" if "audience" in form.fields else None, NOT_YOURS)

    def is_open_choice(self, page: Page) -> bool:
        person = self.for_user  # type: ignore[attr-defined]
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
        held = held_tokens(form.for_user)
        if token not in held | OPEN_TO_INSIDERS and form.for_user.is_superuser:
            setattr(form.for_user, GRANTED, held | {token})
            return True
        return token in held | OPEN_TO_INSIDERS


class HubPageForm(KeepsInSight, AsksForDescriptions, WagtailAdminPageForm):
    """The form of every page of the hub."""


class HubThingForm(KeepsInSight, WagtailAdminModelForm):
    """The form of what is no page but has an audience."""
