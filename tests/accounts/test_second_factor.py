"""A second factor: who is asked for it, and that nobody gets round it."""

import time
from io import StringIO
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.webauthn.forms import LoginWebAuthnForm
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from wagtail.models import ModelLogEntry

from accounts.second_factor import encryption
from accounts.second_factor.models import FactorHelp
from communities.models import FACILITATOR, CommunityPage
from people.models import User
from tests.conftest import browse
from tests.factories import PASSWORD, PersonFactory, make_member
from tests.test_query_budgets import warm

AGAIN, OWN, APP = "/account/second-factor/again/", "/account/second-factor/", "/account/second-factor/app/"
HELP = "/ways-in/second-factor/"


@pytest.fixture(autouse=True)
def _commits(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits for the commit follows at once, as it does outside of a test's own transaction."""
    monkeypatch.setattr(transaction, "on_commit", lambda call, **_options: call())


@pytest.fixture
def asked(settings: Any) -> None:
    """The operator asks the hub team and editors."""
    settings.SECOND_FACTOR_FOR = ["hub_team", "editors"]


def code_of(secret: str, later: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


def sign_in(person: User, code: str = "") -> Client:
    browser = Client()
    browser.post("/account/login/", {"login": person.email, "password": PASSWORD})
    if code:
        browser.post("/account/second-factor/code/", {"code": code})
    return browser


def is_in(browser: Client) -> bool:
    return "_auth_user_id" in browser.session


def set_up(browser: Client) -> str:
    """Set an app up as its person does; the answer is its secret."""
    page = browser.get(APP, follow=True)
    if page.request["PATH_INFO"] == "/account/reauthenticate/":
        page = browser.post("/account/reauthenticate/", {"password": PASSWORD, "next": APP}, follow=True)
    secret: str = page.context["form"].secret
    assert browser.post(APP, {"code": code_of(secret)}).status_code == 302
    return secret


@pytest.fixture
def with_app(hub_team: User) -> tuple[User, str]:
    """The hub team's person has an app, set up before anything is asked."""
    return hub_team, set_up(sign_in(hub_team))


def test_carys_sets_an_app_up_and_is_asked_for_its_code(carys: User) -> None:
    secret = set_up(sign_in(carys))
    assert not is_in(sign_in(carys))
    assert not is_in(sign_in(carys, "000000"))
    assert is_in(sign_in(carys, code_of(secret, 1)))
    assert any("An app for codes was set up" in message.subject for message in mail.outbox)


def test_a_code_is_good_once(carys: User) -> None:
    secret = set_up(sign_in(carys))
    code = code_of(secret, 1)
    assert is_in(sign_in(carys, code))
    assert not is_in(sign_in(carys, code))


def test_six_digits_are_not_guessed(carys: User) -> None:
    secret = set_up(sign_in(carys))
    browser = sign_in(carys)
    for wrong in range(10):
        browser.post("/account/second-factor/code/", {"code": f"{wrong:06}"})
    browser.post("/account/second-factor/code/", {"code": code_of(secret, 1)})
    assert not is_in(browser)


def test_recovery_codes_let_in_once_each(carys: User) -> None:
    set_up(sign_in(carys))
    codes = Authenticator.objects.get(user=carys, type="recovery_codes").wrap().get_unused_codes()
    assert is_in(sign_in(carys, codes[0]))
    assert not is_in(sign_in(carys, codes[0]))
    assert is_in(sign_in(carys, codes[1]))


@pytest.mark.parametrize(
    "address",
    [
        "/admin/",
        "/django-admin/",
        "/admin/login/",
        "/admin/api/main/pages/",
        "/",
        "/ways-in/second-factor/",
        "/people/me/",
    ],
)
def test_who_runs_the_hub_gets_nowhere_without_one(hub_team: User, asked: None, address: str) -> None:
    """A session made in any way at all, before the rule or after it: ``force_login`` leaves nothing in it."""
    assert browse(hub_team).get(address)["Location"] == OWN


@pytest.mark.parametrize(
    "address", ["/admin/", "/django-admin/", "/people/me/", APP, "/account/email/", "/account/password/change/"]
)
def test_who_has_one_confirms_it_first(with_app: tuple[User, str], asked: None, address: str) -> None:
    """In an older session the password is not enough, not even to set another factor up or to change the address."""
    person, secret = with_app
    old = browse(person)
    assert old.get(address)["Location"].startswith(AGAIN)
    old.post("/account/reauthenticate/", {"password": PASSWORD})
    assert old.get(address)["Location"].startswith(AGAIN)
    assert old.post(AGAIN, {"code": code_of(secret, 1), "next": address})["Location"] == address
    assert not str(old.get(address).headers.get("Location", "")).startswith("/account/second-factor/again")


def test_scripts_are_told_in_json(hub_team: User, asked: None) -> None:
    answer = browse(hub_team).get("/admin/api/main/pages/", headers={"Accept": "application/json"})
    assert answer.status_code == 403
    assert "second factor" in answer.json()["detail"]


def test_setting_one_up_leads_on(hub_team: User, asked: None) -> None:
    browser = sign_in(hub_team)
    assert browser.get("/admin/reports/locked/")["Location"] == OWN
    set_up(browser)
    codes = browser.get("/account/second-factor/recovery-codes/")
    assert 'href="/admin/reports/locked/"' in codes.content.decode()
    assert browser.get("/admin/").status_code == 200


def test_others_are_not_asked(carys: User, asked: None) -> None:
    assert browse(carys).get("/people/me/").status_code == 200


@pytest.mark.parametrize(("alone", "lets_in"), [(True, True), (False, False), (None, False)])
def test_a_passkey_for_the_second_step_opens_nothing_alone(
    carys: User, monkeypatch: pytest.MonkeyPatch, alone: bool | None, lets_in: bool
) -> None:
    """The device would do it; what its person chose is kept with it."""
    said = {} if alone is None else {"signs_in_alone": alone}
    passkey = Authenticator.objects.create(user=carys, type="webauthn", data={"name": "Key", "credential": said})
    monkeypatch.setattr(LoginWebAuthnForm, "clean_credential", lambda _form: passkey)
    browser = Client()
    browser.post("/account/second-factor/passkeys/sign-in/", {"credential": '{"id": "key"}'})
    assert is_in(browser) is lets_in


@pytest.mark.parametrize(("rule", "who"), [("private_facilitators", "yes"), ("staff", "no"), ("everybody", "yes")])
def test_the_operator_says_who(settings: Any, private_community: Any, rule: str, who: str) -> None:
    from communities.models import FACILITATOR
    from tests.factories import make_member

    dana = PersonFactory(first_name="Dana", resident=True)
    make_member(dana, private_community, FACILITATOR)
    settings.SECOND_FACTOR_FOR = [rule]
    assert browse(dana).get("/people/me/").status_code == (302 if who == "yes" else 200)


def test_the_last_one_stays_where_one_is_asked(with_app: tuple[User, str], asked: None) -> None:
    person, secret = with_app
    browser = sign_in(person, code_of(secret, 1))
    browser.post(
        AGAIN, {"code": Authenticator.objects.get(user=person, type="recovery_codes").wrap().get_unused_codes()[0]}
    )
    page = browser.post(f"{APP}remove/")
    assert "Set up another first" in page.content.decode()
    assert Authenticator.objects.filter(user=person, type="totp").exists()


def test_secrets_are_encrypted_and_keys_change(carys: User, settings: Any) -> None:
    old, new = "the first key, long enough for anybody", "the second key, long enough for anybody"
    settings.SECOND_FACTOR_KEYS = [old]
    secret = set_up(sign_in(carys))
    row = Authenticator.objects.get(user=carys, type="totp")
    assert secret not in str(row.data)
    settings.SECOND_FACTOR_KEYS = [new, old]
    call_command("second_factor", "rotate", stdout=StringIO())
    settings.SECOND_FACTOR_KEYS = [new]
    assert encryption.decrypt(Authenticator.objects.get(pk=row.pk).data["secret"]) == secret
    assert is_in(sign_in(carys, code_of(secret, 1)))


def test_a_lost_key_lets_nobody_in_and_breaks_nothing(carys: User, settings: Any) -> None:
    settings.SECOND_FACTOR_KEYS = ["the first key, long enough for anybody"]
    secret = set_up(sign_in(carys))
    settings.SECOND_FACTOR_KEYS = ["another key, long enough for anybody"]
    for code in (code_of(secret, 1), code_of(""), "000000"):
        assert not is_in(sign_in(carys, code))
    with pytest.raises(CommandError, match="No key opens 2"):
        call_command("second_factor", "rotate", stdout=StringIO())


# -- a lost phone ------------------------------------------------------------------------------------------------------
@pytest.fixture
def second(hub_team: User) -> User:
    return User.objects.create_superuser("second@example.org", PASSWORD, name="Sam Second")


def ask(by: User, person: User) -> Client:
    browser = sign_in(by)
    browser.post("/account/reauthenticate/", {"password": PASSWORD})
    browser.post(HELP, {"email": person.email, "reason": "Came to my desk with her staff card."})
    return browser


def test_two_people_help_with_a_lost_phone(carys: User, hub_team: User, second: User) -> None:
    hers = sign_in(carys)
    set_up(hers)
    first = ask(hub_team, carys)
    asked = FactorHelp.objects.get()
    first.post(f"{HELP}{asked.pk}/confirm/")
    assert Authenticator.objects.filter(user=carys).exists()  # nobody alone
    other = sign_in(second)
    other.post("/account/reauthenticate/", {"password": PASSWORD})
    other.post(f"{HELP}{asked.pk}/confirm/")
    assert not Authenticator.objects.filter(user=carys).exists()
    assert hers.get("/people/me/").status_code == 302
    assert is_in(sign_in(carys))
    told = [message.subject for message in mail.outbox if message.to == [carys.email]]
    assert any("Somebody helps you" in subject for subject in told)
    assert any("was taken off" in subject for subject in told)
    entries = ModelLogEntry.objects.filter(action__startswith="accounts.").order_by("pk")
    assert [(entry.action, entry.user) for entry in entries] == [
        ("accounts.factor_help_asked", hub_team),
        ("accounts.factor_taken_off", second),
    ]


def test_nobody_confirms_for_themselves_or_what_is_old(hub_team: User, second: User, carys: User) -> None:
    set_up(sign_in(carys))
    ask(hub_team, hub_team)
    assert not FactorHelp.objects.exists()
    ask(hub_team, carys)
    User.objects.filter(pk=hub_team.pk).update(is_superuser=False)
    other = sign_in(second)
    other.post("/account/reauthenticate/", {"password": PASSWORD})
    other.post(f"{HELP}{FactorHelp.objects.get().pk}/confirm/")
    assert Authenticator.objects.filter(user=carys).exists()


def test_only_the_hub_team_helps(carys: User, asha: User) -> None:
    assert [browse(person).get(HELP).status_code for person in (carys, asha)] == [404, 404]


def test_ten_that_wait_cost_what_one_does(hub_team: User, second: User) -> None:
    def add(many: int) -> None:
        for _number in range(many):
            FactorHelp.objects.create(person=PersonFactory(), asked_by=hub_team, reason="Seen")

    browser = sign_in(second)
    add(1)
    few = len(warm(browser, HELP))
    add(9)
    assert len(warm(browser, HELP)) == few


def test_the_last_administrator_is_helped_from_the_console(with_app: tuple[User, str], asked: None) -> None:
    person, _secret = with_app
    call_command("second_factor", "reset", person.email.upper(), reason="Phone in the lake", stdout=StringIO())
    browser = sign_in(person)
    assert is_in(browser)
    assert browser.get("/admin/")["Location"] == OWN
    assert ModelLogEntry.objects.get(action="accounts.factor_taken_off").data["reason"] == "Phone in the lake"


def test_whoever_writes_for_a_community_since_a_second_ago_is_asked(
    asked: None, carys: User, community: CommunityPage
) -> None:
    browser = sign_in(carys)
    assert browser.get("/people/me/").status_code == 200  # nothing is asked of her
    make_member(carys, community, FACILITATOR)
    assert browser.get("/admin/")["Location"] == OWN


def test_djangos_admin_has_no_way_round(hub_team: User) -> None:
    for model in ("mfa/authenticator", "socialaccount/socialaccount", "socialaccount/socialapp"):
        assert browse(hub_team).get(f"/django-admin/{model}/").status_code == 404
