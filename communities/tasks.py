"""What communities do in the background: looking up who was invited."""

from django_tasks import task

from communities import services
from communities.models import CommunityPage, Role
from communities.permissions import is_steward
from people.models import User


@task()
def invite_address(community_pk: int, email: str, by_pk: int, role: str) -> None:
    """Invite whoever signs in with this address. Looked up here, so that the form takes as long for any address.

    Whoever facilitates no more by then invites nobody.
    """
    community = CommunityPage.objects.filter(pk=community_pk).first()
    by = User.objects.filter(pk=by_pk).first()
    if community is not None and by is not None and by.is_active and is_steward(by, community):
        services.invite_address(community, email, by, Role(role))
