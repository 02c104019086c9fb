"""Forms of roles."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.models import Membership, Role
from communities.services import candidates, successor_needed


class MemberField(forms.ModelChoiceField):
    """One of the members, by their name."""

    def label_from_instance(self, obj: Membership) -> str:
        return str(obj.person)


class SuccessorForm(forms.Form):
    """Whoever would leave fewer than two stewards behind names somebody in their place."""

    successor = MemberField(
        label=_("Who looks after it in your place?"),
        help_text=_("There are always to be two. They are told, and read what it asks of them."),
        queryset=Membership.objects.none(),
        empty_label=_("Choose a member"),
        error_messages={
            "required": _("Choose a member: there are always to be two who look after it."),
            "invalid_choice": _("That cannot be: somebody changed it meanwhile. Choose another member."),
        },
    )

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.membership = membership
        if successor_needed(membership):
            chosen = cast("forms.ModelChoiceField[Membership]", self.fields["successor"])
            chosen.queryset = candidates(membership)
        else:
            del self.fields["successor"]


class RolesForm(SuccessorForm):
    """The roles of one member."""

    roles = forms.ModelMultipleChoiceField(
        label=_("Roles"),
        help_text=_("None: a member. A person can hold several."),
        queryset=Role.objects.all(),
        to_field_name="slug",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ("roles", "successor")

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        held = [one.role.slug for one in membership.holdings.filter(until=None).shown()]
        super().__init__(*args, membership=membership, initial={"roles": held}, **kwargs)
        if "successor" in self.fields:
            self.fields["successor"].required = False  # only where a steward's role is taken away
            self.fields["successor"].label = _("If they look after it no more: who does in their place?")
