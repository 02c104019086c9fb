"""What is filled in to move, split, merge or lock."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.models import CommunityPage
from conversations.choices import Kind
from conversations.models import Conversation
from core.fields import LineAnswer

WHY = _("Everybody who reads the conversation reads this, and whoever began it is told.")
WHY_SPLIT = _("Everybody who reads the conversation reads this. Whoever wrote the posts is told where they stand.")


class WhyForm(forms.Form):
    """A word that stands in the history."""

    use_required_attribute = False

    why = LineAnswer(
        label=_("Why"), help_text=WHY, max_length=200, error_messages={"required": _("Say why, in a line.")}
    )


class MoveForm(WhyForm):
    """Where it belongs."""

    to = forms.ModelChoiceField(
        label=_("Community"),
        queryset=CommunityPage.objects.none(),
        empty_label=_("Choose a community"),
        error_messages={
            "required": _("Choose where it belongs."),
            "invalid_choice": _("It cannot be moved there any more. Choose another one."),
        },
    )
    field_order = ("to", "why")

    def __init__(self, *args: Any, communities: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[CommunityPage]", self.fields["to"]).queryset = communities


class SplitForm(WhyForm):
    """Which posts, and what they are about."""

    posts = forms.TypedMultipleChoiceField(
        label=_("Posts"),
        coerce=int,
        error_messages={
            "required": _("Choose at least one post."),
            "invalid_choice": _("One of these posts is not here any more. Choose again."),
        },
    )
    title = LineAnswer(
        label=_("Title of the new conversation"),
        max_length=200,
        error_messages={"required": _("Say in a line what these posts are about.")},
    )
    kind = forms.ChoiceField(
        label=_("What is it?"), widget=forms.RadioSelect, error_messages={"required": _("Choose what it is.")}
    )
    field_order = ("posts", "title", "kind", "why")

    def __init__(self, *args: Any, numbers: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["posts"]).choices = [(number, str(number)) for number in numbers]
        self.fields["why"].help_text = WHY_SPLIT
        kinds = [Kind.QUESTION, Kind.DISCUSSION, Kind.IDEA]
        cast("forms.ChoiceField", self.fields["kind"]).choices = [(kind.value, kind.label) for kind in kinds]


class MergeForm(WhyForm):
    """Which other one."""

    into = forms.ModelChoiceField(
        label=_("Conversation"),
        queryset=Conversation.objects.none(),
        empty_label=_("Choose a conversation"),
        error_messages={
            "required": _("Choose the conversation that it belongs to."),
            "invalid_choice": _("The other one was closed or is not there any more. Choose another one."),
        },
    )
    field_order = ("into", "why")

    def __init__(self, *args: Any, conversations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Conversation]", self.fields["into"]).queryset = conversations


class LockForm(forms.Form):
    """For how long."""

    use_required_attribute = False

    days = forms.TypedChoiceField(
        label=_("For how long"),
        coerce=int,
        choices=[(1, _("A day")), (3, _("Three days")), (7, _("A week"))],
        error_messages={"required": _("Choose for how long.")},
        widget=forms.RadioSelect,
        initial=1,
    )
    word = LineAnswer(
        label=_("Why"),
        help_text=_("Everybody who reads the conversation reads this."),
        max_length=200,
        error_messages={"required": _("Say why, in a line.")},
    )
