"""What notifications hold of people."""

from django.utils.translation import gettext_lazy as _

from core.holdings import PersonalData, told
from notifications.letters import Letter
from notifications.models import Happening, Mark, Notice, Preferences

ALL = _("All of it.")


HELD = (
    PersonalData(
        "notices",
        _("Notices to you"),
        _("What you were told, when you read it and when it went out as an e-mail. They hold keys and no words."),
        rows=lambda person: told(
            Notice.objects.filter(person=person), "read_at", "mailed_at", kind="happening__kind", at="happening__at"
        ),
        covers=("notifications.Notice.person",),
        goes=ALL,
    ),
    PersonalData(
        "marks",
        _("How far you have read"),
        _("For each community how far you have read, and how much of it you want to hear."),
        rows=lambda person: told(
            Mark.objects.filter(person=person), "level", "position", "moved_at", community="community__title"
        ),
        covers=("notifications.Mark.person",),
        goes=ALL,
    ),
    PersonalData(
        "how you are told",
        _("Notification settings"),
        _("When you want e-mails, and your quiet hours."),
        rows=lambda person: list(Preferences.objects.filter(person=person).values()),
        covers=("notifications.Preferences.person",),
        goes=ALL,
    ),
    PersonalData(
        "e-mails",
        _("E-mails to you"),
        _("That an e-mail was written to you, when, and whether it went out; not its words."),
        rows=lambda person: told(Letter.objects.filter(person=person), "timing", "window", "fate", "begun"),
        covers=("notifications.Letter.person",),
        goes=ALL,
    ),
    PersonalData(
        "happenings",
        _("What you did that others heard of"),
        _("Events with a key for who caused them."),
        rows=lambda person: told(Happening.objects.filter(actor=person), "kind", "at"),
        covers=("notifications.Happening.actor",),
        stays=_("That it happened, because others were told; no longer that it was you."),
    ),
)
