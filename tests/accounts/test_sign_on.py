"""Single sign-on, with a real provider on loopback: who comes in, as what, and whom it may not lie about."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.db import transaction
from django.test import Client
from django.utils import timezone
from werkzeug.wrappers import Response

from accounts.models import OutsideStay
from accounts.sign_on import rules
from accounts.sign_on.admission import ADMISSIONS
from accounts.sign_on.services import Admission
from communities.models import CommunityPage
from hub.settings import sign_on as read
from people.models import User
from tests.accounts import provider as openid
from tests.accounts.provider import Provider
from tests.conftest import browse, invite
from tests.factories import PASSWORD

EMAIL = "New.Person@Example.org"


@pytest.fixture(scope="module")
def running() -> Iterator[Provider]:
    with openid.running() as made:
        yield made


@pytest.fixture
def provider(running: Provider, settings: Any, db: Any, monkeypatch: pytest.MonkeyPatch) -> Provider:
    """The council's provider, honest again."""
    running.lies, running.waits = {}, 0
    monkeypatch.setattr(transaction, "on_commit", lambda call, **_options: call())
    let_in(settings, running.settings())
    return running


def let_in(settings: Any, *apps: dict[str, Any]) -> None:
    settings.SIGN_ON = list(apps)
    known = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {**known, "APPS": list(apps)}}


def who(response: Any) -> User | None:
    return User.objects.filter(pk=response.client.session.get("_auth_user_id")).first()


def said(response: Any) -> str:
    return str(response.content.decode())


# -- who comes in ------------------------------------------------------------------------------------------------------
def test_somebody_new_comes_in_by_the_operators_rule(provider: Provider) -> None:
    provider.knows("n1", email=EMAIL, email_verified=True, name="Nia New")
    person = who(provider.sign_on("n1"))
    assert person is not None
    assert (person.name, person.email, person.kind) == ("Nia New", EMAIL.lower(), "staff")
    assert not person.has_usable_password()
    assert who(provider.sign_on("n1")) == person


@pytest.mark.parametrize(("kind", "purposes"), [("partner", ["Works for Lakeside Housing"]), ("resident", [])])
def test_whoever_works_for_a_partner_is_looked_at_again_also_without_an_invitation(
    provider: Provider, settings: Any, kind: str, purposes: list[str]
) -> None:
    rules = {"staff": [], "partner": [], "resident": [], kind: ["everybody"]}
    let_in(settings, provider.settings(rules=rules, organisation="Lakeside Housing"))
    provider.knows("c30", email=EMAIL, email_verified=True, name="Nia New")
    for _twice in range(2):
        assert who(provider.sign_on("c30")) == User.objects.get(email=EMAIL)
    stays = OutsideStay.objects.filter(person__email=EMAIL)
    assert [(stay.purpose, stay.sponsor) for stay in stays] == [(purpose, None) for purpose in purposes]


def test_nobody_is_made_where_no_rule_names_them(provider: Provider, settings: Any) -> None:
    let_in(settings, provider.settings(rules={"staff": ["groups:staff"], "partner": [], "resident": []}))
    provider.knows("n2", email=EMAIL, email_verified=True, name="Nia New")
    answer = provider.sign_on("n2")
    assert answer.status_code == 403
    assert "Nothing was made in your name" in said(answer)
    assert not User.objects.filter(email=EMAIL.lower()).exists()


def test_an_invitation_lets_in_whom_no_rule_names(provider: Provider, settings: Any) -> None:
    let_in(settings, provider.settings(rules={"staff": [], "partner": [], "resident": []}))
    provider.knows("n3", email=EMAIL, email_verified=True, name="Nia New")
    ADMISSIONS.add("test", lambda _request, email: Admission("resident") if email == EMAIL.lower() else None)
    try:
        person = who(provider.sign_on("n3"))
    finally:
        ADMISSIONS.remove("test")
    assert person is not None
    assert person.kind == "resident"


