"""Lists of invitations, of people from outside and of lines ask no more with thirty rows than with three."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import Invitation, OutsideStay
from communities.models import CommunityPage
from people.models import User
from tests.conftest import browse
from tests.factories import PersonFactory
from tests.test_query_budgets import LIST, warm


def fill(count: int, community: CommunityPage, by: User) -> None:
    for number in range(count):
        guest = PersonFactory(resident=True)
        said = {"kind": "resident", "sponsor": by, "person": guest, "invited_by": by}
        into = community if number % 2 else None
        Invitation.objects.create(email=f"{guest.slug}@example.net", community=into, **said)
        day = timezone.localdate() + timedelta(days=3)
        OutsideStay.objects.create(person=guest, sponsor=by, purpose="Helps.", review_on=day)


def test_thirty_rows_ask_no_more_than_three(community: CommunityPage, asha: User, hub_team: User) -> None:
    addresses = {
        "/ways-in/invitations/": hub_team,
        "/ways-in/invitations/?state=open&q=example": hub_team,
        "/ways-in/stays/": hub_team,
        "/ways-in/stays/?state=due": asha,
        f"{community.url}members/": asha,
        "/": asha,
    }
    fill(4, community, asha)
    few = {address: len(warm(browse(who), address)) for address, who in addresses.items()}
    fill(26, community, asha)
    thirty = {address: len(warm(browse(who), address)) for address, who in addresses.items()}
    assert thirty == few
    assert max(thirty.values()) <= LIST
