"""What a conversation can be, and how somebody follows it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a conversation is for. It says who may begin one and how it ends."""

    QUESTION = "question", _("Question")
    DISCUSSION = "discussion", _("Discussion")
    IDEA = "idea", _("Idea")
    CONSULTATION = "consultation", _("Consultation")
    ANNOUNCEMENT = "announcement", _("Announcement")


ICONS = {
    Kind.QUESTION: "question",
    Kind.DISCUSSION: "conversation",
    Kind.IDEA: "idea",
    Kind.CONSULTATION: "people",
    Kind.ANNOUNCEMENT: "bell",
}


class Level(models.TextChoices):
    """How much of a conversation reaches somebody."""

    NORMAL = "normal", _("As usual")
    FOLLOW = "follow", _("Follow")
    MUTE = "mute", _("Mute")


class Feeling(models.TextChoices):
    """A word for a post that needs no post of its own. Each means something that its author can act on."""

    THANKS = "thanks", _("Thanks")
    AGREE = "agree", _("I agree")
    ME_TOO = "me_too", _("Me too")
    WORTH_TRYING = "worth_trying", _("Worth trying")
