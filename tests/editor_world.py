"""A hub as editors meet it: open things, closed things, drafts of both, and everything that points to them."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import Page, Workflow

from communities.models import FACILITATOR, CommunityPage
from core.audiences import Audience
from core.models import Topic
from people.models import User
from stories.models import StoryPage
from surgeries.models import Session
from tests.conftest import browse
from tests.factories import (
    CommunityFactory,
    PersonFactory,
    SessionFactory,
    StoryFactory,
    SurgeryFactory,
    make_member,
)

MARKER = "quillwort"
REASON = "A resident complained about it."
VIEWERS = ("editor", "leader", "publisher", "facilitator", "superuser", "with_reason")


@dataclass
class EditorWorld:
    """One story of each state, what belongs to the closed ones, and who looks."""

    community: CommunityPage
    public: StoryPage
    private: StoryPage
    draft: StoryPage
    pending: StoryPage
    session: Session
    topic: Topic
    redirect: Redirect
    query: Query
    people: dict[str, User]

    def browser(self, name: str) -> Client:
        """A browser of one of ``VIEWERS``; whoever has a reason has given it."""
        browser = browse(self.people["superuser" if name == "with_reason" else name])
        if name == "with_reason":
            give_reason(browser, self.private)
        return browser


def give_reason(browser: Client, page: Page) -> Any:
    address = f"/admin/pages/{page.pk}/edit/"
    return browser.post(address, {"opening-reason": REASON, "opening-asked_by_get": "1"})


def build() -> EditorWorld:
    """The home exists; everything closed has the marker in its title and its address."""
    community = CommunityFactory(title=f"{MARKER.title()} folk", slug=f"{MARKER}-folk", private=True)
    people = _people(community)
    of_it: dict[str, Any] = {"community": community, "owner": people["editor"]}
    public = StoryFactory(title="Lantern story", slug="lantern-story", owner=people["editor"])
    private = StoryFactory(title=f"{MARKER.title()} story", slug=f"{MARKER}-story", private=True, **of_it)
    draft = StoryFactory(title=f"{MARKER.title()} draft", slug=f"{MARKER}-draft", private=True, live=False, **of_it)
    pending = StoryFactory(title="Ledger story", slug="ledger-story")
    draft_of(pending, community)
    surgery = SurgeryFactory(
        title=f"{MARKER.title()} surgery", slug=f"{MARKER}-surgery", private=True, community=community
    )
    session = SessionFactory(surgery=surgery, title=f"{MARKER.title()} session")
    topic = Topic.objects.create(name=f"{MARKER.title()} lore", slug=f"{MARKER}-lore")
    private.topics.add(topic)
    private.save()
    for page in (public, private, draft):
        _worked_on(page, people["editor"])
    mail.outbox.clear()
    redirect = Redirect.add_redirect(f"/old-{MARKER}/", redirect_to=private)
    query = Query.get(f"{MARKER} pick")
    SearchPromotion.objects.create(query=query, page=private, description=MARKER)
    return EditorWorld(community, public, private, draft, pending, session, topic, redirect, query, people)


def hand_back(page: Page) -> None:
    """End the lock and the moderation of ``page``."""
    if page.current_workflow_state:
        page.current_workflow_state.cancel()
    Page.objects.filter(pk=page.pk).update(locked=False, locked_by=None)


def draft_of(page: StoryPage, community: CommunityPage) -> None:
    """An open page whose newest draft is for the members of ``community``."""
    fresh = StoryPage.objects.get(pk=page.pk)
    fresh.title, fresh.audience, fresh.community = f"{MARKER.title()} pending", Audience.MEMBERS, community
    fresh.save_revision()


def _worked_on(page: Page, editor: User) -> None:
    """As it is after an editor, who belonged then, worked on it: revisions, log, lock, moderation."""
    page = page.specific
    revision = page.save_revision(user=editor, log_action=True)
    if page.live:
        revision.publish()
    page.refresh_from_db()
    workflow = Workflow.objects.filter(active=True).first()
    if workflow is not None:
        workflow.start(page, editor)
    Page.objects.filter(pk=page.pk).update(locked=True, locked_by=editor, locked_at=page.first_published_at)


def _people(community: CommunityPage) -> dict[str, User]:
    editors, moderators = Group.objects.get(name="Editors"), Group.objects.get(name="Moderators")
    people = {
        "editor": PersonFactory(first_name="Edda"),
        "publisher": PersonFactory(first_name="Paula"),
        "facilitator": PersonFactory(first_name="Fay"),
        "leader": PersonFactory(first_name="Lea"),
        "superuser": User.objects.create_superuser("hub.team@example.org", "a long enough password"),
    }
    people["editor"].groups.add(editors)
    people["publisher"].groups.add(moderators)
    people["facilitator"].groups.add(moderators)
    make_member(people["publisher"], community)  # belongs to it, and writes nothing for it
    make_member(people["facilitator"], community, FACILITATOR)
    make_member(people["leader"], CommunityFactory(title="Lantern folk", slug="lantern-folk"), FACILITATOR)
    return people
