"""Members tell stories on the hub itself; whoever may not publish asks those who may."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import PageLogEntry
from wagtail.test.utils.form_data import querydict_from_html

from communities.approval.notices import ANSWERED, ASKED
from communities.choices import Capability
from communities.content_writing import services
from communities.models import CommunityPage, Grant
from core.audiences import Audience
from core.numbers import LARGEST
from core.outbox import drain
from core.writing import drafts
from notifications.models import Happening
from people.models import User
from stories.models import StoryPage
from stories.named.choices import ConsentState as Consent
from stories.named.models import NamedPerson
from stories.writing.kinds import WRITING
from tests.conftest import browse
from tests.factories import PersonFactory, make_member
from tests.visibility.world import MARKER

TOLD = {
    "title": "A lamp for the lane",
    "summary": "Two neighbours, one lamp.",
    "need": "The lane was dark.",
    "what_we_did": "We asked.\n\n- twice\n- in **writing**",
    "topics": "Street lights",
}


class Writer:
    """Somebody at the form."""

    def __init__(self, person: User, address: str) -> None:
        self.browser, self.address = browse(person), address
        self.read(self.browser.get(address))

    def read(self, response: Any) -> None:
        form = querydict_from_html(response.content.decode(), form_id="writing").dict()
        self.form = {name: text.removeprefix("\n") for name, text in form.items() if name != "photograph"}

    def press(self, deed: str, **typed: Any) -> Any:
        with TestCase.captureOnCommitCallbacks(execute=True):
            response = self.browser.post(self.address, {**self.form, **typed, "deed": deed})
        if response.status_code == 302 and response.url.startswith("/stories/writing/") and deed == "save":
            self.address = response.url
            self.read(self.browser.get(response.url))
        elif response.status_code in (409, 422):
            self.read(response)
        return response


def new(person: User, community: CommunityPage) -> Writer:
    return Writer(person, f"/stories/writing/new/{community.slug}/")


def grant(community: CommunityPage, *capabilities: Capability) -> None:
    """The organisation lets the members do this."""
    now = timezone.now()
    decided = {"decided_at": now, "decided_on": now.date(), "decided_name": "Mair", "authority": "Cabinet"}
    for capability in capabilities:
        Grant.objects.create(community=community, capability=capability, starts=now - timedelta(days=1), **decided)


@pytest.fixture
def writes(community: CommunityPage) -> None:
    grant(community, Capability.WRITE_STORIES)


def told(title: str = TOLD["title"]) -> StoryPage:
    return StoryPage.objects.get(draft_title=title)


def test_asha_tells_a_story_and_publishes_it(community: CommunityPage, asha: User) -> None:
    response = new(asha, community).press("publish", **TOLD)
    story = told()
    assert response.url == story.url == "/stories/a-lamp-for-the-lane/"
    assert story.live
    assert story.what_we_did.count("<li>") == 2
    assert (story.byline, story.community, story.audience) == (str(asha), community, community.audience)
    assert [topic.name for topic in story.topics.all()] == ["Street lights"]
    actions = PageLogEntry.objects.filter(page=story.pk, user=asha).values_list("action", flat=True)
    assert {"wagtail.create", "wagtail.publish"} <= set(actions)


def test_a_draft_is_kept_and_nobody_else_reads_it(
    community: CommunityPage, asha: User, writes: None, bryn: User
) -> None:
    writer = new(bryn, community)
    writer.press("save", need="Half a thought.")
    assert writer.form["need"] == "Half a thought."
    story = StoryPage.objects.get(owner=bryn)
    assert not story.live
    assert browse(asha).get(writer.address).status_code == 404
    assert browse(bryn).get(story.url).status_code == 404
    assert story in browse(bryn).get("/stories/writing/").context["drafts"]


def test_what_is_typed_is_kept_by_itself_as_one_version(community: CommunityPage, bryn: User, writes: None) -> None:
    writer, as_script = new(bryn, community), {"headers": {"accept": "application/json"}}
    kept = writer.browser.post(writer.address, {**writer.form, "title": "One"}, **as_script).json()
    for words in ("One two", "One two three"):
        kept = writer.browser.post(
            kept["url"], {**writer.form, "title": words, "seen": kept["seen"]}, **as_script
        ).json()
    story = told("One two three")
    assert story.revisions.count() == 1
    refused = writer.browser.post(kept["url"], {**writer.form, "title": "Old", "seen": "old"}, **as_script)
    assert (refused.status_code, told("One two three").pk) == (409, story.pk)


def test_whoever_began_a_draft_discards_it_until_somebody_else_may_read_it(
    community: CommunityPage, asha: User, bryn: User, writes: None
) -> None:
    writer = new(bryn, community)
    writer.press("save", **TOLD)
    address = f"{writer.address}discard/"
    assert browse(asha).post(address).status_code == 404
    writer.press("send")
    browse(bryn).post(address)
    assert told()  # it waits for a word
    browse(bryn).post(f"{writer.address}take-back/")
    assert browse(bryn).get(writer.address).context["discards"]
    asked = NamedPerson.objects.create(
        story=told(), key=told().consent_key, person=asha, name="Asha", instead="a resident", state=Consent.ASKED
    )
    assert [browse(bryn).post(address).url for _press in range(2)] == ["/stories/writing/"] * 2
    assert not StoryPage.objects.filter(owner=bryn).exists()
    for address in ("/stories/consent/", "/", "/inbox/"):  # nobody is asked about what is gone
        page = browse(asha).get(address)
        assert (page.status_code, f"/stories/consent/{asked.pk}/" in page.content.decode()) == (200, False)
    new(asha, community).press("publish", **TOLD)
    browse(asha).post(f"/stories/writing/{told().pk}/discard/")
    assert told().live


def test_what_is_typed_into_a_draft_that_was_discarded_elsewhere_comes_back(
    community: CommunityPage, bryn: User, asha: User, writes: None
) -> None:
    writer = new(bryn, community)
    writer.press("save", **TOLD)
    story, address = told(), writer.address
    services.discard(WRITING, story, bryn)
    for service in (services.send, services.take_back, services.discard):
        with pytest.raises(drafts.Gone):
            service(WRITING, story, bryn)
    answer = browse(bryn).post(address, {**writer.form, "need": "The lane is dark again.", "deed": "save"})
    assert (answer.status_code, "The lane is dark again." in answer.content.decode()) == (403, True)
    for person in (asha, PersonFactory()):
        assert browse(person).post(f"{address}discard/").status_code == 404  # nor does anybody learn that it was there
    assert browse(bryn).post(f"/stories/writing/{LARGEST + 1}/discard/").status_code == 404


def test_a_story_lacks_nothing_when_others_read_it(community: CommunityPage, asha: User) -> None:
    writer = new(asha, community)
    answer = writer.press("publish", title="Only a title")
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"summary", "need", "what_we_did"}
    story = told("Only a title")  # what was typed is kept all the same
    assert not story.live
    writer.address = f"/stories/writing/{story.pk}/"
    assert writer.press("publish", **TOLD).status_code == 302
    assert told().live


def test_whoever_may_not_publish_asks_and_gets_a_word(
    community: CommunityPage, asha: User, bryn: User, writes: None
) -> None:
    writer = new(bryn, community)
    writer.press("save", **TOLD)
    assert writer.press("publish").url == "/stories/writing/"  # the button is not there, and pressing it anyway asks
    story = told()
    assert not story.live
    drain("notices")
    assert Happening.objects.filter(kind=ASKED).count() == 1
    assert story in browse(asha).get("/stories/writing/").context["sent"]
    with TestCase.captureOnCommitCallbacks(execute=True):
        browse(asha).post(f"{writer.address}back/", {"word": "How many people?"})
    assert browse(asha).post(f"{writer.address}back/", {"word": "Pressed twice."}).url == "/stories/writing/"
    assert browse(bryn).get(writer.address).context["last"].word == "How many people?"
    assert browse(asha).get(writer.address).status_code == 404
    assert browse(PersonFactory()).post(f"{writer.address}back/", {"word": "Whose?"}).status_code == 404
    writer.read(browse(bryn).get(writer.address))
    writer.press("send", evidence="Forty.")
    answer = Writer(asha, writer.address).press("publish")
    assert answer.url == told().url
    assert told().live
    assert (told().byline, told().evidence) == (str(bryn), "<p>Forty.</p>")
    drain("notices")
    assert [each.data["is_published"] for each in Happening.objects.filter(kind=ANSWERED).order_by("pk")] == [
        False,
        True,
    ]


def test_no_draft_turns_the_words_of_the_hub_round(community: CommunityPage, bryn: User, writes: None) -> None:
    new(bryn, community).press("save", **{**TOLD, "title": "A lamp \u202e for\u200b the lane", "quoted": "Ann\u2066"})
    draft = told().get_latest_revision_as_object()
    assert (draft.title, draft.quoted) == ("A lamp for the lane", "Ann")


def test_two_who_write_at_once_lose_nothing(community: CommunityPage, asha: User) -> None:
    bea = PersonFactory(first_name="Bea")
    make_member(bea, community, "facilitator")
    new(asha, community).press("publish", **TOLD)
    address = f"/stories/writing/{told().pk}/"
    first, second = Writer(asha, address), Writer(bea, address)
    first.press("publish", need="Asha’s need.", reuse="A ladder.")
    file = SimpleUploadedFile("lane.png", get_test_image_file().file.getvalue(), "image/png")
    answer = second.press("publish", need="Bea’s need.", photograph=file, shows="A lamp.")
    assert answer.status_code == 409
    assert (second.form["need"], second.form["reuse"]) == ("Bea’s need.", "A ladder.")
    assert [text for _field, text in answer.context["theirs"]] == ["Asha’s need."]
    second.press("publish")
    assert (told().need, told().reuse) == ("<p>Bea’s need.</p>", "<p>A ladder.</p>")
    assert told().picture.description == "A lamp."  # it was kept for the form that asked again


def test_a_photograph_is_for_whoever_reads_the_story(community: CommunityPage, asha: User) -> None:
    file = SimpleUploadedFile("lane.png", get_test_image_file().file.getvalue(), "image/png")
    writer = new(asha, community)
    assert "shows" in writer.press("save", photograph=file, **TOLD).context["form"].errors
    file.seek(0)
    writer.press("save", photograph=file, shows="A lamp.", **TOLD)
    assert told().picture.audience == Audience.ORGANISATION
    writer.press("publish")
    assert (told().picture.audience, told().picture.description) == (Audience.EVERYONE, "A lamp.")


def test_a_story_of_a_private_community_stays_there(private_community: CommunityPage, dev: User, carys: User) -> None:
    grant(private_community, Capability.WRITE_STORIES, Capability.PUBLISH_STORIES)
    secret = {**TOLD, "summary": f"A {MARKER}.", "need": f"Of {MARKER}."}
    writer = new(dev, private_community)
    writer.press("save", **{**secret, "audience": "everyone"})
    assert not StoryPage.objects.filter(owner=dev).exists()  # it cannot be for everyone
    writer.press("save", **{**secret, "audience": "members"})
    assert browse(dev).get(f"{writer.address}preview/").status_code == 200
    writer.press("publish")
    story = told()
    assert story.audience == Audience.MEMBERS
    for person in (None, carys):
        for address in (story.url, writer.address, f"{writer.address}preview/", "/stories/", "/stories/writing/"):
            assert MARKER not in browse(person).get(address, follow=True).content.decode()


def test_whoever_may_not_write_sees_no_way_to(community: CommunityPage, bryn: User, carys: User) -> None:
    for person in (bryn, carys):
        assert browse(person).get(f"/stories/writing/new/{community.slug}/").status_code == 404
        assert browse(person).get("/stories/writing/").context["communities"] == []


def test_a_right_that_ends_meanwhile_gives_back_what_was_typed(
    community: CommunityPage, bryn: User, writes: None
) -> None:
    writer = new(bryn, community)
    writer.press("save", **TOLD)
    Grant.objects.update(until=timezone.now())
    answer = writer.press("save", need="What I was about to say.")
    assert answer.status_code == 403
    assert "What I was about to say." in answer.content.decode()
    assert "had been granted ended on" in answer.content.decode()
    assert writer.address in browse(bryn).get("/stories/writing/").content.decode()
    kept = browse(bryn).get(writer.address)  # they come back to what they wrote before
    assert (kept.status_code, TOLD["need"] in kept.content.decode()) == (403, True)
    bryn.memberships.all().delete()
    CommunityPage.objects.filter(pk=community.pk).update(audience=Audience.MEMBERS)
    assert browse(bryn).get(writer.address).status_code == 404
