"""Whatever somebody does in the browser, search agrees with the database afterwards.

The person of a request is a lazy object, forms change rows that services do not know of, and the editor has ways of its
own: each deed is done as a browser does it, and then the whole index is compared.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from accounts.models import Invitation
from communities.models import FACILITATOR, Membership, State
from core.audiences import Audience
from indexing import maintenance, queue
from reports.models import PageReport
from search import services
from tests.conftest import browse
from tests.factories import (
    PASSWORD,
    CommunityFactory,
    GuidanceFactory,
    PersonFactory,
    SessionFactory,
    StoryFactory,
    SurgeryFactory,
    make_member,
)
from tests.fuzzing import fill
from tests.indexing.queued import queued

pytestmark = pytest.mark.django_db


class Town:
    """A community with somebody in each state, and something of each kind that it looks after."""

    def __init__(self, community: Any, asha: Any, bryn: Any, carys: Any, hub_team: Any) -> None:
        self.community, self.asha, self.bryn, self.carys, self.hub_team = community, asha, bryn, carys, hub_team
        community.joining = "open"
        community.save()
        asking = PersonFactory(first_name="Esme", audience=Audience.MEMBERS)
        self.asked = make_member(asking, community, state=State.ASKED)
        self.gwen = PersonFactory(first_name="Gwen", audience=Audience.MEMBERS)
        self.invited = make_member(self.gwen, community, state=State.INVITED)
        self.invitation = Invitation.objects.create(
            community=community, person=self.gwen, email=self.gwen.email, kind="staff", invited_by=self.asha
        )
        self.story = StoryFactory(community=community, audience=Audience.ORGANISATION)
        self.surgery = SurgeryFactory(community=community)
        self.session = SessionFactory(surgery=self.surgery, title="A date of its own")
        self.report = PageReport.objects.create(page=self.story, path=self.story.url, text="Wrong.")
        self.guidance = GuidanceFactory(community=community, due_on=timezone.localdate() - timedelta(days=1))

    @property
    def url(self) -> str:
        return f"/communities/{self.community.slug}"

    def membership(self, person: Any) -> Membership:
        return Membership.objects.current().get(community=self.community, person=person)


@pytest.fixture
def town(community: Any, asha: Any, bryn: Any, carys: Any, hub_team: Any) -> Town:
    made = Town(community, asha, bryn, carys, hub_team)
    queued().delete()
    maintenance.rebuild()
    assert not maintenance.compare()
    return made


def said(person: Any, **changes: Any) -> dict[str, Any]:
    """A person's own page as its form sends it."""
    fields = ("name", "job_title", "location", "about", "audience", "contact_audience")
    return {**{name: getattr(person, name) for name in fields}, "skills": "", **changes}


def filled(person: Any, address: str, **changes: str) -> dict[str, Any]:
    """The form of a page as its reader finds it, with some of it changed."""
    page = BeautifulSoup(browse(person).get(address).content, "html.parser")
    form = next(one for one in page.select('form[method="post"]') if one.select_one(f"[name={next(iter(changes))}]"))
    return {**fill(form), **changes}


