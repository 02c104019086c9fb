"""The providers that somebody can sign on with."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse


@dataclass(frozen=True, slots=True)
class Offered:
    """A button."""

    key: str
    label: str

    @property
    def url(self) -> str:
        return reverse("openid_connect_login", args=[self.key])


def offered() -> list[Offered]:
    """Those of the operator's settings, in their order."""
    return [Offered(app["provider_id"], app["name"]) for app in settings.SIGN_ON]


def named(key: str) -> str:
    """What a provider is called; its key where it is no longer among the settings."""
    return next((one.label for one in offered() if one.key == key), key)


def said_of(key: str) -> dict[str, Any]:
    """What the operator says of a provider."""
    app: dict[str, Any] = next(app for app in settings.SIGN_ON if app["provider_id"] == key)
    return dict(app["settings"])
