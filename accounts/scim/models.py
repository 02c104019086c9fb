"""Directories, their tokens, and what they say of people and groups."""

from typing import Any, ClassVar
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.scim.choices import TokenScope
from communities.models import CommunityPage, Membership, Role
from core.fields import LineField
from people.choices import PersonKind
from people.models import User


class Directory(models.Model):
    """A directory that makes accounts and switches them off. ``kind`` is what its new people are: it is never guessed.

    It touches the accounts that it made, and those that are there already with an address of its ``domains``.
    """

    changes_pages = False
    name = LineField(_("name"), max_length=100, unique=True, help_text=_("For example: Entra of the council."))
    kind = models.CharField(
        _("its people"),
        max_length=10,
        choices=[(kind.value, kind.label) for kind in (PersonKind.STAFF, PersonKind.PARTNER)],
        help_text=_("Whoever works here sees what is for the organisation."),
    )
    organisation = LineField(_("organisation"), max_length=250, blank=True, help_text=_("Needed for a partner."))
    domains = models.JSONField(default=list)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("directory")
        verbose_name_plural = _("directories")
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.kind == PersonKind.PARTNER and not self.organisation:
            raise ValidationError({"organisation": _("Name the organisation that its people work for.")})

    def owns(self, email: str) -> bool:
        """Whether the operator said that addresses like this one are the directory's."""
        return email.rpartition("@")[2].lower() in self.domains


class DirectoryToken(models.Model):
    """What a directory signs in with. Only a digest is kept; the token itself is shown once."""

    changes_pages = False
    directory = models.ForeignKey(Directory, on_delete=models.CASCADE, related_name="tokens")
    name = LineField(_("name"), max_length=100)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    start = models.CharField(max_length=12, editable=False)  # by which people tell tokens apart
    scope = models.CharField(_("may"), max_length=10, choices=TokenScope.choices, default=TokenScope.ALL)
    made = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    ends = models.DateTimeField(_("ends"))
    withdrawn = models.DateTimeField(null=True, blank=True)
    last_used = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("token of a directory")
        verbose_name_plural = _("tokens of directories")
        ordering: ClassVar = ["-made", "-pk"]

    def __str__(self) -> str:
        return f"{self.name} ({self.start}…)"

    @property
    def is_good(self) -> bool:
        return self.withdrawn is None and self.ends > timezone.now()


class DirectoryPerson(models.Model):
    """Somebody as a directory knows them. ``sent`` is what it said last, so that only what it changes is taken over:
    what people changed of themselves meanwhile stays.
    """

    changes_pages = False
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    directory = models.ForeignKey(Directory, on_delete=models.CASCADE, related_name="people")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="directory_links")
    user_name = models.CharField(max_length=255)
    external_id = models.CharField(max_length=255, blank=True)
    sent: "models.JSONField[Any, dict[str, str]]" = models.JSONField(default=dict)
    made = models.BooleanField(default=False)  # whether the directory made the account
    removed = models.DateTimeField(null=True)
    created = models.DateTimeField(default=timezone.now)
    changed = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("person of a directory")
        verbose_name_plural = _("people of directories")
        ordering: ClassVar = ["created", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("directory", "person"), name="a_directory_knows_a_person_once"),
            models.UniqueConstraint("directory", Lower("user_name"), name="a_directory_names_a_person_once"),
        ]

    def __str__(self) -> str:
        return self.user_name


class DirectoryGroup(models.Model):
    """A group as a directory knows it. It brings nobody anywhere until it is mapped to a community."""

    changes_pages = False
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    directory = models.ForeignKey(Directory, on_delete=models.CASCADE, related_name="groups")
    display_name = LineField(_("name"), max_length=255)
    external_id = models.CharField(max_length=255, blank=True)
    people = models.ManyToManyField(DirectoryPerson, through="accounts.DirectoryGroupMember", related_name="groups")
    created = models.DateTimeField(default=timezone.now)
    changed = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("group of a directory")
        verbose_name_plural = _("groups of directories")
        ordering: ClassVar = ["created", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint("directory", Lower("display_name"), name="a_directory_names_a_group_once")
        ]

    def __str__(self) -> str:
        return self.display_name


class DirectoryGroupMember(models.Model):
    changes_pages = False
    group = models.ForeignKey(DirectoryGroup, on_delete=models.CASCADE, related_name="members")
    member = models.ForeignKey(DirectoryPerson, on_delete=models.CASCADE, related_name="group_links")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("group", "member"), name="one_is_in_a_group_once")]

    def __str__(self) -> str:
        return f"{self.member_id} – {self.group_id}"


class GroupMapping(models.Model):
    """Who is in the group belongs to the community, in this part."""

    changes_pages = False
    group = models.ForeignKey(DirectoryGroup, on_delete=models.CASCADE, related_name="mappings")
    community = models.ForeignKey(CommunityPage, on_delete=models.CASCADE, related_name="+")
    role = models.ForeignKey(
        Role, verbose_name=_("as"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("group that brings people into a community")
        verbose_name_plural = _("groups that bring people into communities")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("group", "community"), name="a_group_is_mapped_to_a_community_once")
        ]

    def __str__(self) -> str:
        return f"{self.group} → {self.community}"

    @property
    def role_name(self) -> str:
        """As what its people belong there."""
        return str(self.role or _("Member"))


class Brought(models.Model):
    """What groups did for somebody in a community: that and no more is undone when the last of the groups is left.

    ``made`` says that the membership is theirs; ``role`` is the part that they gave, where it was not there before.
    """

    changes_pages = False
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    community = models.ForeignKey(CommunityPage, on_delete=models.CASCADE, related_name="+")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    made = models.BooleanField(default=False)
    role = models.ForeignKey(Role, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("person", "community"), name="groups_bring_somebody_once"),
            models.CheckConstraint(
                condition=Q(made=True) | Q(role__isnull=False), name="what_was_brought_can_be_undone"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} – {self.community_id}"
