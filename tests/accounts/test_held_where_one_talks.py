"""What is held of somebody who talks, votes, thanks, shows what they know and writes for others: a marker word before
and after, in the copy and in every row.
"""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase
from django.utils import timezone

from accounts.models import OutsideStay
from accounts.personal_data import erasing
from accounts.scim.models import Directory, DirectoryPerson
from communities.models import Award, Claim, ClaimEvidence, EarlierAnswer, Grant, Holding, KeptText, Qualification
from conversations import services
from conversations.attachments import services as files
from conversations.choices import Feeling, Kind, ReportReason
from conversations.models import Conversation, Draft, Guest, IncomingMail, Poll, PostVersion, ReplyAddress
from conversations.moderation import services as moderation
from core.models import Topic
from core.outbox import drain
from indexing import maintenance
from people.choices import PersonKind
from people.models import User
from stories.models import NamedPerson, StoryPage
from tests.accounts.test_held import MARKER, copied, remains
from tests.conversations.delegating import delegated
from tests.conversations.saying import answered, begun
from tests.factories import PersonFactory, StoryFactory, make_member
from thanks import services as thanks

SOON = timezone.localdate() + timedelta(days=30)


@pytest.fixture
def wren(asha: User, bryn: User, community: Any, settings: Any, tmp_path: Path) -> User:
    """Wren Quillwort, who has done everything there is to do since they were a member. What their posts say stays with
    those who answered, so that their name is in none of these.
    """
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.SEARCH = {**settings.SEARCH, "URL": f"sqlite:///{tmp_path / 'index'}"}
    wren: User = PersonFactory(name="Wren Quillwort", email=f"{MARKER}@example.org", job_title="")
    membership = make_member(wren, community, "facilitator")
    held = Holding.objects.get(membership=membership)
    EarlierAnswer.objects.create(holding=held, at=timezone.now(), accepts=False, reason=f"Not with {MARKER}")
    _shows_what_they_know(wren, community)
    _talks(wren, asha, bryn, community)
    _is_named(wren, asha, community)
    with TestCase.captureOnCommitCallbacks(execute=True):
        maintenance.rebuild()
    drain("notices")
    return wren


def _shows_what_they_know(wren: User, community: Any) -> None:
    topic = Topic.objects.create(name="Bogs", slug="bogs")
    claim = Claim.objects.create(person=wren, community=community, topic=topic, words=f"I grow {MARKER}.")
    ClaimEvidence.objects.create(claim=claim)
    first_aid = Qualification.objects.create(name="First aid", slug="first-aid-held")
    link = f"https://example.org/{MARKER}"
    Award.objects.create(
        person=wren,
        qualification=first_aid,
        evidence=f"{MARKER}'s card",
        link=link,
        awarded_on=timezone.localdate(),
        recorded_by=wren,
    )
    Grant.objects.create(
        community=community,
        capability="bring_files",
        asked_by=wren,
        asked_at=timezone.now(),
        purpose="Plans",
        decided_by=wren,
        decided_at=timezone.now(),
        decided_name=wren.name,
        authority="Cabinet",
        decided_on=timezone.localdate(),
        starts=timezone.now(),
    )
    content_type = ContentType.objects.get_for_model(StoryPage)
    KeptText.objects.create(
        person=wren, community=community, content_type=content_type, pieces=[{"name": "need", "text": f"On {MARKER}"}]
    )
    directory = Directory.objects.create(name="Entra", kind=PersonKind.STAFF)
    DirectoryPerson.objects.create(
        directory=directory, person=wren, user_name=f"{MARKER}@example.org", sent={"title": f"Keeper of {MARKER}"}
    )
    OutsideStay.objects.create(person=wren, purpose=f"Grows {MARKER}.", review_on=SOON)


def _talks(wren: User, asha: User, bryn: User, community: Any) -> None:
    talk = begun(community, wren, title="Who knows the bog?", text="Somebody must.")
    said = answered(talk, asha, "Ask @Wren Quillwort, who knows.")
    services.edit(said, "Do ask @Wren Quillwort, who knows it all.", asha)
    own = answered(talk, wren, "Yes, I do.")
    services.edit(own, "Yes, I do, a little.", wren)
    services.react(said, wren, Feeling.AGREE)
    moderation.report(answered(talk, bryn, "Rubbish."), wren, ReportReason.OTHER, f"It says {MARKER}.")
    Draft.objects.create(person=wren, place="a place", typed={"text": f"More on {MARKER}"})
    files.take(SimpleUploadedFile(f"{MARKER}.txt", f"{MARKER} likes rain.".encode()), wren, "begin:1")
    poll = Poll.objects.create(conversation=talk, question="More?", is_secret=False, made_by=wren)
    poll.votes.create(person=wren, choices=[poll.options.create(position=1, text="Yes").pk])
    IncomingMail.objects.create(
        person=wren,
        conversation=talk,
        key="one",
        sender=wren.email,
        subject=f"Re: {MARKER}",
        text=f"It is {MARKER}.",
        whole=f"From: {wren.email}",
    )
    ReplyAddress.objects.create(person=wren, conversation=talk, number=1, until=timezone.now())
    Guest.objects.create(
        conversation=talk, community=community, email=wren.email, person=wren, purpose=f"On {MARKER}", until=SOON
    )
    thanks.give(asha, wren, f"For the {MARKER}.")
    thanks.give(wren, asha, "For the ladder.")
    delegated(wren, bryn)
    begun(community, wren, Kind.QUESTION, title="Who mends it?", text="The gate is open.")


def _is_named(wren: User, asha: User, community: Any) -> None:
    story = StoryFactory(community=community, title="The gate", need="<p>Wren Quillwort opened it.</p>")
    revision = story.save_revision(user=asha)
    NamedPerson.objects.create(
        key=story.consent_key,
        story=story,
        person=wren,
        name=wren.name,
        instead="a neighbour",
        state="yes",
        asked_by=asha,
        asked_at=timezone.now(),
        word=f"Yes, {MARKER} and all.",
        revision=revision,
    )


def test_the_copy_holds_what_they_said_everywhere(wren: User) -> None:
    held = json.loads(copied(wren).read("data.json"))["held"]
    without = [
        name
        for name in (
            *("namings", "qualifications", "kept texts", "directories", "stay", "drafts of posts", "attachments"),
            *("e-mails to conversations", "guest places", "reports of posts", "consent", "memberships"),
        )
        if MARKER not in json.dumps(held[name]["rows"]).lower()
    ]
    assert without == []
    posts = json.dumps(held["posts"]["rows"])
    assert ("Yes, I do, a little." in posts, "Yes, I do." in posts, "The gate is open." in posts) == (True, True, True)
    assert "More?" in json.dumps(held["outcomes of ideas"]["rows"])
    for name in ("Asha", "Bryn"):
        assert name not in json.dumps(held)


def test_nothing_that_was_theirs_alone_is_left(wren: User, hub_team: User, tmp_path: Path) -> None:
    with TestCase.captureOnCommitCallbacks(execute=True):
        erasing.erase(wren, by=hub_team)
    drain("notices")
    maintenance.rebuild()
    assert remains(tmp_path) == []
    assert Conversation.objects.get(title="Who knows the bog?").posts.filter(author=None).count() == 2
    assert not PostVersion.objects.filter(by__isnull=False, text="Yes, I do.").exists()
