"""What changes a person. Every function is one transaction."""

from typing import TYPE_CHECKING

from django.db import transaction

from core.secret_urls import new_number
from people import photographs
from people.models import User
from search import services as search

if TYPE_CHECKING:
    from people.forms import ProfileForm


@transaction.atomic
def save_profile(form: "ProfileForm") -> User:
    """Take over what somebody said about themselves, their skills included."""
    before = User.objects.filter(pk=form.instance.pk).values_list("photo", flat=True).first()
    person: User = form.save(commit=False)
    # Only what the form says. While a photograph was on its way the account may have been switched off.
    person.save(update_fields=[field.name for field in User._meta.concrete_fields if field.name in form.fields])
    form.save_m2m()
    if before and before != person.photo.name:
        photographs.remove(before)
    search.changed(person)
    return person


@transaction.atomic
def renew_calendar_key(person: User) -> None:
    """Give the person's calendar feed a new secret address."""
    person.calendar_number = new_number()
    person.save(update_fields=["calendar_number"])
