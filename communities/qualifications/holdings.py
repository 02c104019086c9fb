"""What qualifications hold of people."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communities.decider_names import forget_in
from communities.models import Award
from core.holdings import PersonalData, told

HELD = (
    PersonalData(
        "qualifications",
        _("Your qualifications"),
        _("What you were awarded, your evidence, until when it counts, and what was said to it."),
        rows=lambda person: told(
            Award.objects.filter(person=person),
            *("awarded_on", "until", "evidence", "link", "recorded_at"),
            *("decided_at", "refusal", "withdrawn_at", "withdrawal"),
            qualification="qualification__name",
        ),
        covers=("communities.Award.person",),
        goes=_("All of it, with the evidence."),
    ),
    PersonalData(
        "qualifications of others",
        _("Qualifications of others that you recorded or verified"),
        _("That you recorded, verified, refused or withdrew one. Their names and evidence are theirs."),
        rows=lambda person: [
            *told(Award.objects.filter(Q(recorded_by=person) & ~Q(person=person)), "recorded_at"),
            *told(Award.objects.filter(decided_by=person), "decided_at"),
            *told(Award.objects.filter(withdrawn_by=person), "withdrawn_at"),
        ],
        covers=(
            "communities.Award.recorded_by",
            "communities.Award.decided_by",
            "communities.Award.withdrawn_by",
        ),
        stays=_("The qualification, which is theirs. Your name goes."),
        erase=forget_in(Award),
    ),
)
