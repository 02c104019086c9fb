"""Who looks after a new community, in Wagtail's editor."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import MultipleChooserPanel, Panel

from core.editing.forms import HubPageForm

if TYPE_CHECKING:
    from communities.models import CommunityPage

RELATION = "first_facilitators"


UNATTENDED = _("Name at least one person who looks after the community, under “Facilitators”, then publish.")
TOO_SMALL = _("Each facilitator needs a place. Give it more places.")


class CommunityForm(HubPageForm):
    """A community names its facilitators before it is published; a draft may lack them.

    Once it is live or somebody has facilitated it, the hub is the one place to name them, and the form asks no more.
    """

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if not asks_for_facilitators(self.instance):
            self.formsets.pop(RELATION, None)

    def clean(self) -> Any:
        cleaned: dict[str, Any] = super().clean()
        if RELATION in self.formsets and not self.is_deferred_validation:
            self._clean_facilitators(cleaned)
        return cleaned

    def stays_in_sight(self) -> bool:
        """A new community has no members yet whom its audience could leave out."""
        return not self.instance.pk or super().stays_in_sight()

    def _clean_facilitators(self, cleaned: dict[str, Any]) -> None:
        named = self._named()
        if not named:
            self.add_error(None, UNATTENDED)
        capacity = cleaned.get("capacity")
        if capacity is not None and capacity < len(named):
            self.add_error("capacity", TOO_SMALL)

    def _named(self) -> list[Any]:
        """The people in the form whose accounts are on."""
        formset = self.formsets[RELATION]
        formset.is_valid()
        rows = [form.cleaned_data for form in formset.forms if hasattr(form, "cleaned_data")]
        people = {row["person"] for row in rows if row.get("person") and not row.get("DELETE")}
        return [person for person in people if person.is_active]


def asks_for_facilitators(community: "CommunityPage") -> bool:
    """Whether this is a new community. One that is live and has none stands on the hub team's front page."""
    return not (community.pk and (community.live or community.has_been_facilitated()))


def gaps_of_facilitators(community: "CommunityPage") -> Iterator[str]:
    """What the form would ask of a community that is published without it."""
    if asks_for_facilitators(community):
        people = len(community.named_facilitators())
        if not people:
            yield str(UNATTENDED)
        if community.capacity is not None and community.capacity < people:
            yield str(TOO_SMALL)


class FacilitatorsPanel(MultipleChooserPanel):
    """Choosing several people at once, for as long as the form asks for them."""

    class BoundPanel(MultipleChooserPanel.BoundPanel):
        def __init__(self, *, form: CommunityForm | None = None, **kwargs: object) -> None:
            self.is_asked = form is None or RELATION in form.formsets
            if self.is_asked:
                super().__init__(form=form, **kwargs)
            else:
                Panel.BoundPanel.__init__(self, form=form, **kwargs)

        def is_shown(self) -> bool:
            return self.is_asked and super().is_shown()
