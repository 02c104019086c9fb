"""What namings hold of people."""

from django.utils.translation import gettext_lazy as _

from communities.decider_names import forget_in
from communities.models import Claim
from core.holdings import PersonalData, told

HELD = (
    PersonalData(
        "namings",
        _("What you asked to be named for"),
        _("The topic, your words, what you showed, what was said to it, and until when it counts."),
        rows=lambda person: told(
            Claim.objects.filter(person=person),
            *("asked_at", "words", "decided_at", "reason", "until", "withdrawn_at", "withdrawal"),
            topic="topic__name",
        ),
        covers=("communities.Claim.person",),
        goes=_("All of it, with what you showed."),
    ),
    PersonalData(
        "namings of others",
        _("Whom you named as somebody who knows"),
        _("That you answered or withdrew it, and your reason. Who they are and what they showed is theirs."),
        rows=lambda person: [
            *told(Claim.objects.filter(decided_by=person), "decided_at", "reason"),
            *told(Claim.objects.filter(withdrawn_by=person).exclude(person=person), "withdrawn_at", "withdrawal"),
        ],
        covers=("communities.Claim.decided_by", "communities.Claim.withdrawn_by"),
        goes=_("That it was you."),
        stays=_("The answer and its reason, because they are somebody else’s."),
        erase=forget_in(Claim),
    ),
)
