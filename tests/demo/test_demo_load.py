"""``load_demo`` fills a hub with Withermere, once."""

from collections import Counter
from collections.abc import Callable
from contextlib import closing

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from communities import rights
from communities.choices import Capability, GrantState
from communities.models import Award, CommunityPage, Grant, Holding, Membership
from conversations.attachments.reading import read
from conversations.models import Guest
from core.models import HubDocument
from demo import cast, growing, loading
from demo.kind import Content
from demo.kinds.communities import COMMUNITIES
from demo.kinds.conversations import CONVERSATIONS
from demo.kinds.front import FRONT
from demo.kinds.guidance import FILES, GUIDANCE
from demo.kinds.kept import KEPT
from demo.kinds.people import PEOPLE
from demo.kinds.stories import STORIES
from demo.kinds.surgeries import SURGERIES
from home.models import HomePage
from knowledge.files import services as files
from knowledge.models import GuidancePage
from people.models import User
from reading.lookup import seen_by
from reading.models import Opened, Saved
from stories.models import StoryPage
from stories.named.choices import ConsentState
from stories.named.gate import hindrances
from stories.named.models import NamedPerson
from surgeries.models import Session, Status, SurgeryPage
from tests.conftest import browse

pytestmark = pytest.mark.django_db
Demo = Callable[..., str]
SMALL = {"people": 20, "communities": 6, "surgeries": 12, "guidance": 10, "stories": 42}


def test_everybody_and_everything_moves_in(withermere: loading.Council, content: Content) -> None:
    assert User.objects.count() == len(content[PEOPLE]) + 1
    assert CommunityPage.objects.count() == len(content[COMMUNITIES])
    assert StoryPage.objects.count() == len(content[STORIES])
    assert GuidancePage.objects.count() == len(content[GUIDANCE])
    assert SurgeryPage.objects.count() == len(content[SURGERIES])
    assert not any(Page.find_problems())


def test_one_can_sign_in_as_whom_it_offers(withermere: loading.Council) -> None:
    for person in cast.DEMO_PEOPLE:
        account = User.objects.get(email=person.email)
        assert account.check_password(cast.PASSWORD)
        assert account.name == person.name


def test_the_facilitator_edits_pages_and_the_resident_does_not(withermere: loading.Council) -> None:
    siobhan, hannah = (
        User.objects.get(email=f"{name}@withermere.example") for name in ("siobhan.keogh", "hannah.whitlock")
    )
    assert siobhan.has_perm("wagtailadmin.access_admin")
    assert not hannah.has_perm("wagtailadmin.access_admin")


def test_who_writes_stories_in_a_role_sends_them_to_those_who_publish(withermere: loading.Council) -> None:
    priya, foster = User.objects.get(slug="priya-nair"), CommunityPage.objects.get(slug="foster-care-together")
    said = rights.answers(priya, [Capability.WRITE_STORIES, Capability.PUBLISH_STORIES], foster)
    assert list(map(bool, said.values())) == [True, False]
    held = Holding.objects.in_effect().filter(role__slug__in=["subject-lead", "mentor", "observer"])
    assert held.values("membership__community").distinct().count() > 4


def test_places_are_counted(withermere: loading.Council) -> None:
    for community in CommunityPage.objects.all():
        assert community.taken == Membership.objects.active().filter(community=community).count()
    full = CommunityPage.objects.get(slug="benefits-first-visit")
    assert full.is_full
    assert Membership.objects.waiting().filter(community=full).count() == 3


def test_whoever_was_named_first_waits_longest(withermere: loading.Council, content: Content) -> None:
    row = next(community for community in content[COMMUNITIES] if community.waiting)
    waiting = Membership.objects.waiting().filter(community__slug=row.slug)
    assert [membership.person.slug for membership in waiting] == list(row.waiting)


def test_what_the_people_of_the_demo_saved_and_read_is_there_for_them_to_read(
    withermere: loading.Council, content: Content
) -> None:
    for kept in content[KEPT]:
        person = User.objects.get(slug=kept.person)
        for model, slugs in ((Saved, kept.saved), (Opened, kept.read)):
            keys = model.objects.filter(person=person).values_list("key", flat=True)
            assert len(seen_by(person, keys)) == len(slugs)


def test_private_words_stay_private(withermere: loading.Council) -> None:
    private = [page for page in CommunityPage.objects.all() if page.is_private]
    assert len(private) >= 2
    for community in private:
        for story in StoryPage.objects.filter(community=community):
            assert story.audience_token == community.audience_token == f"community:{community.pk}"


