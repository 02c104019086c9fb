"""One address is one person, in whatever letters it is written."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from people.fields import one_address
from people.models import User
from tests.conftest import browse
from tests.factories import PASSWORD, PersonFactory

ACCOUNT = {"name": "Priya Nair", "kind": "staff", "audience": "organisation"} | {
    "password1": PASSWORD,
    "password2": PASSWORD,
}


@pytest.fixture
def priya(home: Any) -> User:
    return PersonFactory(name="Priya Nair", email="Priya.Nair@Example.org")


@pytest.mark.parametrize(
    "typed", ["PRIYA.NAIR@EXAMPLE.ORG", " priya.nair@example.org ", "priya.nair@example.org\u200b"]
)
def test_a_second_account_of_one_address_is_refused_and_said_so(priya: User, hub_team: User, typed: str) -> None:
    answer = browse(hub_team).post("/admin/users/new/", ACCOUNT | {"email": typed})
    (error,) = answer.context["form"].errors["email"]
    assert error.startswith("Somebody has this address already")
    assert User.objects.filter(name="Priya Nair").count() == 1


def test_an_address_is_not_changed_to_somebody_elses(priya: User, carys: User, hub_team: User) -> None:
    fields = ACCOUNT | {"email": "PRIYA.NAIR@example.org", "is_active": "on"}
    answer = browse(hub_team).post(f"/admin/users/edit/{carys.pk}/", fields)
    assert "email" in answer.context["form"].errors


@pytest.mark.parametrize("door", ["create", "update", "bulk", "raw"])
def test_the_database_keeps_one_person_to_an_address(priya: User, carys: User, door: str) -> None:
    other = "PRIYA.nair@example.org"
    doors = {
        "create": lambda: User.objects.create_user(other, name="Priya", kind="staff"),
        "update": lambda: User.objects.filter(pk=carys.pk).update(email=other),
        "bulk": lambda: User.objects.bulk_create([User(email=other, slug="p", name="Priya", kind="staff")]),
        "raw": lambda: User.objects.raw(f"UPDATE people_user SET email = '{other}' WHERE id = {carys.pk}")[0],
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        doors[door]()


@pytest.mark.parametrize("typed", ["priya.nair@example.org", "PRIYA.NAIR@EXAMPLE.ORG"])
def test_one_signs_in_in_any_letters(priya: User, typed: str) -> None:
    browser = browse()
    browser.post("/account/login/", {"login": typed, "password": PASSWORD})
    assert browser.session["_auth_user_id"] == str(priya.pk)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("A@B.Example", "a@b.example"),
        ("a@Müller.example", "a@xn--mller-kva.example"),
        ("ａ@b.example", "a@b.example"),
        ("nonsense", "nonsense"),
        ("a@b..example", "a@b..example"),
        ("", ""),
    ],
)
def test_an_address_has_one_form(typed: str, kept: str) -> None:
    assert one_address(typed) == kept


def test_several_people_have_no_address(home: Any) -> None:
    PersonFactory.create_batch(2, email="")
    assert User.objects.filter(email=None).count() == 2
