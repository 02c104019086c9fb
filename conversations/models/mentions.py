"""Whom and what a post names with an @."""

from typing import ClassVar

from django.db import models

from communities.models import CommunityPage, Role
from conversations.models.talk import Post
from core.fields import LineField
from core.single_line import OneLineFields
from people.models import User

LONGEST = 300  # letters of a name


class Mention(OneLineFields, models.Model):
    """A post names a person, a community, or those who hold a role in a community.

    ``key`` says which: ``person:12``, ``community:3``, ``role:4:3``. The row stays when its author takes the name out
    again, so that whoever is named a second time is not told twice.
    """

    changes_pages = False  # the row of its conversation is saved with its post

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="mentions")
    key = models.CharField(max_length=60)
    person = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="mentions")
    community = models.ForeignKey(CommunityPage, null=True, on_delete=models.SET_NULL, related_name="+")
    role = models.ForeignKey(Role, null=True, on_delete=models.SET_NULL, related_name="+")
    name = LineField(max_length=LONGEST)
    """What it was called when the post was written: whoever may not see it reads this and no more."""
    typed = LineField(max_length=LONGEST)
    """What stands behind the @ in the post's text."""
    is_there = models.BooleanField(default=True)

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [models.UniqueConstraint(fields=("post", "key"), name="a_post_names_each_once")]

    def __str__(self) -> str:
        return f"{self.post_id}: {self.key}"