def test_cancelled_and_moved_dates_say_so(withermere: loading.Council, content: Content) -> None:
    exceptions = [exception.what for surgery in content[SURGERIES] for exception in surgery.exceptions]
    assert Session.objects.filter(status=Status.CANCELLED).count() == exceptions.count("cancelled")
    moved = Session.objects.filter(sequence__gt=0, status=Status.SCHEDULED)
    assert len(moved) == exceptions.count("moved")
    assert all(session.note for session in moved)
    rescheduled = [session for session in moved if session.moved_from]  # the others have another place only
    assert rescheduled
    assert all(session.starts.date() == session.moved_from.date() for session in rescheduled)


def test_the_front_page_says_what_the_council_says(withermere: loading.Council, content: Content) -> None:
    home = HomePage.objects.get()
    (front,) = content[FRONT]
    assert len(home.asked_this_week) == len(front.asked_this_week)
    assert home.host.slug == front.new_here.person


def test_every_page_that_everyone_may_see_opens(withermere: loading.Council) -> None:
    client = Client()
    for page in Page.objects.live().filter(depth__gt=1).specific():
        expected = 200 if page.audience_token == "everyone" else 404
        assert client.get(page.url).status_code == expected, page.url


def test_files_hang_on_the_guidance_and_can_be_read(withermere: loading.Council, content: Content) -> None:
    documents = HubDocument.objects.order_by("pk")
    assert sorted(document.title for document in documents) == sorted(file.title for file in content[FILES])
    for document in documents:
        read = files.read(document.pk)
        assert read is not None
        assert (read.reason, read.pages > 1) == ("", True)
    sheet = documents.get(file__contains="walking-a-path")
    assert f'href="{sheet.url}"' in Client().get("/guidance/lamps-for-parks/").content.decode()


def test_talk_has_a_name_a_card_a_file_that_search_reads_and_a_guest(withermere: loading.Council) -> None:
    talk = withermere[CONVERSATIONS]["a-letter-for-the-first-night"]
    people, first = withermere[PEOPLE], talk.posts.get(number=1)
    assert [one.person for one in first.mentions.all()] == [people["comfort-asante"]]
    (attached,) = first.files
    assert "section 20" in attached.read.text
    assert "section 20" in " ".join(read(attached).split())
    guest = Guest.objects.admitted().get(conversation=talk)
    for reader in (people["priya-nair"], guest.person):
        page = browse(reader).get(talk.url)
        assert 'class="link-card"' in page.context["posts"][0].words
        with closing(browse(reader).get(attached.get_absolute_url())) as fetched:
            assert fetched.status_code == 200
    assert browse(people["hannah-whitlock"]).get(talk.url).status_code == 200
    assert browse(people["arthur-nicholson"]).get(talk.url).status_code == 404


def test_loading_twice_changes_nothing(demo: Demo, withermere: loading.Council) -> None:
    before = list(Page.objects.order_by("pk").values())
    assert "nothing was changed" in demo("--no-index")
    assert list(Page.objects.order_by("pk").values()) == before


def test_the_command_makes_it_large(demo: Demo, withermere: loading.Council, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(growing, "missing", lambda: SMALL)
    assert "search rebuild" in demo("--size", "large")
    assert growing.is_grown()


def test_the_demo_shows_consents_in_every_state_and_what_is_live_has_all_it_needs(withermere: loading.Council) -> None:
    states = {named.state for named in NamedPerson.objects.all()}
    assert states == {ConsentState.ASKED, ConsentState.YES, ConsentState.WITHDRAWN}
    live = StoryPage.objects.live().filter(consent_key__in=NamedPerson.objects.values("key"))
    assert [list(hindrances(story)) for story in live] == [[]] * 5
    hannah = browse(User.objects.get(slug="hannah-whitlock"))
    (asked,) = hannah.get("/stories/consent/").context["named"]
    assert "Hannah Whitlock fits kitchens" in hannah.get(f"/stories/consent/{asked.pk}/").content.decode()


def test_the_register_has_something_of_each_kind_and_qualifications_that_end_soon(withermere: loading.Council) -> None:
    now = timezone.now()
    states = Counter(grant.state_at(now) for grant in Grant.objects.all())
    assert states[GrantState.IN_FORCE] >= 35
    assert (states[GrantState.REFUSED], states[GrantState.WITHDRAWN]) == (2, 1)
    assert states[GrantState.ASKED] >= 1
    left = [(award.until - timezone.localdate()).days for award in Award.objects.exclude(until=None)]
    assert all(any(first < days <= last for days in left) for first, last in ((-60, 0), (0, 30), (30, 60)))
