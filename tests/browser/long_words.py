"""What people write that is wider than a phone, one thing of each kind, to be put into a hub."""

from datetime import timedelta

from django.utils import timezone
from wagtail.models import Page

from communities.models import CommunityPage, Holding, Membership
from communities.models.default_roles import facilitator
from communities.services import recount_places
from core.models import Topic
from indexing import maintenance
from knowledge.models import GuidancePage
from people.models import User
from stories.models import StoryAuthor, StoryPage
from surgeries.models import Session, SessionMentor, SurgeryPage

WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"[:80]
NAME = "Wolfeschlegelsteinhausenbergerdorff" * 3
LINE = "x" * 120
CELLS = "".join(f"<td>Column {n} of six</td>" for n in range(6))
TEXT = (
    f"<p>{WORD} https://example.org/{'a' * 90}</p><pre>{LINE}</pre>"
    f"<table><tr>{CELLS}</tr></table><ul><li>{WORD}</li></ul><blockquote>{WORD}</blockquote><p><code>{LINE}</code></p>"
)
EVERYONE = {"audience": "everyone", "summary": f"Long: {WORD}"}


def add(index: str, page: Page) -> Page:
    return Page.objects.get(slug=index, depth=3).specific.add_child(instance=page)


def body() -> list[tuple[str, object]]:
    return [("heading", WORD), ("paragraph", TEXT), ("quote", {"text": WORD, "who": NAME[:95]})]


def write() -> None:
    """Everything at once, and found by search."""
    topic = Topic.objects.create(name=WORD, slug="long-word")
    person = User.objects.create_user(
        email=f"{'l' * 60}@example.org",
        name=NAME[:95],
        kind="staff",
        job_title=WORD,
        organisation=WORD,
        location=WORD,
        about=WORD,
        audience="everyone",
    )
    User.objects.filter(pk=person.pk).update(slug="long-name")
    person.skills.add(topic)
    community = add(
        "communities",
        CommunityPage(
            slug="long-word",
            title=WORD,
            purpose=WORD,
            decided_by=WORD,
            reference=WORD[:60],
            sponsor=person,
            body=body(),
            **EVERYONE,
        ),
    )
    membership = Membership.objects.create(person=person, community=community, note=WORD)
    Holding.objects.create(membership=membership, role=facilitator())
    recount_places(community)
    story = add(
        "stories",
        StoryPage(
            slug="long-word",
            title=WORD,
            community=community,
            need=TEXT,
            quote=WORD,
            what_we_did=TEXT,
            source=WORD,
            **EVERYONE,
        ),
    )
    StoryAuthor.objects.create(story=story, person=person)
    story.save()
    guidance = add(
        "guidance",
        GuidancePage(
            slug="long-word",
            title=WORD,
            community=community,
            body=body(),
            checked_by=person,
            checked_on=timezone.localdate(),
            source=WORD,
            source_url="https://example.org/",
            **EVERYONE,
        ),
    )
    surgery = add(
        "surgeries",
        SurgeryPage(
            slug="long-word",
            title=WORD,
            community=community,
            description=TEXT,
            place=WORD,
            what_to_bring=WORD,
            **EVERYONE,
        ),
    )
    for page in (community, story, guidance, surgery):
        type(page).topics.through.objects.create(tag=topic, content_object=page)
    for hours in (1, 30):
        starts = timezone.now() + timedelta(hours=hours)
        session = Session.objects.create(
            surgery=surgery, starts=starts, ends=starts + timedelta(hours=1), note=WORD, body=TEXT, pk=90_000 + hours
        )
        SessionMentor.objects.create(session=session, person=person)
    maintenance.rebuild()
