"""Where somebody belongs is said by whoever makes their account, at every door."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import NoReverseMatch, reverse

from people.models import PersonKind, User
from tests.conftest import browse
from tests.factories import PersonFactory
from tests.importing.archives import PERSON, write

ACCOUNT = {
    "email": "mei@example.org",
    "name": "李小龍",
    "audience": "organisation",
    "password1": "a long enough password",
    "password2": "a long enough password",
}
KINDS = {"staff": "Works here", "resident": "Lives here", "partner": "Works for a partner"}


def make(hub_team: User, **changes: str) -> Any:
    return browse(hub_team).post("/admin/users/new/", ACCOUNT | changes)


def test_the_form_offers_every_kind_and_has_chosen_none(hub_team: User) -> None:
    form = browse(hub_team).get("/admin/users/new/").context["form"]
    assert {value: str(label) for value, label in form.fields["kind"].choices} == KINDS
    assert (form["kind"].value(), form.fields["kind"].required) == (None, True)


@pytest.mark.parametrize("kind", [{}, {"kind": ""}, {"kind": "somebody"}])
def test_no_account_is_made_until_it_is_said_where_its_person_belongs(hub_team: User, kind: dict[str, str]) -> None:
    answer = make(hub_team, **kind)
    assert "kind" in answer.context["form"].errors
    assert not User.objects.filter(email="mei@example.org").exists()


@pytest.mark.parametrize("kind", KINDS)
def test_only_whoever_works_here_is_an_insider(hub_team: User, kind: str) -> None:
    assert make(hub_team, kind=kind, organisation="Lakeside Housing").status_code == 302
    made = User.objects.get(email="mei@example.org")
    assert (made.kind, made.is_insider) == (kind, kind == "staff")


def test_a_partner_names_their_organisation(hub_team: User) -> None:
    answer = make(hub_team, kind="partner", organisation=" \u200b")
    assert answer.context["form"].errors["organisation"] == ["Name the organisation that they work for."]


def test_an_account_is_changed_with_its_kind_before_one(hub_team: User, dev: User) -> None:
    page = browse(hub_team).get(f"/admin/users/edit/{dev.pk}/")
    assert page.context["form"]["kind"].value() == "resident"


def test_the_list_shows_where_people_belong_and_filters_by_it(hub_team: User, dev: User, carys: User) -> None:
    partner = PersonFactory(partner=True)
    assert all(label in browse(hub_team).get("/admin/users/").content.decode() for label in KINDS.values())
    shown = browse(hub_team).get("/admin/users/?kind=resident&kind=partner").context["object_list"]
    assert set(shown) == {dev, partner}


@pytest.mark.parametrize("asked", ["hughes", "carys@exam", "HUGHÉS"])
def test_the_list_is_searched_by_name_and_address(hub_team: User, carys: User, dev: User, asked: str) -> None:
    assert list(browse(hub_team).get("/admin/users/", {"q": asked}).context["object_list"]) == [carys]


# -- every other door --------------------------------------------------------------------------------------------------
def test_djangos_admin_has_no_accounts(hub_team: User) -> None:
    with pytest.raises(NoReverseMatch):
        reverse("admin:people_user_add")
    assert browse(hub_team).get("/django-admin/people/user/add/").status_code == 404


@pytest.mark.parametrize("fields", [{"name": "Mei"}, {"name": "Mei", "kind": "somebody"}, {"kind": "staff"}])
def test_code_makes_nobody_without_a_name_and_a_kind(db: Any, fields: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="needs a name, and a kind"):
        User.objects.create_user("mei@example.org", **fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email="mei@example.org", **fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.bulk_create([User(email="mei@example.org", slug="mei", **fields)])


def test_whoever_runs_the_hub_belongs_to_the_organisation(db: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "a long enough password")
    call_command("createsuperuser", email="hub.team@example.org", interactive=False, verbosity=0)
    team = User.objects.get()
    assert (team.kind, team.name, team.is_superuser) == (PersonKind.STAFF, "Hub Team", True)


def test_nobody_of_an_archive_is_an_insider(home: Any, tmp_path: Path) -> None:
    call_command("import_hub", str(write(tmp_path / "archive", people=[PERSON])), "--no-index", stdout=StringIO())
    ada = User.objects.get(imported_id="archive:ada")
    assert (ada.kind, ada.is_insider, ada.short_name, ada.sort_name) == ("partner", False, "Ada", "moss ada")