def test_whoever_was_invited_signs_on_comes_on_its_terms_and_joins(
    provider: Provider, settings: Any, community: CommunityPage, asha: User
) -> None:
    let_in(settings, provider.settings(rules={"staff": [], "partner": [], "resident": []}))
    provider.knows("n4", email=EMAIL, email_verified=True, name="Nia New")
    invite(asha, community, EMAIL, purpose="Knows hedges.")
    [link] = [match for one in mail.outbox for match in re.findall(r"/account/invitation/\S+", one.body)]
    assert "Sign in with Council" in said(Client().get(link))
    answer = provider.sign_on("n4")
    person = who(answer)
    assert person is not None
    assert (person.kind, person.stay.purpose, person.memberships.exists()) == ("resident", "Knows hedges.", False)
    answer.client.post(link, {"answer": "yes"})
    assert person.memberships.get().is_active


def test_carys_is_joined_by_her_proved_address(provider: Provider, carys: User) -> None:
    provider.knows("c1", email="CARYS@example.org", email_verified=True, name="Somebody Else")
    assert who(provider.sign_on("c1")) == carys
    carys.refresh_from_db()
    assert carys.name == "Carys Hughes"
    assert "Single sign-on was joined" in mail.outbox[-1].subject


@pytest.mark.parametrize(
    "verified", [{}, {"email_verified": False}, {"email_verified": "false"}, {"email_verified": 0}]
)
def test_an_unproved_address_joins_nobody(provider: Provider, carys: User, verified: dict[str, Any]) -> None:
    provider.knows("c2", email=carys.email, name="Carys", **verified)
    answer = provider.sign_on("c2")
    assert (answer.status_code, who(answer)) == (403, None)
    assert "Confirm your address at Council" in said(answer)
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize(
    "told", [{}, {"email": ""}, {"email": "no address"}, {"email": ["a@example.org"]}, {"email": "x@evil.example"}]
)
def test_without_an_address_that_is_the_providers_to_prove_nobody_comes_in(
    provider: Provider, told: dict[str, Any]
) -> None:
    provider.knows("c3", email_verified=True, **told)
    assert provider.sign_on("c3").status_code == 403
    assert not User.objects.filter(email__contains="example").exists()


def test_another_provider_may_not_speak_for_the_councils_addresses(
    provider: Provider, settings: Any, carys: User
) -> None:
    let_in(settings, provider.settings(), provider.settings("partner", domains=["partner.example"]))
    provider.knows("p1", email=carys.email, email_verified=True)
    answer = provider.sign_on("p1", key="partner")
    assert (answer.status_code, who(answer)) == (403, None)
    assert "cannot speak for" in said(answer)


def test_two_providers_know_one_person(provider: Provider, settings: Any, carys: User) -> None:
    let_in(settings, provider.settings(), provider.settings("library"))
    provider.knows("c4", email=carys.email, email_verified=True)
    assert who(provider.sign_on("c4")) == who(provider.sign_on("c4", key="library")) == carys
    assert SocialAccount.objects.filter(user=carys).count() == 2


def test_an_address_that_was_given_to_somebody_new_opens_no_old_account(provider: Provider, carys: User) -> None:
    provider.knows("old", email=carys.email, email_verified=True)
    assert who(provider.sign_on("old")) == carys
    provider.knows("new", email=carys.email, email_verified=True)
    answer = provider.sign_on("new")
    assert (answer.status_code, who(answer)) == (403, None)
    assert "knows as somebody else" in said(answer)


def test_whoever_changed_their_address_there_is_known_by_their_number(
    provider: Provider, carys: User, bryn: User
) -> None:
    provider.knows("c5", email=carys.email, email_verified=True)
    provider.sign_on("c5")
    provider.knows("c5", email=bryn.email, email_verified=True)
    answer = provider.sign_on("c5")
    assert who(answer) == carys
    assert bryn.email in said(answer.client.get("/", follow=True))
    carys.refresh_from_db()
    assert carys.email == "carys@example.org"


