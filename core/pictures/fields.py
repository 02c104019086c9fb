"""Form fields that take pictures: what they hand on is the picture made anew, under a name that tells its kind."""

from io import BytesIO
from pathlib import PurePath
from typing import Any

import willow  # type: ignore[import-untyped]  # it has no types
from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from wagtail.images.fields import WagtailImageField

from core.pictures.remaking import PictureRefused, remade

ACCEPTED = "image/jpeg,image/png,image/webp,image/heic,image/heif"
LONGEST_STEM = 80


def take(upload: Any, use: str, most: int) -> Any:
    """The upload with its file replaced by one that is safe to open.

    The same object, because Wagtail keeps the upload itself where its title or collection is not right yet.
    """
    if upload.size > most:
        raise ValidationError(
            _("This file is larger than %(most)s. Choose a smaller one.") % {"most": filesizeformat(most)}
        )
    try:
        picture = remade(upload, use)
    except PictureRefused as error:
        raise ValidationError(str(error), code=error.reason) from error
    _replace(upload, picture.content)
    upload.name = f"{PurePath(upload.name).stem[:LONGEST_STEM] or 'picture'}.{picture.extension}"
    return upload


def _replace(upload: Any, content: bytes) -> None:
    upload.file.seek(0)
    upload.file.truncate()
    upload.file.write(content)
    upload.file.flush()  # a large one is a file on disk, which is moved by its path
    upload.file.seek(0)
    upload.size = len(content)


class PortraitField(forms.ImageField):
    """A person's photograph: square, small, and only pixels."""

    def __init__(self, *args: Any, most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.most = most

    def to_python(self, data: Any) -> Any:
        upload = forms.FileField.to_python(self, data)  # Django's own would open it with everything Pillow knows
        return upload and take(upload, "portrait", self.most)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "accept": ACCEPTED}


class PictureField(WagtailImageField):
    """An editor's picture, wherever Wagtail takes one."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.help_text = _("A still JPEG, PNG, WebP or HEIC of at most %(most)s.") % {"most": self.max_upload_size_text}

    def to_python(self, data: Any) -> Any:
        upload: Any = forms.FileField.to_python(self, data)  # Wagtail's own would open what came
        if upload is None:
            return None
        take(upload, "picture", self.max_upload_size)
        upload.image = willow.Image.open(BytesIO(upload.read()))
        upload.content_type = upload.image.mime_type
        upload.seek(0)
        return upload
