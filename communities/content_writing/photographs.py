"""The photographs that people bring with what they write, and who may see them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, dumps, loads
from django.utils.translation import gettext_lazy as _

from communities.models import CommunityPage, ContentPage
from communities.services.collections import collection_of
from core.audiences import Audience
from core.models import HubImage
from core.pictures.fields import ACCEPTED, PictureField
from core.single_line import OneLineAnswers
from people.models import User

if TYPE_CHECKING:
    from django.core.files import File

SALT = "communities.brought"
NOT_FOR_MEMBERS = _(
    "A photograph cannot be for members alone yet. Take it out, or choose another audience under “Who may read it”."
)


@dataclass(frozen=True, slots=True)
class ChosenPhotograph:
    """What a form says of it: a new one, what it shows, or that there is to be none."""

    file: "File[bytes] | None" = None
    shows: str = ""
    goes: bool = False
    brought: str = ""
    """One that came with a form that could not be kept, as ``bring_ahead`` named it."""

    @property
    def is_new(self) -> bool:
        return bool(self.file or self.brought)


def upload(photograph: ChosenPhotograph, title: str, by: User, community: CommunityPage | None) -> HubImage | None:
    """For the organisation until readers have the page, or as private as the community in whose collection it stands:
    whoever writes for it has the photograph, too. ``None`` where one that was brought before is gone.
    """
    if not photograph.file:
        return _brought(photograph, by)
    place = {"collection": collection_of(community)} if community else {}
    made: HubImage = HubImage.objects.create(
        title=title[:255] or str(photograph.file),
        file=photograph.file,
        description=photograph.shows,
        audience=Audience.ORGANISATION,
        uploaded_by_user=by,
        **place,
    )
    return made


def bring_ahead(photograph: ChosenPhotograph, title: str, by: User, community: CommunityPage | None) -> str:
    """Keep a photograph whose form could not be kept, and name it for the next try: browsers forget what was chosen."""
    if not photograph.file:
        return photograph.brought
    made = upload(photograph, title, by, community)
    return dumps(made.pk, salt=SALT) if made else ""


def _brought(photograph: ChosenPhotograph, by: User) -> HubImage | None:
    try:
        key = loads(photograph.brought, salt=SALT)
    except BadSignature:
        return None
    found = HubImage.objects.filter(pk=key, uploaded_by_user=by).first()
    if found is not None and photograph.shows and found.description != photograph.shows:
        found.description = photograph.shows
        found.save(update_fields=["description"])
    return found


def open_to_readers(page: ContentPage, before: ContentPage | None) -> None:
    """What its writers brought is for whoever reads the page, once it is live: by whichever door it was published."""
    keys = page.picture_keys
    if not page.live or not keys or page.audience == Audience.MEMBERS:
        return
    if before is not None and (before.live, before.audience, before.picture_keys) == (True, page.audience, keys):
        return
    writers = {page.owner_id, *page.revisions.order_by().values_list("user", flat=True).distinct()} - {None}
    brought = HubImage.objects.filter(pk__in=keys, uploaded_by_user__in=writers)
    for image in brought.exclude(audience=page.audience):
        image.audience = page.audience
        image.save()


class PhotographForm(OneLineAnswers):
    """A form to which somebody brings one."""

    community: CommunityPage
    photograph = PictureField(label=_("Photograph"), required=False, widget=forms.FileInput(attrs={"accept": ACCEPTED}))
    brought = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    shows = forms.CharField(
        label=_("What the photograph shows"),
        help_text=_("For whoever cannot see it. Ask the people on it first."),
        max_length=255,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        is_open = self.community.audience != Audience.MEMBERS  # else its collection is as private as what is written
        is_new = cleaned.get("photograph") or cleaned.get("brought")
        shows_one = is_new or self.keeps_photograph()
        if is_open and cleaned.get("audience") == Audience.MEMBERS and shows_one:
            self.add_error("photograph", ValidationError(NOT_FOR_MEMBERS))
        if is_new and not cleaned.get("shows"):
            self.add_error("shows", _("Say in a line what the photograph shows."))
        return cleaned

    def keeps_photograph(self) -> bool:
        """Whether the page goes on showing one that was brought before."""
        return False

    def photograph_typed(self) -> ChosenPhotograph:
        said = self.cleaned_data
        return ChosenPhotograph(
            said.get("photograph"), said.get("shows", ""), bool(said.get("goes")), said.get("brought", "")
        )

    def photograph_again(self, by: User, title: str) -> dict[str, str]:
        """For the form that asks again: what was chosen is kept, and what it shows is typed already."""
        typed = self.photograph_typed()
        brought = bring_ahead(typed, title, by, self.community) if typed.is_new else ""
        return {"brought": brought, "shows": typed.shows} if brought else {}