def test_the_same_number_of_another_provider_opens_no_account(provider: Provider, carys: User) -> None:
    """The operator named another product as the provider, which counts its people from one as the old one did."""
    provider.knows("1", email=carys.email, email_verified=True)
    assert who(provider.sign_on("1")) == carys
    known = SocialAccount.objects.filter(user=carys)
    assert known.get().extra_data == {"email": carys.email, "iss": provider.address}
    known.update(extra_data={"email": carys.email, "iss": "https://old.example/"})
    answer = provider.sign_on("1")
    assert (answer.status_code, who(answer)) == (401, None)
    known.update(extra_data={"email": carys.email})  # from before it was kept
    assert who(provider.sign_on("1")) == carys


@pytest.mark.parametrize("joined", [True, False])
def test_a_closed_account_stays_closed(provider: Provider, carys: User, joined: bool) -> None:
    provider.knows("c6", email=carys.email, email_verified=True)
    if joined:
        provider.sign_on("c6")
    carys.is_active = False
    carys.save()
    answer = provider.sign_on("c6")
    assert who(answer) is None
    assert "closed" in said(answer.client.get(answer["Location"]) if answer.status_code == 302 else answer)


# -- lies and trouble --------------------------------------------------------------------------------------------------
def test_the_question_carries_state_nonce_and_pkce_and_nothing_from_the_address(provider: Provider) -> None:
    start = Client().post("/account/oidc/council/?scope=admin&auth_params=prompt%3Dnone&process=connect")
    asked = parse_qs(urlsplit(start["Location"]).query)
    assert {"state", "nonce", "code_challenge"} <= asked.keys()
    assert asked["code_challenge_method"] == ["S256"]
    assert "prompt" not in asked
    assert "admin" not in asked["scope"][0]


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "another client"},
        {"iss": "https://evil.example"},
        {"nonce": "another"},
        {"nonce": None},
        {"exp": 1},
        {"sub": "x"},
    ],
)
def test_a_token_for_something_else_lets_nobody_in(provider: Provider, carys: User, claims: dict[str, Any]) -> None:
    provider.knows("c7", email=carys.email, email_verified=True)
    provider.lies_in_id_token(**claims)
    answer = provider.sign_on("c7")
    assert answer.status_code in {401, 403, 503}
    assert who(answer) is None
    assert not SocialAccount.objects.exists()


def test_another_persons_user_info_is_not_believed(provider: Provider, carys: User) -> None:
    provider.knows("c8", email=EMAIL, email_verified=True)
    provider.lies[openid.USERINFO] = lambda told: {**told, "sub": "other", "email": carys.email}
    assert who(provider.sign_on("c8")) is None


@pytest.mark.parametrize("changed", [{"state": "another"}, {"state": ""}, {"code": "another"}])
def test_a_way_back_that_nobody_asked_for_leads_nowhere(
    provider: Provider, carys: User, changed: dict[str, str]
) -> None:
    provider.knows("c9", email=carys.email, email_verified=True)
    answer = provider.sign_on("c9", **changed)
    assert (answer.status_code, who(answer)) == (401, None)


@pytest.mark.parametrize(
    ("path", "lie"),
    [
        (openid.DISCOVERY, lambda _told: Response("<html>", 200)),
        (openid.DISCOVERY, lambda _told: Response("away", 502)),
        (openid.DISCOVERY, lambda told: {**told, "issuer": "https://evil.example"}),
        (openid.DISCOVERY, lambda told: {"issuer": told["issuer"]}),
        (openid.TOKEN, lambda _told: Response("away", 500)),
        (openid.TOKEN, lambda _told: {"token_type": "Bearer"}),
        (openid.TOKEN, lambda told: {**told, "id_token": "rubbish"}),
        (openid.USERINFO, lambda _told: ["no person"]),
        (openid.USERINFO, lambda _told: Response("rubbish", 200)),
    ],
)
def test_what_nobody_can_read_gets_a_sentence(provider: Provider, path: str, lie: Any) -> None:
    provider.knows("c10", email=EMAIL, email_verified=True)
    provider.lies[path] = lie
    answer = provider.sign_on("c10")
    assert answer.status_code in {401, 503}
    assert "Back to signing in" in said(answer)


