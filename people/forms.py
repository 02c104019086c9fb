"""Forms of people: their own profile."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from core.audiences import Audience
from core.pictures.fields import PortraitField
from design.forms import DrawnChoice, drawn
from people.models import User

PHOTO_LIMIT = 8 * 1024 * 1024  # bytes
LISTED = (
    (Audience.EVERYONE, _("Everyone")),
    (Audience.ORGANISATION, _("The organisation, and members of my communities")),
    (Audience.MEMBERS, _("Only members of my communities")),
)


class ProfileForm(forms.ModelForm):
    """What one says about oneself."""

    portrait = forms.ChoiceField(
        label=_("Drawn portrait"), required=False, widget=DrawnChoice("portrait", _("Choose another portrait"))
    )
    photo = PortraitField(
        label=_("Photograph"),
        required=False,
        most=PHOTO_LIMIT,
        help_text=_("A JPEG, PNG, WebP or HEIC of at most 8 MB. It takes the place of the drawn portrait."),
    )
    audience = forms.ChoiceField(label=_("Who may see this page"), choices=LISTED)

    class Meta:
        model = User
        fields = (
            *("name", "called", "family_name", "job_title", "location", "about", "skills"),
            *("phone", "works_when", "reach_by", "contact_audience"),
            *("portrait", "photo", "audience", "may_be_suggested"),
        )
        labels: ClassVar = {
            "called": _("What to call you"),
            "family_name": _("Your family name"),
            "job_title": _("What you do"),
            "works_when": _("Your working days and hours"),
            "reach_by": _("How to reach you"),
            "contact_audience": _("Who may see how to reach you"),
            "location": _("Where you are"),
            "about": _("About you"),
            "skills": _("What you know about"),
            "may_be_suggested": _("Name me as somebody who knows"),
        }
        help_texts: ClassVar = {
            "name": _("Your whole name, as you want it to be seen."),
            "called": _("What greetings and e-mails call you. Empty: the first word of your name."),
            "family_name": _("Where lists put you. Empty: under the last word of your name."),
            "about": _("Three sentences are enough: what you do, what you have learnt, what people may ask you."),
            "phone": _("Only if you are happy to be called."),
            "works_when": _("For example: Monday to Thursday, 9 to 3."),
            "reach_by": _("For example: best by e-mail; the phone is off in the mornings."),
            "contact_audience": _("Phone, days and ways; never more people than may see your page."),
            "may_be_suggested": _("In search, beside what you wrote and did."),
            "skills": _("What people may ask you about. Topics, with commas between them."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact_audience"].required = False  # left out, it stays as it is
        self.fields["portrait"].choices = drawn("portrait", _("Whichever my name gives"))  # type: ignore[attr-defined]  # it is a choice
        self.fields["portrait"].widget.seed = self.instance.slug
