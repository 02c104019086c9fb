"""The form of a page of guidance: what it says, and who keeps it true."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.choices import Capability
from communities.content_writing.forms import LONGEST, ContentForm
from communities.content_writing.photographs import PhotographForm, upload
from communities.models import CommunityPage
from communities.rights import memberships_with
from core.blocks import picture_block
from core.writing.blocks import append_block, body_of_plain, holds_parts
from core.writing.drafts import Bring
from knowledge.models import GuidancePage
from knowledge.writing.fields import NAMES, NEEDED, PEOPLE
from people.models import User

DAY = {"type": "date"}
PARTS = _(
    "A line in double brackets stands for a picture or something else that has no plain form. Move it or take it "
    "out; what it stands for is changed in the editor."
)


class GuidanceForm(PhotographForm, ContentForm):
    """Who checked it is one of those who look after the community's guidance."""

    needed = NEEDED
    names = NAMES
    field_order = (
        *("title", "summary", "body", "photograph", "shows", "topics"),
        *("checked_by", "checked_on", "due_on", "keeper", "audience", "seen"),
    )

    body = forms.CharField(
        label=_("Guidance"),
        help_text=_(
            "An empty line begins a new paragraph. Put ## before a heading, - before each line of a list, "
            "** round **bold** words, and write [words](https://…) for a link."
        ),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    checked_by = forms.ChoiceField(label=_("Who checked it"), required=False)
    checked_on = forms.DateField(label=_("Checked on"), required=False, widget=forms.DateInput(DAY, "%Y-%m-%d"))
    due_on = forms.DateField(
        label=_("Due for another look on"),
        help_text=_("Whoever looks after it is asked on that day."),
        required=False,
        widget=forms.DateInput(DAY, "%Y-%m-%d"),
    )
    keeper = forms.ChoiceField(
        label=_("Kept by"), help_text=_("Who is asked when it is due, beside the facilitators."), required=False
    )

    def __init__(self, *args: Any, community: CommunityPage, draft: GuidancePage | None = None, **kwargs: Any) -> None:
        super().__init__(*args, community=community, draft=draft, **kwargs)
        self.blocks = list(draft.body.raw_data) if draft else []
        people = [(str(one.pk), str(one)) for one in people_offered(community, draft)]
        for name, nobody in zip(PEOPLE, (_("Nobody has yet"), _("Whoever checked it last")), strict=True):
            cast("forms.ChoiceField", self.fields[name]).choices = [("", nobody), *people]
        if holds_parts(self.blocks):
            body = self.fields["body"]
            body.help_text = f"{body.help_text} {PARTS}"

    @property
    def care(self) -> list[forms.BoundField]:
        """What says how far to trust it."""
        return [self[name] for name in ("checked_by", "checked_on", "due_on", "keeper")]

    def bring(self, by: User) -> Bring:
        """A photograph stands at the end of the body, and from then on as a line that can be moved."""
        photograph = self.photograph_typed()

        def put(page: GuidancePage) -> bool:
            image = upload(photograph, page.title, by, page.community) if photograph.is_new else None
            if image is None or image.pk in page.picture_keys:  # the same form was sent before
                return False
            append_block(page, picture_block(image.pk, photograph.shows))
            return True

        return put

    def again(self, by: User) -> dict[str, str]:
        return self.photograph_again(by, str(self.cleaned_data.get("title", "")))

    def clean_body(self) -> str:
        text = str(self.cleaned_data["body"])
        body_of_plain(text, self.blocks)
        return text

    def clean_checked_on(self) -> object:
        day = self.cleaned_data["checked_on"]
        if day and day > timezone.localdate():
            raise ValidationError(_("This day is still to come."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        checked, due = cleaned.get("checked_on"), cleaned.get("due_on")
        if checked and due and due < checked:
            self.add_error("due_on", _("It falls due after it was checked. Choose a later day."))
        if cleaned.get("checked_by") and not checked and "checked_on" not in self.errors:
            self.add_error("checked_on", _("Say on which day."))
        return cleaned


def people_offered(community: CommunityPage, draft: GuidancePage | None) -> QuerySet[User]:
    """Those who look after the community's guidance, and whoever stands on the page already."""
    mine = memberships_with(Capability.GUIDANCE).filter(community=community.pk).values("person")
    named = [pk for pk in (draft.checked_by_id, draft.keeper_id) if pk] if draft else []
    return User.objects.filter(Q(pk__in=mine, is_active=True) | Q(pk__in=named)).by_name()
