"""What membership opens, and what stays shut when a community goes."""

from communities.models import CommunityPage, Places
from core.audiences import Audience
from core.models import HubPage
from people.models import User
from stories.models import StoryPage
from tests.conftest import browse
from tests.factories import CommunityFactory, PersonFactory, SessionFactory, StoryFactory, SurgeryFactory, make_member


def test_a_resident_who_was_let_in_sees_a_community_of_the_organisation_and_all_it_does(home: HubPage) -> None:
    inside = CommunityFactory(for_the_organisation=True)
    story = StoryFactory(community=inside)
    session = SessionFactory(surgery=SurgeryFactory(community=inside))
    resident = PersonFactory(resident=True)
    addresses = (inside.url, story.url, session.url, session.ics_url)
    assert {browse(resident).get(address).status_code for address in addresses} == {404}
    make_member(resident, inside)
    assert {browse(resident).get(address).status_code for address in addresses} == {200}


def test_what_a_private_community_did_is_for_nobody_when_it_is_deleted(
    private_community: CommunityPage, dev: User, carys: User
) -> None:
    story = StoryFactory(community=private_community, audience=Audience.ORGANISATION)
    private_community.delete()
    story = StoryPage.objects.get(pk=story.pk)
    story.save(clean=False)
    assert {browse(person).get(story.url).status_code for person in (None, carys, dev)} == {404}


def test_an_old_draft_with_fewer_places_than_members_takes_nobodys_place(community: CommunityPage, bryn: User) -> None:
    make_member(PersonFactory(), community)
    community.capacity = 1
    community.save()
    places = Places.objects.get(community=community)
    assert (places.taken, places.capacity) == (2, 2)
