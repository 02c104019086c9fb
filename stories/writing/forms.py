"""The form in which somebody tells a story: the template of the house."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.content_writing.forms import LONGEST, ContentForm
from communities.content_writing.photographs import PhotographForm
from communities.models import CommunityPage
from core.writing.drafts import Bring
from people.models import User
from stories.models import PARTS, StoryPage
from stories.writing.fields import NAMES, NEEDED, YES
from stories.writing.photographs import place


def _part(name: str) -> forms.CharField:
    field: Any = StoryPage._meta.get_field(name)
    label = str(field.verbose_name)
    words = forms.Textarea(attrs={"rows": 4})
    title = label[:1].upper() + label[1:]
    return forms.CharField(label=title, help_text=field.help_text, max_length=LONGEST, required=False, widget=words)


class StoryWritingForm(PhotographForm, ContentForm):
    """The parts of the template come after what lists show of it."""

    needed = NEEDED
    names = NAMES
    field_order = (
        *("title", "summary", *PARTS, "quote", "quoted"),
        *("photograph", "shows", "goes", "topics", "audience", "speaks", "seen"),
    )

    title = forms.CharField(label=_("Title"), help_text=_("What happened, in a line."), max_length=200, required=False)
    quote = forms.CharField(
        label=_("Somebody’s words"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    quoted = forms.CharField(label=_("Whose words"), help_text=_("Ask them first."), max_length=160, required=False)
    goes = forms.BooleanField(label=_("Take the photograph out"), required=False)
    speaks = forms.BooleanField(
        label=_("Said for the community"),
        help_text=_("Readers see it so. Without it, it is your own word."),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        community: CommunityPage,
        draft: StoryPage | None = None,
        may_speak: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, community=community, draft=draft, **kwargs)
        self.story = draft
        self.fields |= {name: _part(name) for name in PARTS}
        self.order_fields(self.field_order)
        if draft is None or draft.picture_id is None:
            del self.fields["goes"]
        if not may_speak:
            del self.fields["speaks"]
        if not self.is_bound:
            self.mark_what_is_needed()

    @property
    def parts(self) -> list[forms.BoundField]:
        """The parts of the template that a plain box can show."""
        return [self[name] for name in PARTS if name in self.fields]

    def keeps_photograph(self) -> bool:
        return self.story is not None and self.story.picture_id is not None and not self.cleaned_data.get("goes")

    def typed(self) -> dict[str, str]:
        said = super().typed()
        return {**said, "speaks": YES if said["speaks"] else ""} if "speaks" in said else said

    def bring(self, by: User) -> Bring:
        """There is one photograph, in the place of the drawn print."""
        photograph = self.photograph_typed()
        return lambda story: place(story, photograph, by)

    def again(self, by: User) -> dict[str, str]:
        shows = str(self.cleaned_data.get("shows", ""))
        return {"shows": shows, **self.photograph_again(by, str(self.cleaned_data.get("title", "")))}
