"""What became of asking somebody, and how they were asked."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ConsentState(models.TextChoices):
    """What somebody said to being named in a story."""

    WAITING = "waiting", _("Not asked yet")
    ASKED = "asked", _("Asked, no answer yet")
    YES = "yes", _("Agreed")
    WITHOUT_PICTURE = "without", _("Agreed, but not to the photograph")
    NO = "no", _("Said no")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class AskedBy(models.TextChoices):
    """How they are asked."""

    HUB = "hub", _("On the hub: they have an account and are asked there")
    WRITING = "writing", _("They agreed in writing")
    IN_PERSON = "person", _("They agreed in person")


LOGGED = "stories.consent"  # what the log of a page calls it
GONE = frozenset({ConsentState.NO, ConsentState.WITHDRAWN})
AGREED = frozenset({ConsentState.YES, ConsentState.WITHOUT_PICTURE})
