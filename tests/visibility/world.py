"""A hub with one thing of each kind for each audience, and the cast that looks at it."""

from dataclasses import dataclass, field
from datetime import time, timedelta
from uuid import uuid4

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from communities.models import FACILITATOR as LOOKS_AFTER, CommunityPage, Membership, State
from conversations import services as conversations
from conversations.attachments import services as attachments
from conversations.choices import IdeaStage, Kind, ReportReason
from conversations.models import AttachmentText, Conversation, Poll, Promise
from conversations.moderation import services as moderation
from core.audiences import Audience
from core.models import HubDocument, HubImage, Topic
from home.scaffold import prepare_hub
from indexing.documents import key_of
from knowledge.files import services as files
from knowledge.models import GuidancePage
from people.models import User
from stories.models import StoryPage
from surgeries.models import Pattern, Session, SurgeryPage
from tests.conftest import browse
from tests.factories import (
    CommunityFactory,
    GuidanceFactory,
    PersonFactory,
    SessionFactory,
    StoryFactory,
    SurgeryFactory,
    make_member,
    tell,
)
from thanks import services as thanks
from thanks.thankable import ThankableThing, document_of

MARKER = "quillwort"
"""A word that stands in every private thing of the hub, and nowhere else."""


@dataclass(frozen=True)
class Shelf:
    """One thing of each kind, all for one audience."""

    community: CommunityPage
    story: StoryPage
    guidance: GuidancePage
    surgery: SurgeryPage
    session: Session
    person: User
    asked: Membership
    image: HubImage
    document: HubDocument
    conversation: Conversation

    @property
    def picture(self) -> str:
        """The address of one size of the picture."""
        return str(self.image.get_rendition("width-50").url)


@dataclass(frozen=True)
class World:
    """Three shelves, and the cast looking at them."""

    public: Shelf
    organisation: Shelf
    private: Shelf
    cast: dict[str, User | None]
    cookies: dict[str, str] = field(default_factory=dict)

    def browser(self, name: str) -> Client:
        """A new browser with the session that was begun when the world was built: to sign in is a dozen queries."""
        client = Client()
        if name in self.cookies:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.cookies[name]
        return client


def build_world() -> World:
    """A hub with one thing of each kind for everyone, for the organisation and for one community's members."""
    prepare_hub()
    public, organisation = _shelf("Lantern", Audience.EVERYONE), _shelf("Ledger", Audience.ORGANISATION)
    private = _shelf(MARKER.title(), Audience.MEMBERS)
    cast = {
        "nobody": None,
        "carys": PersonFactory(first_name="Carys", last_name="Hughes"),
        "bryn": PersonFactory(first_name="Bryn", last_name="Powell"),
        "asha": PersonFactory(first_name="Asha", last_name="Okafor"),
        "dev": PersonFactory(first_name="Dev", last_name="Anand", resident=True),
        "hub_team": User.objects.create_superuser("hub.team@example.org", "a long enough password"),
    }
    make_member(cast["asha"], public.community, LOOKS_AFTER)
    make_member(cast["bryn"], public.community)
    make_member(cast["dev"], private.community)
    signed_in = {name: browse(person) for name, person in cast.items() if person is not None}
    sessions = {name: client.cookies[settings.SESSION_COOKIE_NAME].value for name, client in signed_in.items()}
    return World(public, organisation, private, cast, sessions)


