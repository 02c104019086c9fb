"""What somebody wrote by e-mail, before it is published."""

from django import forms
from django.utils.translation import gettext_lazy as _

from conversations.forms import HOW, LONGEST


class PublishForm(forms.Form):
    """Their words, which they may change."""

    use_required_attribute = False

    text = forms.CharField(
        label=_("Your words"), help_text=HOW, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 8})
    )
