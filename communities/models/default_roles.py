"""The role that every hub has from its first set-up."""

from django.utils.translation import gettext as _, gettext_noop

from communities.choices import FACILITATOR, Capability
from communities.models.roles import Responsibilities, Role

RESPONSIBILITIES = gettext_noop(
    "Answer within three working days whoever asks to join.\n"
    "Name another facilitator before you leave, so that there are always two.\n"
    "Keep what the community says of itself true.\n"
    "Make sure that what is said in confidence stays there."
)
OF_SOME = {Capability.USE_ASSET, Capability.HELP_COMMUNITIES}
"""What the organisation grants to some, and no role brings by itself."""
CAPABILITIES = [one for one in Capability if one not in OF_SOME]


def facilitator() -> Role:
    """The facilitator of the catalogue, made where it is missing."""
    role, is_new = Role.objects.get_or_create(
        slug=FACILITATOR,
        defaults={
            "name": _("Facilitator"),
            "rank": 10,
            "what_for": _("Looks after the community: lets people in, answers for what it says, and keeps it going."),
            "capabilities": CAPABILITIES,
        },
    )
    if is_new:
        Responsibilities.objects.get_or_create(role=role, number=1, defaults={"text": _(RESPONSIBILITIES)})
    return role