def _shelf(word: str, audience: Audience) -> Shelf:
    """One thing of each kind, with ``word`` in all that can be read of it."""
    topic = Topic.objects.create(name=f"{word} lore", slug=f"{word.lower()}-lore", summary=f"All about {word}.")
    common = {"audience": audience, "summary": f"A summary with {word}."}
    community = CommunityFactory(
        title=f"{word} folk", slug=f"{word.lower()}-folk", purpose=f"To grow {word}.", **common
    )
    person = _person(word, audience, topic, community)
    body = f"<p>Everything about {word}.</p>"
    story = StoryFactory(title=f"{word} story", need=body, slug=f"{word.lower()}-story", community=community, **common)
    guidance = GuidanceFactory(
        title=f"{word} guidance", slug=f"{word.lower()}-guidance", community=community, checked_by=person, **common
    )
    surgery = SurgeryFactory(title=f"{word} surgery", slug=f"{word.lower()}-surgery", community=community, **common)
    session = SessionFactory(surgery=surgery, title=f"{word} session", body=body, place=f"{word} hall")
    today = timezone.localdate()
    times = {"first": today, "begins": time(10), "ends": time(11), "made_until": today + timedelta(days=400)}
    Pattern.objects.create(surgery=surgery, place=f"{word} hall", **times)
    session.mentors.add(person)
    for page in (community, tell(story, person), guidance, surgery):
        page.topics.add(topic)
        page.save()
    asked = make_member(PersonFactory(first_name=f"Asker{word}", audience=audience), community, state=State.ASKED)
    image, file = _image(word, audience), _file(word, audience)
    talk = _conversation(word, audience, community, person)
    _idea(word, audience, community, person)
    words = f"Your story of {word} helped me."
    thanks.show(thanks.give(asked.person, person, words, thing=_thing(story)))
    moderation.report(talk.posts.get(number=2), asked.person, ReportReason.OTHER, f"{word} does not grow there.")
    return Shelf(community, story, guidance, surgery, session, person, asked, image, file, talk)


def _idea(word: str, audience: Audience, community: CommunityPage, person: User) -> Conversation:
    """A consultation with a poll and an outcome."""
    said = {"title": f"{word} idea", "text": f"Plant {word} by the water.", "audience": audience}
    talk = conversations.begin(community, Kind.DISCUSSION, by=person, key=uuid4(), **said)
    Conversation.objects.filter(pk=talk.pk).update(kind=Kind.CONSULTATION, stage=IdeaStage.WILL_DO)
    poll = Poll.objects.create(conversation=talk, question=f"More {word}?", is_secret=False)
    poll.votes.create(person=person, choices=[poll.options.create(position=1, text=f"{word} yes").pk])
    talk.steps.create(stage=IdeaStage.WILL_DO, word=f"{word} will grow there.", by=person).said.set(talk.posts.all())
    return talk


def _conversation(word: str, audience: Audience, community: CommunityPage, person: User) -> Conversation:
    """A question with its answer, both by somebody who is none of the cast."""
    said = {"title": f"{word} question", "text": f"Where does {word} grow?", "audience": audience}
    talk = conversations.begin(community, Kind.QUESTION, by=person, key=uuid4(), **said)
    post = conversations.reply(talk, f"{word} grows by the water.", person, key=uuid4(), seen=1)
    file = SimpleUploadedFile(f"{word}.txt", f"{word} likes rain.".encode())
    kept = attachments.take(file, person, conversations.place_of(talk))
    attachments.put_to(post, [str(kept.key)], person)
    AttachmentText.objects.create(attachment=kept, text=f"{word} likes rain.")
    Promise.objects.filter(conversation=talk).update(acknowledged=talk.begun)  # it waits for nobody yet
    return talk


def _thing(story: StoryPage) -> ThankableThing:
    """The story, as somebody can be thanked for it."""
    document = document_of(key_of(story))
    assert document is not None
    return ThankableThing(document.key, document.title, document.url, document.topics, document.people)


def _person(word: str, audience: Audience, topic: Topic, community: CommunityPage) -> User:
    person: User = PersonFactory(first_name=word, last_name="Reader", about=f"Reads {word}.", audience=audience)
    person.skills.add(topic)
    make_member(person, community)
    return person


def _image(word: str, audience: Audience) -> HubImage:
    file = get_test_image_file(filename=f"{word.lower()}.png")
    image: HubImage = get_image_model().objects.create(title=f"{word} picture", file=file, audience=audience)
    return image


def _file(word: str, audience: Audience) -> HubDocument:
    file = ContentFile(f"A file about {word}.", name=f"{word.lower()}.txt")
    document: HubDocument = get_document_model().objects.create(title=f"{word} file", file=file, audience=audience)
    files.read(document.pk)
    return document
