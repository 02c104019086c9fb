"""Passkeys, with Chromium's own virtual authenticator, and single sign-on, with a provider on loopback."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from demo.cast import PASSWORD
from tests.accounts import provider as openid
from tests.browser.council import PRIYA, serving, sign_in

OWN = "/account/second-factor/"


@pytest.fixture
def page(chromium: Browser, hub: str) -> Iterator[Page]:
    """A tab at ``localhost``: passkeys belong to a name, and an address of numbers is none."""
    with chromium.new_context(base_url=hub.replace("127.0.0.1", "localhost"), locale="en-GB") as context:
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("WebAuthn.enable")
        options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
        ready = {"isUserVerified": True, "automaticPresenceSimulation": True}
        session.send("WebAuthn.addVirtualAuthenticator", {"options": {**options, **ready}})
        yield page


def main(page: Page) -> Any:
    return page.get_by_role("main")


def test_priya_signs_in_with_a_passkey(page: Page) -> None:
    sign_in(page, PRIYA)
    page.goto(OWN)
    main(page).get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("What shall we call it?").fill("Work laptop")
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.get_by_role("link", name="I have them").click()
    expect(main(page).get_by_role("heading", name="Work laptop")).to_be_visible()
    sign_out(page)

    page.goto("/account/login/")  # with the passkey alone
    page.get_by_role("button", name="Sign in with a passkey").click()
    arrived(page)
    sign_out(page)

    page.goto("/account/login/")  # with the password, and the passkey as the second step
    page.get_by_label("E-mail address").fill(PRIYA)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    main(page).get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("button", name="Use a passkey").click()
    arrived(page)

    page.goto(OWN)  # and she takes it off again
    page.get_by_role("link", name="Remove").click()
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_role("button", name="Remove it").click()
    expect(page.get_by_role("link", name="Add a passkey")).to_be_visible()


def arrived(page: Page) -> None:
    page.wait_for_url(lambda address: urlsplit(address).path == "/")


def sign_out(page: Page) -> None:
    page.goto("/account/logout/")
    main(page).get_by_role("button", name="Sign out").click()


def test_signing_on_leads_to_the_provider_and_back(chromium: Browser, tmp_path: Path) -> None:
    """The content security policy lets the form go there, and nowhere else."""
    with openid.running() as provider:
        provider.knows("nia", email="nia.new@withermere.example", email_verified=True, name="Nia New")
        said = {
            "SIGN_ON": "council",
            "SIGN_ON_COUNCIL_LABEL": "Withermere Council",
            "SIGN_ON_COUNCIL_URL": provider.address,
            "SIGN_ON_COUNCIL_CLIENT_ID": "hub",
            "SIGN_ON_COUNCIL_CLIENT_SECRET": "secret",
            "SIGN_ON_COUNCIL_DOMAINS": "withermere.example",
            "SIGN_ON_COUNCIL_STAFF": "domain:withermere.example",
        }
        with serving(tmp_path / "council", **said) as hub, chromium.new_context(base_url=hub) as context:
            page = context.new_page()
            page.goto("/account/login/?next=/people/me/")
            page.get_by_role("button", name="Sign in with Withermere Council").click()
            page.wait_for_url(f"{provider.address}/**")
            page.locator("input[name=sub]").first.fill("nia")
            page.get_by_role("button", name="Authorize").first.click()
            page.wait_for_url(f"{hub}/people/me/")
            expect(page.get_by_label("Name", exact=True)).to_have_value("Nia New")
