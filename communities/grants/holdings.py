"""What grants hold of people."""

from django.utils.translation import gettext_lazy as _

from communities.decider_names import forget_in
from communities.models import Grant
from core.holdings import PersonalData, told

HELD = (
    PersonalData(
        "grants",
        _("Grants that you asked for or recorded"),
        _("What you asked for on behalf of a community, and which decisions of the organisation you wrote down."),
        rows=lambda person: [
            *told(Grant.objects.filter(asked_by=person), "capability", "asset", "purpose", "asked_at"),
            *told(Grant.objects.filter(decided_by=person), "capability", "asset", "authority", "decided_at"),
            *told(Grant.objects.filter(withdrawn_by=person), "capability", "asset", "withdrawal", "withdrawn_at"),
        ],
        covers=(
            "communities.Grant.asked_by",
            "communities.Grant.decided_by",
            "communities.Grant.withdrawn_by",
        ),
        stays=_("The grant, which is the community’s, with the authority that decided it. Your name goes."),
        erase=forget_in(Grant),
    ),
)
