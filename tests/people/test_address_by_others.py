"""An address that others write down for somebody gives nobody a way into the account."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.db.models import Q
from django.test import Client, TestCase
from django.urls import reverse

from people import addresses
from people.models import User
from tests.conftest import browse
from tests.factories import PASSWORD, PersonFactory
from tests.people.test_changing_address import NEW, address_of, link
from tests.people.test_sign_in import sign_in


@pytest.fixture
def registrar(home: Any) -> User:
    """An editor who looks after accounts in the editor, and does not run the hub."""
    group = Group.objects.create(name="Registrars")
    entry = Q(codename="access_admin", content_type__app_label="wagtailadmin")
    group.permissions.set(
        Permission.objects.filter(entry | Q(content_type__app_label="people", codename="change_user"))
    )
    person = PersonFactory(first_name="Rhys")
    person.groups.add(group)
    return person


def edit(by: User, person: User, **said: str) -> Any:
    """``by`` saves the form of Wagtail's Users, with ``said`` in place of what stands there."""
    browser, address = browse(by), reverse("wagtailusers_users:edit", args=[person.pk])
    form = browser.get(address).context["form"]
    values = {name: form[name].value() for name in form.fields}
    data = {name: value for name, value in values.items() if value not in (None, False)} | said
    with TestCase.captureOnCommitCallbacks(execute=True):
        return browser.post(address, data)


def test_the_hub_teams_word_waits_for_its_proof_and_the_old_address_is_told(carys: User, hub_team: User) -> None:
    assert edit(hub_team, carys, email=NEW).status_code == 302
    assert address_of(carys) == "carys@example.org"
    assert sorted((message.to[0], "confirm-email" in message.body) for message in mail.outbox) == [
        ("carys@example.org", False),
        (NEW, True),
    ]
    assert "Hub Team" in next(message.body for message in mail.outbox if message.to == ["carys@example.org"])
    for browser in (browse(hub_team), Client()):
        browser.post(link())  # whoever reads the new mail, and is not Carys
        assert address_of(carys) == "carys@example.org"
    browse(carys).post(link())
    assert address_of(carys) == NEW


def test_a_new_password_ends_what_others_wrote_down(carys: User, hub_team: User) -> None:
    edit(hub_team, carys, email=NEW)
    new = "quite another long one"
    browse(carys).post("/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert browse(User.objects.get(pk=carys.pk)).post(link()).status_code == 404


def test_an_address_that_nobody_has_signed_in_with_is_put_right_at_once(hub_team: User) -> None:
    person = PersonFactory(email="typing.eror@example.org")
    person.set_unusable_password()
    person.save()
    edit(hub_team, person, email="typing.error@example.org")
    assert address_of(person) == "typing.error@example.org"
    assert [message.to for message in mail.outbox] == [["typing.eror@example.org"]]


@pytest.mark.parametrize("said", [{"email": NEW}, {"is_superuser": "on"}, {"password1": NEW, "password2": NEW}])
def test_whoever_does_not_run_the_hub_gets_into_nobodys_account(
    carys: User, registrar: User, said: dict[str, str]
) -> None:
    assert edit(registrar, carys, name="Carys Hughes-Powell", **said).status_code == 302
    carys.refresh_from_db()
    assert (carys.email, carys.is_superuser, carys.name) == ("carys@example.org", False, "Carys Hughes-Powell")
    assert sign_in(carys.email).status_code == 302
    assert not carys.emailaddress_set.filter(verified=False).exists()


def test_whoever_does_not_run_the_hub_edits_nobody_who_does(hub_team: User, registrar: User) -> None:
    address = reverse("wagtailusers_users:edit", args=[hub_team.pk])
    assert browse(registrar).post(address, {"name": "Nobody", "kind": "staff"}, follow=True).status_code == 404
    hub_team.refresh_from_db()
    assert (hub_team.name, hub_team.is_active) == ("Hub Team", True)


@pytest.mark.parametrize("after", ["hughes@example.org", None])
def test_whatever_puts_another_address_in_its_place_tells_the_old_one(carys: User, after: str | None) -> None:
    addresses.settle(carys)
    carys.email = after
    with TestCase.captureOnCommitCallbacks(execute=True):
        carys.save()
    assert [message.to for message in mail.outbox] == [["carys@example.org"]]
