"""Settings → Users: who gets there, and what is done there with several accounts at once."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from accounts.leaving.models import Departure
from people.choices import PersonKind
from people.models import User
from tests.conftest import browse
from tests.factories import PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]
ALL = ("assign_role", "set_active_state", "delete")


@pytest.fixture
def clerk(home: Any) -> User:
    """May change accounts, and does not run the hub."""
    group = Group.objects.create(name="Accounts")
    names = ("add_user", "change_user", "delete_user", "access_admin")
    group.permissions.set(Permission.objects.filter(codename__in=names))
    person: User = PersonFactory(name="Clerk Clark")
    person.groups.add(group)
    return person


@pytest.fixture
def editors() -> Group:
    return Group.objects.get(name="Editors")


def bulk(by: User, deed: str, *people: User | str, **data: Any) -> Any:
    named = "&".join(one if isinstance(one, str) else f"id={one.pk}" for one in people)
    return browse(by).post(f"/admin/bulk/people/user/{deed}/?{named}&next=/admin/users/", data)


def here(*people: User) -> list[bool]:
    return [User.objects.filter(pk=person.pk, is_active=True).exists() for person in people]


def entries(person: User) -> list[tuple[str, int]]:
    rows = ModelLogEntry.objects.filter(object_id=str(person.pk)).order_by("pk")
    return list(rows.values_list("action", "user_id"))


@pytest.mark.parametrize("name", ["edit", "delete", "history", "usage"])
def test_an_editor_reaches_nobodys_account(home: Any, carys: User, editors: Group, name: str) -> None:
    editor = PersonFactory()
    editor.groups.add(editors)
    browser = browse(editor)
    assert browser.get(reverse(f"wagtailusers_users:{name}", args=[carys.pk])).status_code == 404
    assert browser.get("/admin/users/")["Location"] == "/admin/"
    for deed in ALL:
        bulk(editor, deed, carys, role=editors.pk, mark_as_active="False")
    assert here(carys) == [True]


@pytest.mark.parametrize("name", ["edit", "delete", "history", "history_results", "usage"])
def test_who_does_not_run_the_hub_looks_at_nobodys_account_who_does(clerk: User, hub_team: User, name: str) -> None:
    response = browse(clerk).get(reverse(f"wagtailusers_users:{name}", args=[hub_team.pk]))
    assert response.status_code in {302, 404}


def test_groups_are_changed_by_the_hub_team_alone(clerk: User, editors: Group, hub_team: User) -> None:
    """Whoever could put a permission into a group could give it to themselves."""
    own = clerk.groups.get()
    own.permissions.add(*Permission.objects.filter(codename__endswith="_group"))
    addresses = ["/admin/groups/", "/admin/groups/new/", f"/admin/groups/edit/{own.pk}/"]
    addresses += [f"/admin/groups/delete/{editors.pk}/", f"/admin/groups/history/{own.pk}/"]
    assert {browse(clerk).get(address).status_code for address in addresses} <= {302, 404}
    assert {browse(hub_team).get(address).status_code for address in addresses} == {200}


def test_an_account_is_not_copied(home: Any, carys: User, hub_team: User) -> None:
    assert browse(hub_team).get(f"/admin/users/copy/{carys.pk}/").status_code == 404


def test_who_does_not_run_the_hub_gives_nobody_rights(clerk: User, carys: User, editors: Group) -> None:
    bulk(clerk, "assign_role", clerk, carys, role=editors.pk)
    assert not editors.user_set.exists()


def test_who_does_not_run_the_hub_switches_off_nobody_who_does(clerk: User, carys: User, hub_team: User) -> None:
    for deed in ("set_active_state", "delete"):
        bulk(clerk, deed, hub_team, mark_as_active="False")
    bulk(clerk, "set_active_state", carys, hub_team, mark_as_active="False")
    assert here(carys, hub_team) == [False, True]


def test_a_role_given_to_several_is_in_the_log_of_each(home: Any, carys: User, hub_team: User, editors: Group) -> None:
    bulk(hub_team, "assign_role", carys, role=editors.pk)
    assert carys.groups.get() == editors
    assert entries(carys) == [("wagtail.edit", hub_team.pk)]


def test_several_who_are_switched_off_have_hand_overs_and_no_session(home: Any, carys: User, hub_team: User) -> None:
    theirs = browse(carys)
    bulk(hub_team, "set_active_state", carys, mark_as_active="False")
    assert (Departure.objects.get(person=carys).by, entries(carys)) == (hub_team, [("accounts.left", hub_team.pk)])
    assert theirs.get("/inbox/").status_code == 302


def test_who_is_switched_on_again_after_their_last_day_stays(home: Any, carys: User, hub_team: User) -> None:
    User.objects.filter(pk=carys.pk).update(is_active=False, leaves_on=timezone.localdate().replace(year=2020, day=1))
    bulk(hub_team, "set_active_state", carys, mark_as_active="True")
    carys.refresh_from_db()
    assert (carys.is_active, carys.leaves_on) == (True, None)


def test_several_who_are_deleted_are_in_the_log(home: Any, carys: User, bryn: User, hub_team: User) -> None:
    bulk(hub_team, "delete", carys, bryn)
    assert here(carys, bryn) == [False, False]
    assert [entries(one)[-1] for one in (carys, bryn)] == [("wagtail.delete", hub_team.pk)] * 2


def test_all_in_the_list_are_those_that_it_shows(home: Any, carys: User, dev: User, hub_team: User) -> None:
    bulk(hub_team, "set_active_state", "id=all", f"kind={PersonKind.RESIDENT}", mark_as_active="False")
    assert here(carys, dev) == [True, False]
    bulk(hub_team, "delete", "id=all", "q=carys")
    assert here(carys, hub_team) == [False, True]


@pytest.mark.parametrize("deed", ["set_active_state", "delete", "one", "no longer", "delete one"])
def test_somebody_goes_on_running_the_hub(home: Any, hub_team: User, deed: str) -> None:
    """Whoever does it has a last day already."""
    other = PersonFactory(is_superuser=True)
    User.objects.filter(pk=hub_team.pk).update(leaves_on=timezone.localdate().replace(year=2099, day=1))
    if deed in ALL:
        bulk(hub_team, deed, other, mark_as_active="False")
    elif deed == "delete one":
        browse(hub_team).post(reverse("wagtailusers_users:delete", args=[other.pk]))
    else:
        changed = {"is_active": ""} if deed == "one" else {"is_superuser": "", "is_active": "on"}
        data = {"email": other.email, "name": other.name, "kind": other.kind, "audience": other.audience, **changed}
        browse(hub_team).post(reverse("wagtailusers_users:edit", args=[other.pk]), data)
    other.refresh_from_db()
    assert (other.is_active, other.is_superuser) == (True, True)
