"""A directory makes people, changes them and switches them off, in Entra's words and in Okta's."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.test import TestCase, override_settings
from django.utils import timezone
from scim2_models import NotFoundException
from wagtail.models import ModelLogEntry

from accounts.leaving import services as leaving
from accounts.leaving.choices import SwitchedBy
from accounts.leaving.departures import SwitchContext
from accounts.leaving.models import Departure
from accounts.scim import people
from accounts.scim.choices import TokenScope
from accounts.scim.models import DirectoryPerson, DirectoryToken
from communities.models import CommunityPage
from people.choices import PersonKind
from people.models import User
from tests.accounts.scim_client import ENTERPRISE, ScimClient, directory, entra_user, okta_user
from tests.conftest import browse
from tests.factories import PersonFactory, make_member
from tests.people.test_changing_address import link


@pytest.fixture
def entra(hub_team: User) -> ScimClient:
    return directory(hub_team)


def of(identifier: str) -> User:
    return DirectoryPerson.objects.get(pk=identifier).person


# -- making ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("body", [entra_user, okta_user])
def test_somebody_is_made_with_the_kind_of_the_directory(hub_team: User, body: Any) -> None:
    made = directory(hub_team, "Housing", PersonKind.PARTNER).post("Users", body("ada@example.org"))
    person = User.objects.get(email="ada@example.org")
    assert (made.status_code, person.kind, person.organisation) == (201, PersonKind.PARTNER, "Lakeside Housing")
    assert (person.name, person.family_name, person.has_usable_password()) == ("Ada Lovelace", "Lovelace", False)
    assert made["Location"].endswith(f"/scim/v2/Users/{made.json()['id']}")
    assert "password" not in made.json()


def test_the_same_person_twice_is_a_conflict(entra: ScimClient) -> None:
    entra.make()
    again = entra.post("Users", entra_user("ADA@example.org"))
    assert (again.status_code, again.json()["scimType"], again.json()["status"]) == (409, "uniqueness", "409")


@pytest.mark.parametrize(("email", "status"), [("bryn@example.org", 201), ("bryn@elsewhere.example", 409)])
def test_an_account_is_taken_over_by_an_address_of_a_named_domain_alone(
    entra: ScimClient, home: Any, email: str, status: int
) -> None:
    bryn = PersonFactory(first_name="Bryn", email=email, resident=True)
    assert entra.post("Users", entra_user(email)).status_code == status
    bryn.refresh_from_db()
    assert bryn.kind == PersonKind.RESIDENT  # where somebody belongs who is here already is not guessed


def test_the_hub_team_is_touched_by_no_directory(entra: ScimClient, hub_team: User) -> None:
    assert entra.post("Users", entra_user(hub_team.email)).status_code == 409
    ada = entra.make()
    User.objects.filter(pk=of(ada).pk).update(is_superuser=True)
    deeds = [
        entra.delete(f"Users/{ada}"),
        entra.patch(f"Users/{ada}", {"op": "replace", "path": "active", "value": False}),
        entra.patch(f"Users/{ada}", {"op": "replace", "path": "title", "value": "Nobody"}),
    ]
    assert [deed.status_code for deed in deeds] == [403, 403, 403]
    assert of(ada).is_active


def renamed(entra: ScimClient, ada: str, email: str) -> Any:
    """As Entra does it: both at once."""
    operation = {"op": "Replace", "path": 'emails[type eq "work"].value', "value": email}
    with TestCase.captureOnCommitCallbacks(execute=True):
        return entra.patch(f"Users/{ada}", operation, {"op": "Replace", "path": "userName", "value": email})


@pytest.mark.parametrize("right", ["a role", "a group", "Django's admin"])
def test_an_address_of_somebody_with_rights_waits_for_its_proof(
    right: str, entra: ScimClient, community: CommunityPage
) -> None:
    ada = entra.make()
    person = of(ada)
    User.objects.filter(pk=person.pk).update(is_staff=right == "Django's admin", last_login=timezone.now())
    if right == "a role":
        make_member(person, community, "facilitator")
    elif right == "a group":
        person.groups.add(Group.objects.create(name="Registrars"))
    new = "ada.king@example.org"
    for _twice in range(2):
        assert renamed(entra, ada, new).status_code == 200
    assert of(ada).email == "ada@example.org"
    assert sorted((one.to[0], "confirm-email" in one.body) for one in mail.outbox) == [
        ("ada.king@example.org", True),
        ("ada@example.org", False),
    ]
    browse(of(ada)).post(link(new))
    assert of(ada).email == new


def test_an_address_of_somebody_with_a_role_stays_while_their_account_is_off(
    entra: ScimClient, community: CommunityPage
) -> None:
    ada = entra.make()
    make_member(of(ada), community, "facilitator")
    for operation in (OFF["Entra, a boolean"], {"op": "Replace", "path": "active", "value": True}):
        entra.patch(f"Users/{ada}", operation)
        if not of(ada).is_active:
            renamed(entra, ada, "thief@example.org")
    assert (of(ada).email, of(ada).is_active, mail.outbox) == ("ada@example.org", True, [])


def test_an_address_that_is_somebody_elses_waits_for_nothing(
    entra: ScimClient, community: CommunityPage, carys: User
) -> None:
    ada = entra.make()
    make_member(of(ada), community, "facilitator")
    assert renamed(entra, ada, carys.email or "").status_code == 409


BAD = {
    "no address": {"userName": "no-address"},
    "no user name": {"emails": [{"value": "ada@example.org"}]},
    "no boolean": {"userName": "ada@example.org", "active": "perhaps"},
    "no list": {"userName": "ada@example.org", "emails": "ada"},
    "zero byte": {"userName": "a\u0000da@example.org"},
    "no object": [],
    "no JSON": "{",
    "deep": "[" * 100_000,
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_body_is_answered_with_a_sentence(entra: ScimClient, name: str) -> None:
    body: Any = BAD[name]
    if isinstance(body, dict):
        body = {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], **body}
    answered = entra.post("Users", body)
    assert (answered.status_code, answered["Content-Type"]) == (400, "application/scim+json")
    assert answered.json()["detail"].strip()
    assert not DirectoryPerson.objects.exists()


def test_a_body_that_is_too_large_is_refused(entra: ScimClient) -> None:
    assert entra.post("Users", "x" * 1_100_000).status_code == 413
    assert entra.post("Users", "x" * 3_000_000).status_code == 413


# -- changing ----------------------------------------------------------------------------------------------------------
OFF = {
    "Entra, a string": {"op": "Replace", "path": "active", "value": "False"},
    "Entra, a boolean": {"op": "Replace", "path": "active", "value": False},
    "Okta, no path": {"op": "replace", "value": {"active": False}},
}


@pytest.mark.parametrize("operation", OFF.values(), ids=OFF)
def test_deactivating_ends_sessions_at_once_and_deletes_nobody(entra: ScimClient, operation: dict[str, Any]) -> None:
    ada = entra.make()
    browser = browse(of(ada))
    changed = entra.patch(f"Users/{ada}", operation)
    assert (changed.status_code, changed.json()["active"]) == (200, False)
    assert browser.get("/account/received/").status_code == 302
    assert Departure.objects.get(person=of(ada)).way == SwitchedBy.DIRECTORY


def test_deleting_switches_off_and_making_again_switches_on(entra: ScimClient) -> None:
    ada = entra.make()
    assert entra.delete(f"Users/{ada}").status_code == 204
    assert (entra.get(f"Users/{ada}").status_code, of(ada).is_active) == (404, False)
    assert entra.make() == ada
    assert of(ada).is_active


def test_somebody_else_who_gets_the_address_does_not_get_the_account(entra: ScimClient) -> None:
    entra.delete(f"Users/{entra.make()}")
    assert entra.post("Users", entra_user("ada@example.org", externalId="another")).status_code == 409


def test_a_directory_brings_back_whom_it_switched_off_and_nobody_else(entra: ScimClient, hub_team: User) -> None:
    ada, bea = entra.make(), entra.make("bea@example.org")
    on = {"op": "Replace", "path": "active", "value": "True"}
    entra.patch(f"Users/{ada}", OFF["Okta, no path"])
    leaving.switch_off(of(bea), SwitchContext(SwitchedBy.SCREEN, hub_team))
    assert [entra.patch(f"Users/{one}", on).json()["active"] for one in (ada, bea)] == [True, False]


CHANGES: dict[str, tuple[dict[str, Any], str, str]] = {
    "Entra, title": ({"op": "Replace", "path": "title", "value": "Countess"}, "job_title", "Countess"),
    "Entra, many": ({"op": "Add", "value": {"displayName": "Ada King", "name.familyName": "King"}}, "name", "Ada King"),
    "Entra, family name": ({"op": "Replace", "path": "name.familyName", "value": "King"}, "name", "Ada King"),
    "Entra, address": (
        {"op": "Replace", "path": 'emails[type eq "work"].value', "value": "ada.king@example.org"},
        "email",
        "ada.king@example.org",
    ),
    "Okta, value": ({"op": "replace", "value": {"title": "Countess"}}, "job_title", "Countess"),
    "unknown": ({"op": "Add", "path": f"{ENTERPRISE}:department", "value": "Looms"}, "name", "Ada Lovelace"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_a_directory_changes_is_taken_over(entra: ScimClient, change: tuple[dict[str, Any], str, str]) -> None:
    operation, field, value = change
    ada = entra.make()
    assert entra.patch(f"Users/{ada}", operation).status_code == 200
    assert getattr(of(ada), field) == value


def test_an_address_is_added_where_there_was_none(entra: ScimClient) -> None:
    ada = entra.make(emails=[])
    entra.patch(f"Users/{ada}", {"op": "Add", "path": 'emails[type eq "work"].value', "value": "a.l@example.org"})
    assert of(ada).email == "a.l@example.org"


def test_okta_replaces_all_of_somebody(hub_team: User) -> None:
    okta = directory(hub_team, "Okta")
    ada = okta.post("Users", okta_user("ada@example.org")).json()["id"]
    replaced = okta.put(f"Users/{ada}", okta_user("ada@example.org", displayName="Ada King", active=False))
    assert (replaced.json()["displayName"], of(ada).name, of(ada).is_active) == ("Ada King", "Ada King", False)


def test_what_people_say_of_themselves_stays_until_the_directory_changes_it(entra: ScimClient) -> None:
    ada = entra.make()
    User.objects.filter(pk=of(ada).pk).update(name="Ada the Great")
    entra.put(f"Users/{ada}", entra_user("ada@example.org", title="Countess"))
    assert (of(ada).name, of(ada).job_title) == ("Ada the Great", "Countess")


def test_their_own_address_outlives_what_else_the_directory_changes(entra: ScimClient) -> None:
    ada = entra.make()
    User.objects.filter(pk=of(ada).pk).update(email="countess@example.org")
    entra.patch(f"Users/{ada}", {"op": "replace", "path": "title", "value": "Countess"})
    entra.put(f"Users/{ada}", entra_user("ada@example.org", title="Analyst"))
    assert (of(ada).email, of(ada).job_title) == ("countess@example.org", "Analyst")
    entra.put(f"Users/{ada}", entra_user("ada@example.org", emails=[{"type": "work", "value": "a.l@example.org"}]))
    assert of(ada).email == "a.l@example.org"


def test_whoever_is_removed_meanwhile_is_not_switched_on_again(entra: ScimClient) -> None:
    ada = entra.make()
    read = DirectoryPerson.objects.select_related("directory", "person").get(pk=ada)
    entra.delete(f"Users/{ada}")
    with pytest.raises(NotFoundException):
        people.change(DirectoryToken.objects.get(), read, lambda before: before.model_copy(update={"active": True}))
    assert not of(ada).is_active


def test_a_name_without_letters_is_told_by_the_address(entra: ScimClient) -> None:
    assert of(entra.make("__@example.org", name=None, displayName="--")).name == "__@example.org"


def test_an_address_of_somebody_else_is_a_conflict(entra: ScimClient) -> None:
    ada, _bea = entra.make(), entra.make("bea@example.org")
    path = 'emails[type eq "work"].value'
    assert entra.patch(f"Users/{ada}", {"op": "replace", "path": path, "value": "bea@example.org"}).status_code == 409
    assert of(ada).email == "ada@example.org"


def test_what_was_changed_meanwhile_is_not_overwritten(entra: ScimClient) -> None:
    ada = entra.make()
    version = entra.get(f"Users/{ada}")["ETag"]
    title = {"op": "replace", "path": "title", "value": "Countess"}
    statuses = [entra.patch(f"Users/{ada}", title, **{"If-Match": version}).status_code for _each in range(2)]
    assert statuses == [200, 412]


def test_every_change_names_the_directory_in_the_log(entra: ScimClient) -> None:
    ada = entra.make()
    entra.patch(f"Users/{ada}", {"op": "replace", "path": "title", "value": "Countess"})
    entra.patch(f"Users/{ada}", OFF["Okta, no path"])
    log = ModelLogEntry.objects.for_instance(of(ada)).order_by("timestamp", "pk")
    assert [one.action for one in log] == ["accounts.directory_made", "accounts.directory_changed", "accounts.left"]
    assert all("Entra" in str(one.data) for one in log)


# -- reading -----------------------------------------------------------------------------------------------------------
FILTERS = {
    'userName eq "ADA@example.org"': 1,
    'userName eq "nobody@example.org"': 0,
    'externalId eq "ada"': 1,
    'emails[type eq "work"].value eq "ada@example.org"': 1,
    'emails[type eq "home"].value eq "ada@example.org"': 0,
    'emails.value eq "ada@example.org"': 1,
    'displayName co "lovelace"': 2,
    'active eq true and not (userName sw "bea")': 1,
    'userName eq "ada@example.org" or userName eq "bea@example.org"': 2,
    'meta.lastModified gt "2020-01-01T00:00:00Z"': 2,
    'id eq "nothing"': 0,
    "externalId pr": 2,
}


@pytest.mark.parametrize(("asked", "found"), FILTERS.items())
def test_people_are_found(entra: ScimClient, asked: str, found: int) -> None:
    entra.make(), entra.make("bea@example.org")
    listed = entra.get("Users", filter=asked).json()
    assert (listed["totalResults"], len(listed["Resources"])) == (found, found)


@pytest.mark.parametrize(
    "asked",
    [
        *('shoeSize eq "40"', "userName eq", 'userName gt "a"', 'meta.created gt "soon"', "active eq 3", "((((("),
        *('displayName eq "\\ud800"', 'meta.created gt "0001-01-01T00:00:00+14:00"'),
    ],
)
def test_a_filter_that_nobody_knows_is_an_error(entra: ScimClient, asked: str) -> None:
    refused = entra.get("Users", filter=asked)
    assert (refused.status_code, refused.json()["scimType"]) == (400, "invalidFilter")


@pytest.mark.parametrize(
    ("query", "emails"),
    [
        ({"startIndex": "2", "count": "1"}, ["bea"]),
        ({"startIndex": "0"}, ["ada", "bea", "cyd"]),
        ({"count": "0"}, []),
        ({"startIndex": "x", "count": "-4"}, []),
        ({"startIndex": "9"}, []),
    ],
    ids=str,
)
def test_people_come_in_pages(entra: ScimClient, query: dict[str, str], emails: list[str]) -> None:
    for name in ("ada", "bea", "cyd"):
        entra.make(f"{name}@example.org")
    listed = entra.get("Users", **query).json()
    assert [one["userName"].partition("@")[0] for one in listed["Resources"]] == emails
    assert listed["totalResults"] == 3


def test_a_directory_sees_its_own_people_alone(entra: ScimClient, hub_team: User, asha: User) -> None:
    ada = entra.make()
    other = directory(hub_team, "Okta")
    assert other.get("Users").json()["totalResults"] == 0
    assert [other.get(f"Users/{ada}").status_code, other.delete(f"Users/{ada}").status_code] == [404, 404]


def test_many_people_cost_as_much_as_few(entra: ScimClient, django_assert_max_num_queries: Any) -> None:
    def listed(count: int) -> int:
        for number in range(count):
            entra.make(f"a{DirectoryPerson.objects.count()}{number}@example.org")
        with django_assert_max_num_queries(20) as asked:
            entra.get("Users")
        return len(asked.captured_queries)

    listed(1)
    assert listed(1) == listed(8)


@pytest.mark.parametrize("path", ["ServiceProviderConfig", "ResourceTypes", "Schemas", "ResourceTypes/User"])
def test_a_directory_reads_what_the_hub_can_do(entra: ScimClient, path: str) -> None:
    assert entra.get(path).json()["schemas"]


@pytest.mark.parametrize("path", ["", "Nothing", "Users/12", "Users/00000000-0000-4000-8000-000000000000", "Bulk"])
def test_what_is_not_there_is_an_error_of_scim(entra: ScimClient, path: str) -> None:
    assert entra.get(path).json()["status"] == "404"


# -- tokens ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("state", [{"withdrawn": timezone.now()}, {"ends": timezone.now() - timedelta(seconds=1)}])
def test_a_token_that_is_over_opens_nothing(entra: ScimClient, state: dict[str, Any]) -> None:
    assert entra.get("Users").status_code == 200
    DirectoryToken.objects.update(**state)
    refused = entra.get("Users")
    assert (refused.status_code, refused["WWW-Authenticate"]) == (401, "Bearer")


def test_a_session_is_no_token(hub_team: User) -> None:
    assert browse(hub_team).get("/scim/v2/Users").status_code == 401


def test_a_token_does_what_it_may(hub_team: User) -> None:
    reader = directory(hub_team, scope=TokenScope.READ)
    assert (reader.get("Users").status_code, reader.post("Users", {}).status_code) == (200, 403)
    assert directory(hub_team, scope=TokenScope.PEOPLE).post("Groups", {}).status_code == 403


def test_a_token_is_kept_as_a_digest(entra: ScimClient) -> None:
    kept = DirectoryToken.objects.get()
    assert entra.headers["Authorization"].partition(" ")[2] not in str(vars(kept))


def test_a_client_that_runs_wild_is_asked_to_wait(entra: ScimClient, settings: Any) -> None:
    with override_settings(LIMITS={**settings.LIMITS, "directories": "2/m"}):
        answers = [entra.get("Users") for _each in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[2]["Retry-After"]) > 0


def test_guesses_are_counted_and_hold_up_no_good_token(entra: ScimClient, settings: Any) -> None:
    with override_settings(LIMITS={**settings.LIMITS, "directory_tokens": "2/m"}):
        statuses = [ScimClient("fms_guess").get("Users").status_code for _each in range(3)]
        assert entra.get("Users").status_code == 200
    assert statuses == [401, 401, 429]
