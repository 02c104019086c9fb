"""What the settings of ways in must say."""

from typing import Any

from django.conf import settings
from django.core import checks

from accounts.second_factor.encryption import SHORTEST_KEY
from accounts.second_factor.rule import RULES
from accounts.sign_on.rules import CLAIM, DOMAIN, KINDS, is_condition

ABOUT_RULE = f"It is “{DOMAIN}:withermere.gov.example”, “everybody”, or “{CLAIM}:value”, such as “groups:staff”."


@checks.register
def second_factor(app_configs: object, **_kwargs: object) -> list[checks.CheckMessage]:
    """Whoever is asked for one is named rightly, and keys are long enough."""
    unknown = [name for name in settings.SECOND_FACTOR_FOR if name not in RULES]
    wrong: list[checks.CheckMessage] = []
    if unknown:
        known = ", ".join(RULES)
        wrong.append(
            checks.Error(f"SECOND_FACTOR_FOR names {', '.join(unknown)}.", hint=f"Use {known}.", id="accounts.E001")
        )
    if any(len(key) < SHORTEST_KEY for key in settings.SECOND_FACTOR_KEYS):
        hint = "Make one with: python -c 'import secrets; print(secrets.token_urlsafe(50))'"
        wrong.append(checks.Error("A key of SECOND_FACTOR_KEYS is too short.", hint=hint, id="accounts.E002"))
    return wrong


@checks.register
def sign_on(app_configs: object, **_kwargs: object) -> list[checks.CheckMessage]:
    """Each provider says where it is, who we are there, for which addresses it speaks, and whom it lets in as what."""
    return [message for app in settings.SIGN_ON for message in _provider(app)]


def _provider(app: dict[str, Any]) -> list[checks.CheckMessage]:
    name, said = f"SIGN_ON_{app['provider_id'].upper()}", app["settings"]
    wrong: list[checks.CheckMessage] = []

    def say(problem: str, hint: str, number: int) -> None:
        wrong.append(checks.Error(f"{name}_{problem}", hint=hint, id=f"accounts.E0{number}"))

    if not said["server_url"].startswith(("https://", "http://127.0.0.1", "http://localhost")):
        say("URL must be an address with https://.", "It is the issuer that the provider names.", 10)
    if not app["client_id"]:
        say("CLIENT_ID is missing.", "The provider gave it when the hub was registered there.", 11)
    if not said["domains"]:
        say("DOMAINS is missing.", "The domains of the addresses that this provider may prove, such as yours.", 12)
    conditions = [condition for kind in KINDS for condition in said["rules"][kind]]
    if any(not is_condition(condition) for condition in conditions):
        say("STAFF, _PARTNER or _RESIDENT has a condition that is none.", ABOUT_RULE, 13)
    if said["rules"]["partner"] and not said["organisation"]:
        say("ORGANISATION is missing.", "Whoever works for a partner belongs to an organisation: name it.", 14)
    return wrong
