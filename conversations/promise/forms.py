"""What people fill in about a question’s promise."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from communities.models import CommunityPage, Membership
from conversations.forms import SentOnceForm
from conversations.models import CommunityPromise, PromisedDays
from core.fields import LineAnswer
from core.working_days.choices import HOME_REGIONS
from people.models import User


class AskBackForm(SentOnceForm):
    """What must be known before somebody can answer."""

    seen = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)


class WithdrawQuestionForm(forms.Form):
    """Why no answer is needed any more."""

    use_required_attribute = False

    word = LineAnswer(
        label=_("Why you need no answer any more"),
        help_text=_("Everybody who may read the question reads this. If you found the answer, say where."),
        max_length=300,
        error_messages={"required": _("Say why, in a line.")},
    )


class RulesForm(forms.ModelForm):
    """Who keeps a community’s promise, and what it promises beyond the organisation’s days."""

    use_required_attribute = False

    class Meta:
        model = CommunityPromise
        fields = ("keeper", "backup", "acknowledge_within", "answer_within", "region")

    def __init__(self, *args: Any, community: CommunityPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = PromisedDays.load()
        members = Membership.objects.active().filter(community=community).values("person")
        for name in ("keeper", "backup"):
            chosen = cast("forms.ModelChoiceField[User]", self.fields[name])
            chosen.queryset = User.objects.here().filter(pk__in=members).order_by("sort_name", "pk")
            chosen.empty_label = str(_("Nobody is named"))
        self.fields["keeper"].help_text = _("Asked when half of the time is over. Nobody named: the stewards.")
        self.fields["backup"].help_text = _("Asked, too, on the last day; and instead, while the first is away.")
        for name, most in (
            ("acknowledge_within", self.organisation.acknowledge_within),
            ("answer_within", self.organisation.answer_within),
        ):
            self.fields[name].help_text = _("Working days. Empty: %(n)d, as the organisation promises.") % {"n": most}
        cast("forms.ChoiceField", self.fields["region"]).choices = [("", _("Where the hub is")), *HOME_REGIONS]

    def clean_acknowledge_within(self) -> int | None:
        return self._no_more_than("acknowledge_within", self.organisation.acknowledge_within)

    def clean_answer_within(self) -> int | None:
        return self._no_more_than("answer_within", self.organisation.answer_within)

    def _no_more_than(self, name: str, most: int) -> int | None:
        """A community promises more than the organisation, and never less."""
        days: int | None = self.cleaned_data[name]
        if days is not None and days > most:
            raise ValidationError(_("The organisation promises %(n)d. Promise as much, or less.") % {"n": most})
        return days

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("keeper") and said.get("keeper") == said.get("backup"):
            self.add_error("backup", _("Choose two people: nobody stands in for themselves."))
        first = said.get("acknowledge_within") or self.organisation.acknowledge_within
        last = said.get("answer_within") or self.organisation.answer_within
        if first > last and "answer_within" not in self.errors:
            self.add_error("acknowledge_within", _("A first word comes no later than the answer."))
        return said
