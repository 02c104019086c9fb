"""People: who they are to each other, and what they know."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import ItemBase

from hub import art
from hub.art.views import address as picture_url
from hub.audiences import AudienceModel
from hub.models import Topic
from people.querysets import PersonManager, new_calendar_key


class Kind(models.TextChoices):
    """Whether somebody works here or lives here. Both are members alike."""

    STAFF = "staff", _("Works here")
    RESIDENT = "resident", _("Lives here")


class Skill(ItemBase):
    """One topic that one person knows about."""

    tag = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="skills")
    content_object = models.ForeignKey("people.User", on_delete=models.CASCADE, related_name="skill_links")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("tag", "content_object"), name="one_skill_per_topic")]


class User(AudienceModel, AbstractUser):
    """A person, with the profile that says what they know.

    ``email`` may be empty: somebody who came with an archive has a page, and cannot sign in until they are invited.
    """

    username = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail address"), unique=True, null=True, blank=True)  # type: ignore[assignment]
    name = models.CharField(_("name"), max_length=200, blank=True, help_text=_("As they want to be called."))
    slug = models.SlugField(_("address"), max_length=120, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.STAFF)
    role = models.CharField(_("what they do"), max_length=160, blank=True)
    organisation = models.CharField(_("organisation"), max_length=250, blank=True)
    location = models.CharField(_("where"), max_length=160, blank=True)
    about = models.TextField(_("about"), blank=True)
    skills = TaggableManager(through=Skill, blank=True, verbose_name=_("knows about"))
    portrait = models.CharField(
        _("portrait"),
        max_length=30,
        blank=True,
        validators=[RegexValidator(r"^[a-z-]*$")],
        help_text=_("A drawn portrait."),
    )
    photo = models.ImageField(_("photograph"), upload_to="people", blank=True)
    may_be_suggested = models.BooleanField(
        _("may be named as somebody who knows"), default=True, help_text=_("In search, beside what they wrote and did.")
    )
    calendar_key = models.CharField(max_length=40, unique=True, editable=False, default=new_calendar_key)
    imported_id = models.CharField(max_length=200, null=True, blank=True, unique=True, editable=False)

    quiet_fields = frozenset({"last_login", "password", "calendar_key"})  # nobody sees or finds them

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[PersonManager] = PersonManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        indexes: ClassVar = [models.Index(fields=("last_name", "first_name"), name="people_by_name")]

    def __str__(self) -> str:
        return self.name or self.email or self.slug

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = self.email or None
        if not self.name:
            self.name = f"{self.first_name} {self.last_name}".strip()
        if not self.first_name and not self.last_name:
            self.first_name, _space, self.last_name = self.name.rpartition(" ")
        if not self.slug:
            self.slug = self._free_slug()
        super().save(*args, **kwargs)

    def _free_slug(self) -> str:
        stem = slugify(self.name)[:100] or "person"
        taken = set(User.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
        return next(slug for slug in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)

    def get_absolute_url(self) -> str:
        return reverse("people:person", args=[self.slug])

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return self.first_name or str(self)

    @property
    def short_name(self) -> str:
        """What a friendly page calls them."""
        return self.get_short_name()

    @property
    def is_insider(self) -> bool:
        """Whether they belong to the organisation."""
        return self.kind == Kind.STAFF

    @property
    def portrait_url(self) -> str:
        """Their photograph, or the portrait that is drawn for them."""
        return (
            self.photo.url if self.photo else picture_url("portrait", self.slug, art.known("portrait", self.portrait))
        )

    @property
    def portrait_choices(self) -> list[str]:
        """The portraits that one can choose from."""
        return list(art.KINDS["portrait"])
