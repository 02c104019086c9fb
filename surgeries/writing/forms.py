"""The form of a surgery: what it is, for whom and where. When it is held is asked afterwards."""

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.content_writing.forms import LONGEST, ContentForm
from core.web_addresses import WebField
from surgeries.choices import ForWhom
from surgeries.writing.fields import NAMES, NEEDED


class SurgeryForm(ContentForm):
    """What somebody who thinks of coming wants to know."""

    needed = NEEDED
    names = NAMES
    field_order = (
        *("title", "summary", "description", "for_whom", "place", "online_url", "what_to_bring"),
        *("topics", "audience", "seen"),
    )

    description = forms.CharField(
        label=_("What happens there"),
        help_text=_("An empty line begins a new paragraph. Put - before each line of a list, ** round **bold** words."),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    for_whom = forms.ChoiceField(label=_("For whom"), choices=ForWhom.choices, widget=forms.RadioSelect)
    place = forms.CharField(label=_("Place"), max_length=250, required=False)
    online_url = WebField(label=_("Address online"), max_length=1000, required=False)
    what_to_bring = forms.CharField(label=_("What to bring"), max_length=250, required=False)
