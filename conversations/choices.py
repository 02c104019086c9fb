"""What a conversation can be, how somebody follows it, what is decided about a post, and where a question stands."""

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


class ReportReason(models.TextChoices):
    """Why somebody reports a post."""

    UNKIND = "unkind", _("It is unkind to somebody, or threatens them")
    PRIVATE = "private", _("It tells what is private about somebody")
    FALSE = "false", _("It is wrong, and could do harm")
    ADVERTISING = "advertising", _("It is advertising, or has nothing to do with this community")
    OTHER = "other", _("Something else")


class ModerationOutcome(models.TextChoices):
    """What was decided about a post."""

    KEPT = "kept", _("Left as it is")
    REMOVED = "removed", _("Removed")
    WITHDRAWN = "withdrawn", _("Taken back by its author")


class AppealDecision(models.TextChoices):
    """What was decided about an appeal."""

    UPHELD = "upheld", _("The decision stays")
    PUT_BACK = "put_back", _("The post was put back")


class Clock(models.TextChoices):
    """What is promised to whoever asks."""

    ACKNOWLEDGE = "acknowledge", _("Acknowledged")
    ANSWER = "answer", _("Answered")


class Reached(models.IntegerChoices):
    """How far the time has gone, and so whose the question is."""

    NOTHING = 0, _("There is time")
    HALF = 1, _("Half of the time is over")
    DUE = 2, _("Due today")
    LATE = 3, _("Late")


class Ended(models.TextChoices):
    """What came of a question."""

    ANSWERED = "answered", _("Answered")
    OWN = "own", _("Answered by whoever asked")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    CLOSED = "closed", _("Closed without an answer")


class IdeaStage(models.TextChoices):
    """How far an idea or a consultation has come."""

    OPEN = "open", _("Open")
    CONSIDERING = "considering", _("Considering")
    WILL_DO = "will_do", _("Will do")
    WILL_NOT = "will_not", _("Will not")
    DONE = "done", _("Done")


ENDS_IN_OUTCOME = frozenset({Kind.IDEA, Kind.CONSULTATION})
OUTCOMES = frozenset({IdeaStage.WILL_DO, IdeaStage.WILL_NOT, IdeaStage.DONE})
"""Stages that say what comes of it. Before them, an outcome is owed."""

POLLED_IN = frozenset({Kind.IDEA, Kind.CONSULTATION, Kind.DISCUSSION})


class Method(models.TextChoices):
    """How people vote in a poll."""

    SINGLE = "single", _("Each person chooses one")
    SEVERAL = "several", _("Each person chooses as many as they like")
    RANKED = "ranked", _("Each person puts them in order")


class Voters(models.TextChoices):
    """Who votes in a poll."""

    MEMBERS = "members", _("Members of this community")
    READERS = "readers", _("Whoever may read the conversation and is signed in")


class FileKind(models.TextChoices):
    """What can be attached to a post. What a file is, its content says, never its name."""

    PICTURE = "picture", _("Picture")
    PDF = "pdf", _("PDF")
    WORD = "word", _("Text document")
    SHEET = "sheet", _("Spreadsheet")
    SLIDES = "slides", _("Slides")
    TEXT = "text", _("Plain text")
