"""Names that are offered while somebody types behind an @."""

from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from communities import services as memberships
from communities.models import CommunityPage
from conversations import services
from conversations.choices import Kind
from conversations.models import Conversation
from people.away import Absence
from people.models import User
from tests.conftest import browse
from tests.conversations.saying import answered, begun
from tests.conversations.test_told import inbox
from tests.factories import CommunityFactory, PersonFactory, make_member
from tests.replay import replayed


@pytest.fixture
@replayed
def talk(community: CommunityPage, asha: User) -> Conversation:
    return begun(community, asha)


def offered(reader: User, where: Conversation | CommunityPage, typed: str, audience: str = "") -> list[str]:
    place = f"{where.pk}" if isinstance(where, Conversation) else f"in/{where.slug}"
    address = f"/conversations/{place}/names/?q={quote(typed)}&audience={audience}"
    return [one["insert"] for one in browse(reader).get(address).json()["offered"]]


@pytest.mark.parametrize("typed", ["sian", "Siân", "SIAN RH", "rhys", "rhŷ"])
def test_typed_letters_find_a_name_whatever_their_accents(typed, talk, asha):
    PersonFactory(first_name="Siân", last_name="Rhŷs")
    assert offered(asha, talk, typed) == ["Siân Rhŷs"]


@pytest.mark.parametrize("name", ["王 伟", "محمد علي", "अनीता देसाई", "Łukasz Żak"])
def test_names_of_any_script_are_offered_and_found_as_they_are_offered(name, talk, asha):
    first, _blank, last = name.partition(" ")
    person = PersonFactory(first_name=first, last_name=last, email="somebody@example.org")
    assert offered(asha, talk, first[:2].strip()) == [name]
    answered(talk, asha, f"@{name} knows.")
    assert person.mentions.exists()


def test_whoever_is_away_is_offered_as_such_with_who_stands_in(talk, asha, bryn, carys):
    Absence.objects.create(person=carys, first=timezone.localdate(), stand_in=bryn)
    address = f"/conversations/{talk.pk}/names/?q=carys"
    [row] = browse(asha).get(address).json()["offered"]
    assert row["about"].startswith("Away since")
    assert row["about"].endswith(f"Bryn Powell stands in · {carys.job_title}")


def test_before_a_letter_is_typed_those_who_wrote_are_offered_and_the_community(talk, asha, bryn, carys):
    answered(talk, bryn)
    assert offered(asha, talk, "") == ["Bryn Powell", "Foster Care Together", "Facilitator"]


def test_two_of_one_name_are_offered_by_their_addresses(talk, asha):
    people = [PersonFactory(first_name="Sam", last_name="Lee", email=f"{number}@example.org") for number in "12"]
    assert offered(asha, talk, "sam") == [person.slug for person in people]


def test_only_those_who_may_read_it_are_offered(private_community, dev, asha, bryn):
    member = make_member(bryn, private_community).person
    talk = begun(private_community, dev)
    assert offered(dev, talk, "bryn") == [member.name]
    assert offered(dev, talk, "asha") == []


def test_whom_one_may_not_see_one_is_not_offered(community, asha, dev):
    make_member(dev, community)
    PersonFactory(first_name="Ffion", last_name="Rees")
    assert offered(User.objects.get(pk=dev.pk), begun(community, asha), "ffion") == []


def test_readers_of_what_is_not_begun_follow_from_the_form(community, bryn, carys):
    assert offered(bryn, community, "carys", "everyone") == ["Carys Hughes"]
    assert offered(bryn, community, "carys", "members") == []


def test_a_private_community_is_offered_to_its_members_alone(talk, private_community, asha, bryn):
    asha = make_member(User.objects.get(pk=asha.pk), private_community).person
    assert offered(asha, talk, "safe") == ["Safe Homes"]
    assert offered(bryn, talk, "safe") == []


def test_whoever_cannot_write_there_is_offered_nothing(talk, carys, dev):
    for person in (carys, dev, None):
        assert browse(person).get(f"/conversations/{talk.pk}/names/?q=a").status_code == 404


def test_however_many_there_are_it_asks_the_same(talk, asha):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            offered(asha, talk, "sam")
        return len(queries)

    PersonFactory(first_name="Sam", last_name="Lee")
    few = asked()
    for number in range(12):
        PersonFactory(first_name="Sam", last_name=f"Lee{number}", email=f"{number}@example.org")
    assert asked() <= few


def test_a_page_of_fifty_names_asks_as_much_as_one_of_three(talk, asha, bryn, carys):
    def asked() -> int:
        browser = browse(bryn)
        browser.get(talk.url)
        with CaptureQueriesContext(connection) as queries:
            browser.get(talk.url)
        return len(queries)

    names = "@Carys Hughes, @Facilitator and @Foster Care Together"
    for _ in range(2):
        answered(talk, asha, names)
    few = asked()
    for number in range(26):
        person = PersonFactory(first_name="Sam", last_name=f"Lee{number}", email=f"{number}@example.org")
        answered(talk, asha, f"{names} and @{person.name}")
    assert asked() == few


def test_a_moved_conversation_withdraws_what_they_may_not_read_now(talk, asha, carys, bryn):
    answered(talk, asha, "@Carys Hughes")
    home = CommunityFactory(title="Safe Streets", slug="safe-streets", private=True)
    for person in (asha, bryn):
        make_member(person, home)
    assert inbox(carys) != []
    talk.refresh_from_db()
    talk.community, talk.audience = home, "members"
    talk.save()
    assert inbox(carys) == []


def test_whoever_left_is_told_no_more(private_community, dev, bryn):
    membership = make_member(bryn, private_community)
    talk = begun(private_community, dev, Kind.DISCUSSION, text="@Bryn Powell")
    assert len(inbox(bryn)) > 0
    memberships.leave(membership)
    assert inbox(User.objects.get(pk=bryn.pk)) == []
    assert services.edit(talk.posts.get(), "@Bryn Powell!", dev).mentions.get().is_there
