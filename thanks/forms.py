"""What somebody fills in to thank somebody else."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import WordsAnswer
from core.models import Topic
from people.models import User
from thanks.models import LONGEST

OPENLY, PRIVATELY = "openly", "privately"


class ThanksForm(forms.Form):
    """Whom, in which words, about which topics, and who reads it."""

    use_required_attribute = False

    to = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Whom"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Choose whom you thank.")},
    )
    words = WordsAnswer(
        label=_("Your words"),
        help_text=_("What they did, and what came of it. A sentence is enough."),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    topics = forms.ModelMultipleChoiceField(
        Topic.objects.none(),
        label=_("What it was about"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Whoever looks for somebody who knows about it finds them by this, too."),
    )
    how = forms.ChoiceField(
        label=_("Who may read it"),
        widget=forms.RadioSelect,
        initial=OPENLY,
        choices=[
            (OPENLY, _("Openly: they may put it on their page")),
            (PRIVATELY, _("Between the two of you")),
        ],
        error_messages={"required": _("Choose who may read it.")},
    )

    def __init__(
        self, *args: Any, people: Sequence[User], topics: Sequence[Topic], has_thing: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        whom = cast("forms.ModelChoiceField[User]", self.fields["to"])
        whom.queryset = User.objects.filter(pk__in=[person.pk for person in people]).by_name()
        if len(people) == 1:
            whom.initial = people[0].pk
            whom.widget = forms.HiddenInput()
        about = cast("forms.ModelMultipleChoiceField[Topic]", self.fields["topics"])
        about.queryset = Topic.objects.filter(pk__in=[topic.pk for topic in topics]).order_by("name")
        if not topics:
            del self.fields["topics"]
        self.fields["words"].required = not has_thing
        self.fields["words"].error_messages["required"] = _("Say what you thank them for.")
