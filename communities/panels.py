"""Who looks after a new community, in Wagtail's editor."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import MultipleChooserPanel, Panel

RELATION = "first_facilitators"


class CommunityForm(WagtailAdminPageForm):
    """A community names its facilitators before it is published; a draft may lack them.

    Once it is live or somebody has facilitated it, the hub is the one place to name them, and the form asks no more.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_for_facilitators(self.instance):
            self.formsets.pop(RELATION, None)

    def clean(self) -> Any:
        cleaned: dict[str, Any] = super().clean()
        if RELATION in self.formsets and not self.is_deferred_validation:
            self._clean_facilitators(cleaned)
        return cleaned

    def _clean_facilitators(self, cleaned: dict[str, Any]) -> None:
        named = self._named()
        if not named:
            self.add_error(
                None, _("Name at least one person who looks after the community, under “Facilitators”, then publish.")
            )
        capacity = cleaned.get("capacity")
        if capacity is not None and capacity < len(named):
            self.add_error("capacity", _("Each facilitator needs a place. Give it more places."))

    def _named(self) -> list[Any]:
        """The people in the form whose accounts are on."""
        formset = self.formsets[RELATION]
        formset.is_valid()
        rows = [form.cleaned_data for form in formset.forms if hasattr(form, "cleaned_data")]
        people = {row["person"] for row in rows if row.get("person") and not row.get("DELETE")}
        return [person for person in people if person.is_active]


def asks_for_facilitators(community: Any) -> bool:
    """Whether this is a new community. One that is live and has none stands on the hub team's front page."""
    from communities.services import has_been_facilitated  # noqa: PLC0415 (it imports the models)

    return not (community.pk and (community.live or has_been_facilitated(community)))


class FacilitatorsPanel(MultipleChooserPanel):
    """Choosing several people at once, for as long as the form asks for them."""

    class BoundPanel(MultipleChooserPanel.BoundPanel):
        def __init__(self, **kwargs: Any) -> None:
            form = kwargs.get("form")
            self.is_asked = form is None or RELATION in form.formsets
            if self.is_asked:
                super().__init__(**kwargs)
            else:
                Panel.BoundPanel.__init__(self, **kwargs)

        def is_shown(self) -> bool:
            return self.is_asked and super().is_shown()
