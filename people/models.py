"""People: who they are to each other, and what they know."""

import re
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase

from core.audiences import AudienceModel
from core.fields import LineField, NameField
from core.models import Topic
from core.secret_urls import new_number, signed
from core.text import one_line
from core.topics import TopicsField
from core.versions import PERSON, Versioned
from design import art
from design.art.views import address as picture_url
from people import names
from people.away import Absence, Away, away_on
from people.choices import PersonKind, Reach
from people.fields import AddressField, SortKeyField, WordsToFindField
from people.presence import people_going
from people.querysets import FOUND_BY, PersonManager

__all__ = ["CALENDAR", "Absence", "Skill", "User", "validate_phone"]
CALENDAR = "calendar"

validate_phone = RegexValidator(
    r"^\+?[\d\s()./-]{5,}(\s*(ext\.?|x)\s*\d+)?$",
    _("Write a phone number, like 01632 960 123 ext. 4."),
    flags=re.IGNORECASE,
)


class Skill(Versioned, ItemBase):
    """One topic that one person knows about."""

    tag = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="skills")
    content_object = models.ForeignKey("people.User", on_delete=models.CASCADE, related_name="skill_links")

    version_kind = "people"

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("tag", "content_object"), name="one_skill_per_topic")]


class User(AudienceModel, AbstractUser):
    """A person, with the profile that says what they know.

    ``email`` may be empty: somebody who came with an archive has a page, and cannot sign in until they are invited.
    """

    username = None  # type: ignore[assignment]  # taken away
    last_name = None  # type: ignore[assignment]  # likewise
    email = AddressField(  # type: ignore[assignment]  # another field in its place
        _("e-mail address"),
        unique=True,
        null=True,
        blank=True,
        error_messages={"unique": _("Somebody has this address already. One address belongs to one person.")},
    )
    name = NameField(_("name"), max_length=200, help_text=_("As they want to be called."))
    called = LineField(
        _("short name"),
        max_length=60,
        blank=True,
        help_text=_("What a greeting calls them. Empty: the first word of the name."),
    )
    family_name = LineField(
        _("family name"),
        max_length=150,
        blank=True,
        help_text=_("Where lists put them. Empty: the last word of the name."),
    )
    sort_name = SortKeyField(max_length=400, editable=False)
    words_to_find = WordsToFindField(editable=False)
    slug = models.SlugField(_("address"), max_length=120, unique=True, editable=False)
    kind = models.CharField(_("where they belong"), max_length=10, choices=PersonKind.choices)
    job_title = LineField(_("job title"), max_length=160, blank=True)
    organisation = LineField(
        _("organisation"), max_length=250, blank=True, help_text=_("Whoever works for a partner names it here.")
    )
    location = LineField(_("where"), max_length=160, blank=True)
    phone = LineField(_("phone"), max_length=40, blank=True, validators=[validate_phone])
    works_when = LineField(_("working days and hours"), max_length=160, blank=True)
    reach_by = LineField(_("how to reach them"), max_length=250, blank=True)
    contact_audience = models.CharField(
        _("who may see how to reach them"), max_length=16, choices=Reach.choices, default=Reach.ORGANISATION
    )
    about = models.TextField(_("about"), blank=True)
    skills = TopicsField(through=Skill, blank=True, verbose_name=_("knows about"))
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
    leaves_on = models.DateField(
        _("last day"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_("The account is switched off when this day is over."),
    )
    calendar_number = models.CharField(max_length=40, unique=True, editable=False, default=new_number)
    imported_id = models.CharField(max_length=200, null=True, blank=True, unique=True, editable=False)

    was_here: bool | None = None  # whether the account was on before ``save()``, for ``people.signals``
    was_at: str | None = None  # and its address

    version_kind = "people"
    quiet_fields = frozenset({"last_login", "password", "calendar_number", "leaves_on"})  # nobody sees or finds them

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[PersonManager] = PersonManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        indexes: ClassVar = [models.Index(fields=("sort_name",), name="people_by_name")]
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="one_address_is_one_person"),
            models.CheckConstraint(condition=Q(kind__in=PersonKind.values), name="a_person_belongs_somewhere"),
            models.CheckConstraint(condition=~Q(name=""), name="a_person_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name or self.email or self.slug

    @property
    def version_scope(self) -> str:
        return f"{PERSON}{self.pk}"

    def clean(self) -> None:
        super().clean()
        self.email = self.email or None
        if self.kind == PersonKind.PARTNER and not one_line(self.organisation):
            raise ValidationError({"organisation": _("Name the organisation that they work for.")})

    @transaction.atomic
    def delete(self, using: str | None = None, keep_parents: bool = False) -> tuple[int, dict[str, int]]:
        """All of it or nothing: what other rooms take off them goes with the account."""
        User.objects.select_for_update(of=("self",)).filter(pk=self.pk).first()
        people_going.send(User, people=[self.pk])
        return super().delete(using, keep_parents)

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """The account and what follows from it, such as memberships, change together or not at all."""
        if not self.slug:
            self.slug = self._free_slug()
        fields = kwargs.get("update_fields")
        if fields is not None and not FOUND_BY.isdisjoint(fields):
            kwargs["update_fields"] = {*fields, "sort_name", "words_to_find"}
        super().save(*args, **kwargs)

    def own_sort_name(self) -> str:
        return names.sort_key(one_line(self.name), one_line(self.family_name))[:400]

    def own_words_to_find(self) -> str:
        return names.words_to_find(self.name, self.called, self.job_title, self.location)

    def _free_slug(self) -> str:
        stem = slugify(" ".join(names.plain_words(one_line(self.name))))[:100].strip("-") or "person"
        taken = set(User.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
        return next(slug for slug in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)

    def get_absolute_url(self) -> str:
        return reverse("people:person", args=[self.slug])

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return self.called or names.greeting(str(self), self.family_name)

    @property
    def short_name(self) -> str:
        """What a friendly page calls them."""
        return self.get_short_name()

    @property
    def first_name(self) -> str:  # type: ignore[override]  # worked out of the name
        """What Wagtail's menu calls them: no column, it follows from the name."""
        return self.short_name

    @property
    def calendar_key(self) -> str:
        """The secret in the address of their own calendar."""
        return signed(self.calendar_number, CALENDAR)

    @property
    def phone_url(self) -> str:
        """What a telephone dials."""
        number = re.split(r"[a-z]", self.phone.lower(), maxsplit=1)[0]
        return f"tel:{re.sub(r'[^+0-9]', '', number)}" if self.phone else ""

    @property
    def is_over(self) -> bool:
        """Whether their last day is past. From then on nobody signs in, also where nothing has switched the account
        off yet.
        """
        return self.leaves_on is not None and self.leaves_on < timezone.localdate()

    @property
    def is_insider(self) -> bool:
        """Whether they belong to the organisation."""
        return self.kind == PersonKind.STAFF

    @property
    def away(self) -> Away | None:
        """What the reader is told beside this name while they are away."""
        return away_on(self.pk)

    @property
    def portrait_url(self) -> str:
        """Their photograph, or the portrait that is drawn for them."""
        return (
            self.photo.url if self.photo else picture_url("portrait", self.slug, art.known("portrait", self.portrait))
        )
