"""Single sign-on, as the operator describes it in the environment: see ``.env.example``."""

from typing import Any

import environ


def providers(env: environ.Env) -> list[dict[str, Any]]:
    """The OpenID providers that ``SIGN_ON`` names, in its order, each read from ``SIGN_ON_<NAME>_…``."""
    return [provider(env, name.strip().lower()) for name in env.list("SIGN_ON", default=[]) if name.strip()]


def provider(env: environ.Env, key: str) -> dict[str, Any]:
    """One provider in allauth's form. What is ours stands in its ``settings``, too: who is let in, and as what."""

    def of(what: str, default: str = "") -> str:
        name = key.upper().replace("-", "_")
        return str(env(f"SIGN_ON_{name}_{what}", default=default)).strip()

    def listed(what: str) -> list[str]:
        return [part.strip() for part in of(what).split(",") if part.strip()]

    return {
        "provider_id": key,
        "name": of("LABEL", key.title()),
        "client_id": of("CLIENT_ID"),
        "secret": of("CLIENT_SECRET"),
        "settings": {
            "server_url": of("URL").rstrip("/"),
            "domains": [domain.lower().lstrip("@") for domain in listed("DOMAINS")],
            "verified_claim": of("VERIFIED_CLAIM", "email_verified"),
            "rules": {kind: listed(kind.upper()) for kind in ("staff", "partner", "resident")},
            "organisation": of("ORGANISATION"),
            "has_second_factor": of("SECOND_FACTOR").lower() in {"true", "yes", "on", "1"},
            "scope": listed("SCOPE") or ["openid", "profile", "email"],
            "origins": listed("ORIGINS"),
        },
    }


def origins(apps: list[dict[str, Any]]) -> list[str]:
    """Where the form of a sign-on may lead: browsers ask the content security policy that."""
    named = [address for app in apps for address in (app["settings"]["server_url"], *app["settings"]["origins"])]
    return sorted({"/".join(address.split("/")[:3]) for address in named if "://" in address})