def test_a_slow_provider_keeps_one_reader_waiting_and_not_the_next(provider: Provider, settings: Any) -> None:
    settings.SOCIALACCOUNT_REQUESTS_TIMEOUT = 0.2
    provider.waits = 0.6
    assert "does not answer" in said(Client().post("/account/oidc/council/"))
    settings.SOCIALACCOUNT_REQUESTS_TIMEOUT = 60
    assert "does not answer" in said(Client().post("/account/oidc/council/"))


def test_a_provider_that_is_down_gets_a_sentence(provider: Provider, settings: Any) -> None:
    let_in(settings, provider.settings(server_url="http://127.0.0.1:9"))
    answer = Client().post("/account/oidc/council/")
    assert answer.status_code == 503
    assert "does not answer" in said(answer)


def test_a_link_alone_goes_nowhere(provider: Provider) -> None:
    assert Client().get("/account/oidc/council/").status_code == 200
    assert Client().get("/account/oidc/nobody/").status_code == 404


def test_the_sign_in_page_has_the_button(provider: Provider) -> None:
    page = said(Client().get("/account/login/?next=/people/me/"))
    assert "Sign in with Council" in page
    assert '<input type="hidden" name="next" value="/people/me/">' in page


# -- rules and settings ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("staff", "claims", "kind"),
    [
        (["groups:hub-staff"], {"groups": ["other", "hub-staff"]}, "staff"),
        (["groups:hub-staff"], {"groups": "hub-staff"}, "staff"),
        (["groups:hub-staff"], {"groups": "hub-staff-of-another"}, None),
        (["realm_access.roles:staff"], {"realm_access": {"roles": ["staff"]}}, "staff"),
        (["https://hub.example/groups:staff"], {"https://hub.example/groups": ["staff"]}, "staff"),
        (["groups:hub-staff"], {"groups": {"hub-staff": True}}, None),
        (["groups:hub-staff"], {}, None),
        (["domain:example.org"], {}, "staff"),
        (["domain:ample.org"], {}, None),
        (["everybody"], {}, "staff"),
    ],
)
def test_who_is_staff_is_the_operators_rule(staff: list[str], claims: dict[str, Any], kind: str | None) -> None:
    said = {"rules": {"staff": staff, "partner": [], "resident": []}}
    assert rules.kind_for(said, "a@example.org", claims) == kind


def test_the_environment_names_providers(monkeypatch: pytest.MonkeyPatch) -> None:
    import environ

    for name, value in {
        "SIGN_ON": "council",
        "SIGN_ON_COUNCIL_LABEL": "Withermere",
        "SIGN_ON_COUNCIL_URL": "https://login.example/tenant/v2.0/",
        "SIGN_ON_COUNCIL_CLIENT_ID": "hub",
        "SIGN_ON_COUNCIL_DOMAINS": "Withermere.gov.example, @council.example",
        "SIGN_ON_COUNCIL_STAFF": "groups:a, domain:withermere.gov.example",
        "SIGN_ON_COUNCIL_SECOND_FACTOR": "true",
    }.items():
        monkeypatch.setenv(name, value)
    (app,) = read.providers(environ.Env())
    assert app["name"] == "Withermere"
    assert app["settings"]["domains"] == ["withermere.gov.example", "council.example"]
    assert app["settings"]["rules"]["staff"] == ["groups:a", "domain:withermere.gov.example"]
    assert app["settings"]["has_second_factor"] is True
    assert read.origins([app]) == ["https://login.example"]


