"""Things to test with, each made as simply as the hub would make it."""

from datetime import datetime, timedelta
from typing import Any

import factory
from django.utils import timezone
from wagtail.models import Page

from communities.models import FACILITATOR, CommunityPage, Holding, Joining, Membership, Role, Stage, State
from communities.models.default_roles import facilitator
from communities.services import recount_places
from core.audiences import Audience
from core.models import Topic
from knowledge.models import GuidancePage
from people.models import PersonKind, User
from stories.models import StoryAuthor, StoryPage
from surgeries.models import Session, Status, SurgeryPage

PASSWORD = "a long enough password"


class TopicFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Topic

    name = factory.Sequence("Topic {}".format)
    slug = factory.Sequence("topic-{}".format)


class PersonFactory(factory.django.DjangoModelFactory):
    """Somebody of the organisation, unless a trait says otherwise."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        resident = factory.Trait(kind=PersonKind.RESIDENT, organisation="")
        partner = factory.Trait(kind=PersonKind.PARTNER, organisation="Lakeside Housing")
        public = factory.Trait(audience=Audience.EVERYONE)
        first_name = factory.Sequence("Person{}".format)
        last_name = "Example"

    kind = PersonKind.STAFF
    name = factory.LazyAttribute(lambda person: f"{person.first_name} {person.last_name}")
    email = factory.LazyAttribute(lambda person: f"{person.first_name.lower()}@example.org")
    job_title = "Librarian"
    organisation = "Withermere Council"

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> User:
        return model_class.objects.create_user(password=PASSWORD, **kwargs)


class PageFactory(factory.django.DjangoModelFactory):
    """A live page under the index of its kind."""

    class Meta:
        abstract = True

    class Params:
        private = factory.Trait(audience=Audience.MEMBERS)
        for_the_organisation = factory.Trait(audience=Audience.ORGANISATION)
        draft = factory.Trait(live=False)

    audience = Audience.EVERYONE
    slug = factory.Sequence("page-{}".format)
    title = factory.Sequence("A page {}".format)
    summary = "What a reader gets from it."
    index_slug = ""

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Page:
        index = Page.objects.get(slug=kwargs.pop("index_slug"), depth=3)
        page: Page = index.specific.add_child(instance=model_class(**kwargs))
        return page


class CommunityFactory(PageFactory):
    class Meta:
        model = CommunityPage

    class Params:
        pilot = factory.Trait(stage=Stage.PILOT)
        closed = factory.Trait(stage=Stage.CLOSED)
        full = factory.Trait(capacity=1)
        asking = factory.Trait(joining=Joining.ASK)
        inviting = factory.Trait(joining=Joining.INVITATION)

    index_slug = "communities"
    slug = factory.Sequence("community-{}".format)
    title = factory.Sequence("Community {}".format)
    purpose = "To mend what is broken."
    joining = Joining.OPEN


class StoryFactory(PageFactory):
    class Meta:
        model = StoryPage

    index_slug = "stories"
    slug = factory.Sequence("story-{}".format)
    title = factory.Sequence("Story {}".format)
    need = "<p>The lane flooded.</p>"
    what_we_did = "<p>We asked the driver where the water goes.</p>"


class GuidanceFactory(PageFactory):
    class Meta:
        model = GuidancePage

    index_slug = "guidance"
    slug = factory.Sequence("guidance-{}".format)
    title = factory.Sequence("Guidance {}".format)
    body = factory.LazyFunction(lambda: [("paragraph", "<p>Ring the kinship line.</p>")])


class SurgeryFactory(PageFactory):
    class Meta:
        model = SurgeryPage

    index_slug = "surgeries"
    slug = factory.Sequence("surgery-{}".format)
    title = factory.Sequence("Surgery {}".format)
    place = "Harrowby Library"


class SessionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Session

    class Params:
        cancelled = factory.Trait(status=Status.CANCELLED)
        past = factory.Trait(starts=factory.LazyFunction(lambda: timezone.now() - timedelta(days=2)))

    surgery = factory.SubFactory(SurgeryFactory)
    starts = factory.LazyFunction(lambda: timezone.now() + timedelta(hours=3))
    ends = factory.LazyAttribute(lambda session: session.starts + timedelta(hours=1))


def role_called(slug: str) -> Role:
    """A role of the catalogue, which manages nothing unless it is the facilitator."""
    if slug == FACILITATOR:
        return facilitator()
    return Role.objects.get_or_create(slug=slug, defaults={"name": slug.replace("-", " ").capitalize()})[0]


def make_member(person: User, community: CommunityPage, role: str = "", state: State = State.ACTIVE) -> Membership:
    """Put somebody into a community, with the places counted."""
    membership = Membership.objects.create(person=person, community=community, state=state)
    if role:
        held = role_called(role)
        answered = {"answered": held.responsibilities.first(), "accepts": True}
        Holding.objects.create(membership=membership, role=held, since=membership.since, **answered)
    recount_places(community)
    return membership


def tell(story: StoryPage, *people: User) -> StoryPage:
    """Name who tells a story."""
    for order, person in enumerate(people):
        StoryAuthor.objects.create(story=story, person=person, sort_order=order)
    story.refresh_from_db()
    story.save()
    return story


def at(year: int, month: int, day: int, hour: int = 12, minute: int = 0) -> datetime:
    """A moment where the hub is."""
    return timezone.make_aware(datetime(year, month, day, hour, minute))  # noqa: DTZ001 (made aware in the same line)