Deed = tuple[str, Callable[[Town], str], Callable[[Town], dict[str, Any]]]
DEEDS: dict[str, Deed] = {
    "join": ("carys", lambda town: f"{town.url}/join/", lambda town: {"note": "Bees"}),
    "leave": ("bryn", lambda town: f"{town.url}/leave/", lambda town: {}),
    "accept": ("asha", lambda town: f"{town.url}/members/{town.asked.pk}/accept/", lambda town: {}),
    "decline": ("asha", lambda town: f"{town.url}/members/{town.asked.pk}/decline/", lambda town: {}),
    "invite": (
        "asha",
        lambda town: f"{town.url}/members/invite/",
        lambda town: {"addresses": town.carys.email, "kind": "staff"},
    ),
    "name another facilitator": (
        "asha",
        lambda town: f"{town.url}/members/{town.membership(town.bryn).pk}/roles/",
        lambda town: {"roles": FACILITATOR},
    ),
    "remove a member": (
        "asha",
        lambda town: f"{town.url}/members/{town.membership(town.bryn).pk}/remove/",
        lambda town: {"reason": "Moved away."},
    ),
    "withdraw an invitation": (
        "asha",
        lambda town: f"{town.url}/members/invited/{town.invitation.pk}/withdraw/",
        lambda town: {},
    ),
    "say yes to an invitation": ("gwen", lambda town: f"{town.url}/invitation/", lambda town: {"answer": "yes"}),
    "say no to an invitation": ("gwen", lambda town: f"{town.url}/invitation/", lambda town: {"answer": "no"}),
    "appoint a facilitator": (
        "hub_team",
        lambda town: f"{town.url}/facilitators/",
        lambda town: {"email": town.carys.email},
    ),
    "hide a page after a report": ("asha", lambda town: f"{town.report.get_absolute_url()}hide/", lambda town: {}),
    "switch an account off": (
        "hub_team",
        lambda town: f"/admin/users/edit/{town.bryn.pk}/",
        lambda town: {"name": town.bryn.name, "email": town.bryn.email, "kind": "staff", "audience": "organisation"},
    ),
    "say that somebody has left": (
        "hub_team",
        lambda town: reverse("switch_off", args=[town.bryn.slug]),
        lambda town: {},
    ),
    "cancel a date": (
        "asha",
        lambda town: f"/surgeries/sessions/{town.session.pk}/cancel/",
        lambda town: {"why": "Snow.", "scope": "one"},
    ),
    "move a date": (
        "asha",
        lambda town: f"/surgeries/sessions/{town.session.pk}/change/",
        lambda town: filled(town.asha, f"/surgeries/sessions/{town.session.pk}/change/", place="The mill"),
    ),
    "change a community's words": (
        "hub_team",
        lambda town: f"{town.url}/edit/",
        lambda town: filled(
            town.hub_team, f"{town.url}/edit/", purpose="To light them.", topics="Lanterns", deed="publish"
        ),
    ),
    "tell of oneself": ("bryn", lambda town: "/people/me/", lambda town: said(town.bryn, name="Bryn ap Hywel")),
    "hide one's page": ("bryn", lambda town: "/people/me/", lambda town: said(town.bryn, audience=Audience.MEMBERS)),
    "find that it still holds": ("asha", lambda town: f"/guidance/{town.guidance.slug}/checked/", lambda town: {}),
    "unpublish": ("hub_team", lambda town: f"/admin/pages/{town.story.pk}/unpublish/", lambda town: {}),
    "delete": ("hub_team", lambda town: f"/admin/pages/{town.story.pk}/delete/", lambda town: {}),
    "delete the community": ("hub_team", lambda town: f"/admin/pages/{town.community.pk}/delete/", lambda town: {}),
    "delete a series": ("hub_team", lambda town: f"/admin/pages/{town.surgery.pk}/delete/", lambda town: {}),
    "delete a person": ("hub_team", lambda town: f"/admin/users/delete/{town.bryn.pk}/", lambda town: {}),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_search_agrees_with_the_database(town, deed, django_capture_on_commit_callbacks):
    who, where, what = DEEDS[deed]
    client = browse(getattr(town, who))
    address, data = where(town), what(town)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(address, data)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    assert not maintenance.compare().keys()


def test_signing_in_and_out_leaves_search_as_it_was(town, client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/account/login/", {"login": town.bryn.email, "password": PASSWORD})
        client.post("/account/logout/")
    assert not maintenance.compare().keys()


def test_the_person_of_a_request_is_known_for_what_they_are(rf, bryn):
    from django.utils.functional import SimpleLazyObject

    queued().delete()
    services.changed(SimpleLazyObject(lambda: bryn))  # type: ignore[arg-type]  # as in a request
    assert [row.subject for row in queued()] == [f"people.user:{bryn.pk}"]


def test_what_nobody_publishes_to_search_is_no_silent_change(home, bryn):
    from django.contrib.auth.models import Group

    group = Group.objects.create(name="Bee keepers")
    with pytest.raises(LookupError, match="Group"):
        services.changed(group)
    with pytest.raises(LookupError, match="Group"):
        queue.put(Group, [group.pk])


def test_a_new_community_that_is_deleted_again_leaves_nothing(town, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        made = CommunityFactory(title="Bee keepers")
        made.delete()
    assert not maintenance.compare().keys()