def test_settings_that_let_in_anybody_or_nobody_are_refused(settings: Any) -> None:
    from accounts.checks import sign_on

    app = Provider("http://login.example").settings(
        domains=[], rules={"staff": ["staff"], "partner": ["everybody"], "resident": []}
    )
    let_in(settings, {**app, "client_id": ""})
    assert {message.id for message in sign_on(None)} == {f"accounts.E0{number}" for number in (10, 11, 12, 13, 14)}


# -- what follows ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("trusted", [True, False])
def test_a_trusted_provider_stands_for_the_second_factor(
    provider: Provider, settings: Any, hub_team: User, trusted: bool
) -> None:
    let_in(settings, provider.settings(has_second_factor=trusted))
    settings.SECOND_FACTOR_FOR = ["hub_team"]
    provider.knows("h1", email=hub_team.email, email_verified=True)
    answer = provider.sign_on("h1")
    assert answer.client.get("/admin/").status_code == (200 if trusted else 302)


def test_a_password_sets_up_no_factor_for_whom_the_provider_asks_for_one(
    provider: Provider, settings: Any, hub_team: User
) -> None:
    let_in(settings, provider.settings(has_second_factor=True))
    settings.SECOND_FACTOR_FOR = ["hub_team"]
    provider.knows("h2", email=hub_team.email, email_verified=True)
    provider.sign_on("h2")
    for address in ("/admin/", "/account/second-factor/app/", "/account/second-factor/passkeys/"):
        assert browse(hub_team).get(address)["Location"].startswith("/account/oidc/council/?next=")


def test_who_has_no_password_confirms_a_change_at_the_provider(provider: Provider) -> None:
    provider.knows("n9", email=EMAIL, email_verified=True, name="Nia New")
    browser = provider.sign_on("n9").client
    another = {"action_add": "", "email": "another@example.org"}
    with time_machine.travel(timezone.now() + timedelta(minutes=10)):
        for address in ("/account/email/", "/account/second-factor/app/", "/account/second-factor/passkeys/"):
            assert browser.post(address, another)["Location"].startswith("/account/oidc/council/?next=")
        assert browser.get("/account/email/").status_code == 200
        assert not mail.outbox
        provider.sign_on("n9", browser)
        browser.post("/account/email/", another)
    assert mail.outbox[-1].to == [EMAIL.lower()]


@pytest.mark.parametrize("address", ["copy/", "copy/zip/", "erasure/"])
def test_who_has_no_password_confirms_at_the_provider_before_what_is_held_is_taken(
    provider: Provider, address: str
) -> None:
    provider.knows("n10", email=EMAIL, email_verified=True, name="Nia New")
    browser = provider.sign_on("n10").client
    assert browser.get(f"/account/held/{address}").status_code in {200, 404}  # there is no copy yet
    with time_machine.travel(timezone.now() + timedelta(minutes=10)):
        for method in (browser.get, browser.post):
            assert method(f"/account/held/{address}")["Location"].startswith("/account/oidc/council/?next=")


def test_after_the_last_day_a_provider_lets_nobody_in(provider: Provider, carys: User) -> None:
    provider.knows("c9", email=carys.email, email_verified=True)
    assert who(provider.sign_on("c9")) == carys
    carys.leaves_on = timezone.localdate() - timedelta(days=1)
    carys.save(update_fields=["leaves_on"])
    assert "_auth_user_id" not in provider.sign_on("c9").client.session


def test_passwords_can_be_switched_off_for_staff(provider: Provider, settings: Any, carys: User, dev: User) -> None:
    settings.SIGN_ON_ONLY = ["staff"]
    refused = Client().post("/account/login/", {"login": carys.email, "password": PASSWORD})
    assert "Sign in with Council" in said(refused)
    assert who(refused) is None
    assert who(Client().post("/account/login/", {"login": dev.email, "password": PASSWORD})) == dev
