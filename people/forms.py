"""Forms of people: their own profile, and accounts in Wagtail's editor."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps
from wagtail.users.forms import UserCreationForm, UserEditForm

from hub import art
from hub.audiences import Audience
from people.models import User

PHOTO_SIDE = 480  # pixels
PHOTO_LIMIT = 8 * 1024 * 1024  # bytes
LISTED = ((Audience.EVERYONE, _("Everyone")), (Audience.ORGANISATION, _("The organisation, and members of my communities")), (Audience.MEMBERS, _("Only members of my communities")))  # fmt: skip


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]
    """What one says about oneself."""

    portrait = forms.ChoiceField(label=_("Drawn portrait"), required=False)
    audience = forms.ChoiceField(label=_("Who may see this page"), choices=LISTED)

    class Meta:
        model = User
        fields = ("name", "role", "location", "about", "skills", "portrait", "photo", "audience", "may_be_suggested")
        help_texts: ClassVar = {
            "skills": _("What people may ask you about. Topics, with commas between them."),
            "photo": _("A JPEG, PNG or WebP of at most 8 MB. It takes the place of the drawn portrait."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True
        names = ((name, name.replace("-", " ").capitalize()) for name in art.KINDS["portrait"])
        self.fields["portrait"].choices = [("", _("Whichever my name gives")), *names]  # type: ignore[attr-defined]

    def clean_photo(self) -> Any:
        """A photograph that can be opened and is not enormous; cut square, and without what the camera wrote into it."""
        photo = self.cleaned_data.get("photo")
        if not photo or not hasattr(photo, "content_type"):
            return photo
        if photo.size > PHOTO_LIMIT:
            raise forms.ValidationError(_("This file is larger than 8 MB. Choose a smaller one."))
        return _square(photo)


def _square(photo: Any) -> Any:
    from io import BytesIO  # noqa: PLC0415

    from django.core.files.base import ContentFile  # noqa: PLC0415

    image = ImageOps.exif_transpose(Image.open(photo)).convert("RGB")
    square = ImageOps.fit(image, (PHOTO_SIDE, PHOTO_SIDE))
    file = BytesIO()
    square.save(file, "WEBP", quality=82)
    return ContentFile(file.getvalue(), name="photo.webp")


class EditorUserEditForm(UserEditForm):  # type: ignore[misc]
    """An account in Wagtail's editor, with what makes somebody an insider."""

    class Meta(UserEditForm.Meta):
        fields = UserEditForm.Meta.fields | {"name", "kind", "role", "organisation", "audience"}


class EditorUserCreationForm(UserCreationForm):  # type: ignore[misc]
    """A new account in Wagtail's editor."""

    class Meta(UserCreationForm.Meta):
        fields = UserCreationForm.Meta.fields | {"kind", "role", "organisation", "audience"}
