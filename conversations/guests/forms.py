"""Inviting people from outside to one conversation, and letting them stay."""

from dataclasses import replace
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.invitations.forms import InviteForm
from accounts.invitations.services import Offer
from accounts.stays.forms import day_field, within_a_year
from conversations.guests.services import answers
from conversations.models import Conversation
from conversations.permissions import TalkRights
from indexing.documents import key_of
from people.choices import PersonKind
from people.models import User

LAST_DAY = _("Last day")
LAST_DAY_HELP = _("Within a year. You are asked a week before whether they stay.")


class GuestForm(InviteForm):
    """As one invites into a community, from outside alone, and to nothing but the conversation."""

    field_order = ("addresses", "kind", "organisation", "purpose", "review_on", "word")

    def __init__(self, *args: Any, conversation: Conversation, part: TalkRights, by: User, **kwargs: Any) -> None:
        super().__init__(*args, by=by, community=part.community, **kwargs)
        self.conversation, self.part = conversation, part
        self.fields.pop("role", None)
        outside = [choice for choice in PersonKind.choices if choice[0] != PersonKind.STAFF]
        cast("forms.ChoiceField", self.fields["kind"]).choices = outside
        self.fields["kind"].error_messages["required"] = _("Say whether they live here or work for a partner.")
        self.fields["review_on"].label, self.fields["review_on"].help_text = LAST_DAY, LAST_DAY_HELP

    def find_sponsor(self) -> User | None:
        """Whoever invites, where they work here and belong to the community; or else its sponsor."""
        return self.by if answers(self.by, self.part) else self.find_sponsor_of_community()

    def offer(self) -> Offer:
        return replace(super().offer(), community=None, role=None, into=key_of(self.conversation))


class KeepForm(forms.Form):
    """Until when a guest stays."""

    use_required_attribute = False

    until = day_field(error_messages={"required": _("Choose until when they stay.")})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].label, self.fields["until"].help_text = LAST_DAY, LAST_DAY_HELP

    def clean_until(self) -> date:
        return within_a_year(self.cleaned_data["until"])
