"""What a community and a membership can be."""

from django.db import models
from django.utils.translation import gettext_lazy as _

FACILITATOR = "facilitator"
"""The slug of the role that every hub has."""


class Stage(models.TextChoices):
    """Where a community is in its life."""

    PROPOSED = "proposed", _("Proposed")
    PILOT = "pilot", _("Pilot")
    ACTIVE = "active", _("Active")
    PAUSED = "paused", _("Paused")
    CLOSED = "closed", _("Closed")


class Joining(models.TextChoices):
    """How one becomes a member."""

    OPEN = "open", _("Anyone may join")
    ASK = "ask", _("Ask, and a facilitator answers")
    INVITATION = "invitation", _("By invitation")


class State(models.TextChoices):
    """Where a membership is."""

    INVITED = "invited", _("Invited")
    ASKED = "asked", _("Asked to join")
    ACTIVE = "active", _("Member")
    WAITING = "waiting", _("Waiting for a place")
    PAUSED = "paused", _("Away")
    ENDED = "ended", _("Left")


class Capability(models.TextChoices):
    """What a role or a grant allows. Whether somebody has it now is asked in one place, with the reason."""

    SPEAK = "speak", _("Speak for the community")
    MANAGE_MEMBERS = "manage_members", _("Manage members")
    EDIT_PAGE = "edit_page", _("Edit its page")
    WRITE_STORIES = "write_stories", _("Write stories")
    PUBLISH_STORIES = "publish_stories", _("Publish stories")
    GUIDANCE = "guidance", _("Look after guidance")
    SURGERIES = "surgeries", _("Host surgeries")
    MODERATE = "moderate", _("Moderate")
    INVITE_OUTSIDE = "invite_outside", _("Invite people from outside")
    USE_ASSET = "use_asset", _("Use an asset")
    HELP_COMMUNITIES = "help_communities", _("Help communities that lack people to look after them")


class GrantState(models.TextChoices):
    """Where a grant is: it follows from its dates and the moment that somebody asks about. Lists have this order."""

    ASKED = "asked", _("Asked for")
    IN_FORCE = "in-force", _("In force")
    AHEAD = "ahead", _("Not begun")
    REFUSED = "refused", _("Not granted")
    ENDED = "ended", _("Ended")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Approval(models.TextChoices):
    """Whose word what somebody wrote for a community needs before readers see it."""

    NOTHING = "nothing", _("Nobody’s: whoever may publish publishes")
    STEWARD = "steward", _("One steward’s")
    ANOTHER = "another", _("Somebody’s other than the author")


class AwardState(models.TextChoices):
    """Where an award is, likewise. Only one that is verified counts."""

    WAITING = "waiting", _("Waits to be verified")
    VERIFIED = "verified", _("Verified")
    LAPSED = "lapsed", _("Ended")
    REFUSED = "refused", _("Not verified")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ClaimState(models.TextChoices):
    """Where it is that somebody asked to be named as knowing about a topic. Only a yes that holds counts."""

    WAITING = "waiting", _("Waits for an answer")
    NAMED = "named", _("Named")
    LAPSED = "lapsed", _("To be looked at again")
    REFUSED = "refused", _("Not named")
    WITHDRAWN = "withdrawn", _("Withdrawn")
