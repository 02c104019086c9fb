"""What follows from signing in, from a new password, and from an account that is switched off or on."""

from collections.abc import Collection

from allauth.account import signals
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.core import context
from django.db import transaction
from django.db.models.signals import post_save, pre_save
from django.http import HttpRequest, HttpResponse

from people import addresses, login_attempts
from people.models import User
from people.presence import address_changed, presence_changed
from search import services as search

WATCHED = frozenset({"is_active", "email"})


def listen() -> None:
    """Hear what allauth does with accounts, and of every person who is saved."""
    signals.user_logged_in.connect(on_signed_in, dispatch_uid="people.signed_in")
    for made in (signals.password_changed, signals.password_set, signals.password_reset):
        made.connect(on_new_password, dispatch_uid="people.new_password")
    pre_save.connect(before_person_saved, sender=User, dispatch_uid="people.presence.before")
    post_save.connect(after_person_saved, sender=User, dispatch_uid="people.presence.after")
    presence_changed.connect(on_presence_changed, dispatch_uid="people.presence.search")
    signals.email_added.connect(on_claim, dispatch_uid="people.claim")
    address_changed.connect(on_new_address, dispatch_uid="people.new_address")


def on_signed_in(request: HttpRequest, response: HttpResponse, user: User, **_kwargs: object) -> None:
    """The device is known from now on."""
    login_attempts.remember(request, response, user)


def on_new_password(request: HttpRequest, user: User, **_kwargs: object) -> None:
    """What was guessed, and what was claimed with the old password, counts no more."""
    login_attempts.forget(request, user)
    addresses.drop_claims(user)


def on_claim(request: HttpRequest, user: User, email_address: EmailAddress, **_kwargs: object) -> None:
    """Tell the address that counts what another is to take its place."""
    get_adapter(request).send_notification_mail("account/email/email_claimed", user, {"claimed": email_address.email})


def before_person_saved(
    sender: type[User], instance: User, update_fields: frozenset[str] | None = None, **_kwargs: object
) -> None:
    """What the database says until now. A saved password needs no query."""
    instance.was_here = instance.was_at = None
    if not instance._state.adding and (update_fields is None or not WATCHED.isdisjoint(update_fields)):
        before = sender.objects.filter(pk=instance.pk).values_list("is_active", "email").first()
        instance.was_here, instance.was_at = before or (None, None)


def after_person_saved(sender: type[User], instance: User, **_kwargs: object) -> None:
    if instance.was_here not in (None, instance.is_active):
        presence_changed.send(sender, people=[instance.pk])
    if instance.was_at not in (None, instance.email):
        address_changed.send(sender, person=instance)


def on_presence_changed(people: Collection[int], **_kwargs: object) -> None:
    """What speaks for whoever is gone is found no more, and found again when they are back."""
    search.people_changed(people)


def on_new_address(sender: type[User], person: User, **_kwargs: object) -> None:
    """Tell the old address when others put another in its place: the hub team, a directory, a command. Whoever proved
    the new one themselves is told so by the adapter.
    """
    before, request = person.was_at, context.request
    is_own = request is not None and getattr(request, "user", None) == person
    if before and not is_own:
        told = {"from_email": before, "to_email": person.email or ""}
        send = get_adapter().send_account_notice
        transaction.on_commit(lambda: send("account/email/email_replaced", person, told, email=before), robust=True)
