"""For whom a post speaks, and by which right."""

from datetime import date

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.choices import GrantState
from communities.models import CommunityPage, Grant
from conversations.models.talk import Post
from core.fields import LineField


class Voice(models.Model):
    """A post that speaks for a community, and the right to do so as it was then.

    A grant that ends later, or is recorded in other words, changes nothing of what is written here. What became of it
    is asked of the grant.
    """

    changes_pages = False  # written with its post, and never changed

    post = models.OneToOneField(Post, on_delete=models.CASCADE, related_name="voice")
    community = models.ForeignKey(CommunityPage, null=True, on_delete=models.SET_NULL, related_name="+")
    grant = models.ForeignKey(Grant, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    """Nothing where a role of the catalogue gave the right."""
    role = LineField(max_length=60, blank=True)
    """Empty where every member was granted it."""
    authority = LineField(max_length=300, blank=True)
    """Who granted it, when, under which reference."""
    last_day = models.DateField(null=True, blank=True)
    """The last day of the grant, as it was known then."""

    def __str__(self) -> str:
        return f"{self.post_id}: {self.role or self.authority}"

    @property
    def ended(self) -> str:
        """What became of the grant since; nothing while it is in force."""
        grant, now = self.grant, timezone.now()
        if grant is None or grant.state_at(now) == GrantState.IN_FORCE:
            return ""
        if grant.state_at(now) == GrantState.WITHDRAWN:
            return _("withdrawn since")
        return _("ended since")

    @property
    def ended_on(self) -> date | None:
        """When it did."""
        if not self.ended or self.grant is None:
            return None
        moment = self.grant.withdrawn_at or self.grant.until
        return timezone.localdate(moment) if moment else None
