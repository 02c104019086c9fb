"""Who is named in a story, and what they said to it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from core.audiences import Audience
from core.fields import LineField
from core.single_line import OneLineFields
from people.models import User
from stories.named.choices import GONE, AskedBy, ConsentState


class NamedPerson(OneLineFields):
    """Somebody whom a story names. It hangs on the key that a story shares with its copies, and on no version of it:
    going back to an old version brings back no consent.

    Once the name has gone nothing here says it; ``digests`` are what it is known by where somebody writes it again.
    """

    changes_pages = False
    key = models.UUIDField(db_index=True, editable=False)
    story = models.ForeignKey(
        "stories.StoryPage", null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    person = models.ForeignKey(
        User, verbose_name=_("person"), null=True, on_delete=models.SET_NULL, related_name="named_in_stories"
    )
    name = LineField(_("name"), max_length=160, blank=True)
    also = LineField(_("also written"), max_length=300, blank=True)
    instead = LineField(_("what to say instead"), max_length=80)
    on_picture = models.BooleanField(_("can be seen on the photograph"), default=False)
    way = models.CharField(_("how they are asked"), max_length=10, choices=AskedBy.choices, default=AskedBy.HUB)
    given_on = models.DateField(_("on what day"), null=True, blank=True)
    kept_by = LineField(_("who keeps it"), max_length=160, blank=True)
    state = models.CharField(max_length=10, choices=ConsentState.choices, default=ConsentState.WAITING, editable=False)
    asked_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+", editable=False)
    asked_at = models.DateTimeField(null=True, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)
    word = models.CharField(_("a word to whoever asked"), max_length=400, blank=True)
    revision = models.ForeignKey(Revision, null=True, on_delete=models.SET_NULL, related_name="+", editable=False)
    shown = models.JSONField(default=list, blank=True, editable=False)  # a digest of each passage that they were shown
    picture = models.PositiveBigIntegerField(null=True, editable=False)  # the photograph that they were shown
    audience = models.CharField(max_length=16, choices=Audience.choices, blank=True, editable=False)
    digests = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        verbose_name = _("named person")
        verbose_name_plural = _("named people")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=("key", "person"), name="a_story_names_somebody_once")]

    def __str__(self) -> str:
        return self.name or self.instead

    @property
    def is_gone(self) -> bool:
        """Whether they are not to be named."""
        return self.state in GONE

    @property
    def answers_here(self) -> bool:
        """Whether they can be asked on the hub; else somebody writes down what they said."""
        return self.person is not None and self.person.is_active
