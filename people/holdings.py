"""What the room of people holds of them: the account, what they say about themselves, and when they are away."""

from collections.abc import Iterable

from allauth.account.models import EmailAddress
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _

from core.holdings import PersonalData, Row, told
from people.models import Absence, User

ACCOUNT = ("email", "kind", "date_joined", "last_login", "is_active", "leaves_on", "is_staff", "is_superuser")
PROFILE = (
    *("name", "called", "family_name", "job_title", "organisation", "location", "about", "portrait", "slug"),
    *("phone", "works_when", "reach_by", "contact_audience", "audience", "may_be_suggested"),
)
ALL = _("All of it.")


def _account(person: User) -> Iterable[Row]:
    groups = list(person.groups.values_list("name", flat=True))
    return [{**row, "groups": groups} for row in told(User.objects.filter(pk=person.pk), *ACCOUNT)]


def _profile(person: User) -> Iterable[Row]:
    topics = list(person.skills.values_list("name", flat=True))
    return [{**row, "knows about": topics} for row in told(User.objects.filter(pk=person.pk), *PROFILE)]


def _photographs(person: User) -> Iterable[FieldFile]:
    return [person.photo] if person.photo else []


def _absences(person: User) -> Iterable[Row]:
    return told(Absence.objects.filter(person=person), "first", "last", "word")


def _stood_in(person: User) -> Iterable[Row]:
    return told(Absence.objects.filter(stand_in=person), "first", "last")


HELD = (
    PersonalData(
        "account",
        _("Your account"),
        _("Your address, since when you are here, and what you may do. Nobody can read your password."),
        rows=_account,
        covers=("people.User_groups.user", "people.User_user_permissions.user"),
        goes=_("All of it: nobody can sign in with your address any more."),
    ),
    PersonalData(
        "addresses",
        _("Your e-mail addresses"),
        _("The one that counts, and one that you want to take its place."),
        rows=lambda person: told(EmailAddress.objects.filter(user=person), "email", "verified", "primary"),
        covers=("account.EmailAddress.user",),
        goes=ALL,
    ),
    PersonalData(
        "profile",
        _("Your page"),
        _("What you say about yourself, what you know about, how to reach you, and your photograph."),
        rows=_profile,
        covers=("people.Skill.content_object",),
        goes=_("All of it, also from search."),
        files=_photographs,
    ),
    PersonalData(
        "absences",
        _("When you are away"),
        _("The days and your word about them, until two months after."),
        rows=_absences,
        covers=("people.Absence.person",),
        goes=ALL,
    ),
    PersonalData(
        "standing in",
        _("Where you stand in"),
        _("The days on which you stand in for others."),
        rows=_stood_in,
        covers=("people.Absence.stand_in",),
        goes=_("That it was you: nobody stands in then."),
    ),
)
