"""The form behind every way in which an editor uploads a picture."""

from wagtail.images.forms import BaseImageForm

from core.pictures.fields import PictureField


class PictureForm(BaseImageForm):
    """Wagtail's form for one picture, for several, in a chooser and in its interface for programs."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if stock := self.fields.get("file"):
            field = PictureField(label=stock.label, required=stock.required, widget=stock.widget)
            self.fields["file"] = field
