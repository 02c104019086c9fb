"""The form of a story in the editor."""

from typing import Any

from django.utils.translation import gettext as _

from communities.choices import Capability
from communities.models import CommunityPage
from communities.rights import can
from core.editing.forms import HubPageForm
from stories.named.gate import hindrances


class StoryEditorForm(HubPageForm):
    """Who says something for a community must have the right to, whenever they save it."""

    def clean(self) -> Any:
        cleaned: dict[str, Any] = super().clean()
        if cleaned.get("speaks") and self.for_user is not None:
            self._clean_speaks(cleaned.get("community"))
        return cleaned

    def _post_clean(self) -> None:
        """*Publish* waits for whoever is named; a draft may be kept all the same."""
        super()._post_clean()
        form: Any = self
        if "action-publish" in form.data and not form.errors:
            for words in hindrances(form.instance):
                form.add_error(None, words)

    def _clean_speaks(self, community: CommunityPage | None) -> None:
        if community is None:
            self.add_error("speaks", _("Choose the community for which it is said."))
        elif not (answer := can(self.for_user, Capability.SPEAK, community)):
            self.add_error("speaks", f"{answer.because} {answer.ask}")
