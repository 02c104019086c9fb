"""What communities do in the background: e-mails, and looking up who was invited."""

import logging

from django_tasks import task

from core.mail import HubMail

logger = logging.getLogger(__name__)


@task()
def send(subject: str, to: str, text: str, html: str) -> bool:
    """Send one e-mail. A mail server that refuses is said in the log: the hub says the same on the front page."""
    made = HubMail(subject, text, to=[to])
    made.attach_alternative(html, "text/html")
    try:
        return bool(made.send())
    except (OSError, ValueError):
        logger.exception("An e-mail about a membership could not be sent.")
        return False


@task()
def invite_address(community_pk: int, email: str, by_pk: int, role: str) -> None:
    """Invite whoever signs in with this address. Looked up here, so that the form takes as long for any address.

    Whoever facilitates no more by then invites nobody.
    """
    from communities.models import CommunityPage, Role  # noqa: PLC0415 (services know the tasks)
    from communities.permissions import is_steward  # noqa: PLC0415 (services know the tasks)
    from communities.services import invite_address as service  # noqa: PLC0415 (services know the tasks)
    from people.models import User  # noqa: PLC0415 (services know the tasks)

    community = CommunityPage.objects.filter(pk=community_pk).first()
    by = User.objects.filter(pk=by_pk).first()
    if community is not None and by is not None and by.is_active and is_steward(by, community):
        service(community, email, by, Role(role))
