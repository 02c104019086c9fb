"""Whether those with whom people sign on can be reached, and are who they say."""

from collections.abc import Iterator

from allauth.socialaccount.adapter import get_adapter
from django.conf import settings

from core.doctor import Complaint

PATIENCE = 5  # seconds
DESCRIPTION = "/.well-known/openid-configuration"


def sign_on() -> Iterator[Complaint]:
    for app in settings.SIGN_ON:
        issuer = str(app["settings"]["server_url"])
        try:
            with get_adapter().get_requests_session() as session:
                answer = session.get(issuer.removesuffix(DESCRIPTION) + DESCRIPTION, timeout=PATIENCE)
            answer.raise_for_status()
            said = answer.json()
        except (OSError, ValueError) as error:  # whatever requests raises is one of these
            yield Complaint(
                f"{app['name']}, with which people sign on, cannot be reached: {error}",
                "See that its address is right, and that this machine may go there. Nobody signs on meanwhile.",
            )
            continue
        if not isinstance(said, dict) or "authorization_endpoint" not in said:
            yield Complaint(f"{issuer} describes no OpenID provider.", "Correct its address in the settings.")
