"""A right that ended between the page and the button: every service asks again, refuses, and has written nothing.

How a right that is taken away at the very moment of its use waits its turn: ``test_withdrawn_while_used.py``.
"""

from collections.abc import Callable
from typing import Any
from unittest import mock

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import querydict_from_html

from accounts.invitations import services as addresses
from accounts.invitations.models import Invitation
from accounts.invitations.pasted_addresses import Addressee
from accounts.leaving import services as leaving
from communities import services
from communities.approval import requests, rules
from communities.approval.approvers import NotTheirs
from communities.choices import Approval, Capability
from communities.content_writing import services as content
from communities.grants import services as grants
from communities.models import Award, CommunityPage, Grant, Holding, Membership, State
from communities.models.default_roles import facilitator
from communities.qualifications import services as qualifications
from communities.qualifications.services import CannotAward
from communities.rights import NotAllowed
from communities.writing import services as words
from knowledge import services as guidance
from knowledge.writing.kinds import WRITING
from people.choices import PersonKind
from people.handover import CannotGive
from people.models import User
from stories.consent import services as consent
from stories.models import StoryPage
from stories.named.models import NamedPerson
from stories.writing.kinds import WRITING as STORIES
from surgeries.models import Pattern, Session, Status
from surgeries.series import services as series
from surgeries.wagtail_hooks import SessionForm
from tests.communities.qualified import awarded, demanded
from tests.conftest import browse
from tests.factories import GuidanceFactory, PersonFactory, SessionFactory, StoryFactory, SurgeryFactory, make_member


@pytest.fixture
def things(community: CommunityPage, asha: User, bryn: User) -> dict[str, Any]:
    """What Asha looks after, until a moment ago."""
    role = Holding.objects.get(membership__person=asha).role
    make_member(other := PersonFactory(), community, "facilitator")
    asked = make_member(PersonFactory(), community, state=State.ASKED)
    qualification = demanded(role)
    for person in (asha, other):
        awarded(person, qualification, by=PersonFactory())
    services.set_roles(bryn.memberships.get(), [role], other)
    story = StoryFactory(community=community, live=False)
    made = {
        "community": community,
        "asha": asha,
        "leaver": other,
        "stranger": PersonFactory(),
        "member": make_member(PersonFactory(), community),
        "asked": asked,
        "award": awarded(bryn, qualification, by=None),
        "grant": grants.ask(community, other, Capability.SPEAK, "To bring chairs."),
        "story": story,
        "guidance": GuidanceFactory(community=community),
        "surgery": SurgeryFactory(community=community),
        "offer": addresses.Offer(PersonKind.STAFF, community),
        "date": SessionFactory(surgery=SurgeryFactory(community=community)),
        "ran the hub": PersonFactory(is_superuser=True),
    }
    User.objects.filter(pk=made["ran the hub"].pk).update(is_superuser=False)
    other.leaves_on = timezone.localdate()  # and put off again: the page that was open still says so
    CommunityPage.objects.filter(pk=community.pk).update(sponsor=other)
    addresses.ask(made["offer"], [Addressee("earlier@example.org")], other)
    made["invitation"] = Invitation.objects.get()
    Holding.objects.filter(membership__person=asha).update(until=timezone.now())
    return made


def hands_over(t: dict[str, Any], what: str, by: User) -> None:
    leaving.give(t["leaver"], what, f"communities.communitypage:{t['community'].pk}", t["member"].person, by)


DEEDS: dict[str, Callable[[dict[str, Any]], object]] = {
    "accept": lambda t: services.accept(t["asked"], t["asha"]),
    "decline": lambda t: services.decline(t["asked"], t["asha"]),
    "remove": lambda t: services.remove(t["member"], t["asha"], "Shouted."),
    "name in a role": lambda t: services.set_roles(t["member"], [facilitator()], t["asha"]),
    "invite": lambda t: services.invite(t["community"], t["stranger"], t["asha"]),
    "invite an address": lambda t: addresses.ask(t["offer"], [Addressee("new@example.org")], t["asha"]),
    "invite again": lambda t: addresses.send_again(t["invitation"], t["asha"]),
    "withdraw an invitation": lambda t: addresses.withdraw(t["invitation"], t["asha"]),
    "ask for a grant": lambda t: grants.ask(t["community"], t["asha"], Capability.MODERATE, "To help."),
    "take a request back": lambda t: grants.take_back(t["grant"], t["asha"]),
    "choose whose word": lambda t: rules.choose(t["community"], Approval.STEWARD, t["asha"]),
    "verify": lambda t: qualifications.verify(t["award"], t["asha"]),
    "refuse evidence": lambda t: qualifications.refuse(t["award"], t["asha"], "Too old."),
    "write the page": lambda t: words.publish(t["community"], {}, "", t["asha"]),
    "begin a story": lambda t: content.begin(STORIES, t["community"], {}, t["asha"]),
    "write a story": lambda t: content.save(STORIES, t["story"], {}, "", t["asha"]),
    "send a story": lambda t: content.send(STORIES, t["story"], t["asha"]),
    "publish a story": lambda t: content.publish(STORIES, t["story"], "", t["asha"]),
    "give a story back": lambda t: content.give_back(STORIES, t["story"], t["asha"], "Not yet."),
    "name somebody in a story": lambda t: consent.put(t["story"], None, {}, t["asha"]),
    "begin guidance": lambda t: content.begin(WRITING, t["community"], {}, t["asha"]),
    "publish guidance": lambda t: content.publish(WRITING, t["guidance"], "", t["asha"]),
    "check guidance": lambda t: guidance.check(t["guidance"], t["asha"]),
    "name a facilitator": lambda t: services.appoint(t["community"], t["stranger"], t["ran the hub"]),
    "hand over its facilitator": lambda t: hands_over(t, "facilitators", t["leaver"]),
    "hand over its sponsor": lambda t: hands_over(t, "sponsors", t["ran the hub"]),
    "change a date": lambda t: series.change_date(t["date"], "", t["asha"]),
    "cancel a date": lambda t: series.cancel_date(t["date"], "Snow.", t["asha"]),
    "hold it after all": lambda t: series.restore_date(t["date"], t["asha"]),
    "set a pattern": lambda t: series.set_pattern(Pattern(surgery=t["surgery"]), mock.Mock(), "", t["asha"]),
}
MODELS = (CommunityPage, Membership, Holding, Grant, Award, Invitation, StoryPage, NamedPerson, Pattern, Session)


def rows() -> dict[Any, list[Any]]:
    return {model: list(model.objects.order_by("pk").values()) for model in MODELS}


def test_whoever_had_the_right_a_moment_ago_is_refused_and_nothing_is_written(things: dict[str, Any]) -> None:
    before = rows()
    done = []
    for name, deed in DEEDS.items():
        try:
            deed(things)
        except (NotAllowed, NotTheirs, CannotAward, CannotGive):
            continue
        done.append(name)
    assert not done
    assert rows() == before


def test_what_waits_is_not_approved_by_whoever_may_no_longer(things: dict[str, Any]) -> None:
    things["story"].save_revision()
    requests.send(things["story"], PersonFactory())
    with pytest.raises(NotTheirs):
        requests.answer(things["story"], things["asha"], "approve")
    assert not StoryPage.objects.get(pk=things["story"].pk).live


def test_whoever_pressed_the_button_reads_why_and_has_what_they_typed(
    community: CommunityPage, asha: User, bryn: User
) -> None:
    remove = services.remove

    def a_moment_later(*args: Any, **kwargs: Any) -> None:
        Holding.objects.filter(membership__person=asha).update(until=timezone.now())
        remove(*args, **kwargs)

    make_member(PersonFactory(), community, "facilitator")
    address = f"{community.url}members/{bryn.memberships.get().pk}/remove/"
    with mock.patch.object(services, "remove", a_moment_later):
        answer = browse(asha).post(address, {"reason": "Quillwort was trampled."})
    assert answer.status_code == 403
    assert "Quillwort was trampled." in answer.content.decode()
    assert bryn.memberships.get().is_active


def test_a_date_of_the_editor_is_cancelled_by_nobody_whose_right_ended_as_they_pressed(
    community: CommunityPage, asha: User
) -> None:
    session = SessionFactory(surgery=SurgeryFactory(community=community))
    save = SessionForm.save

    def a_moment_later(form: Any, commit: bool = True) -> Any:
        Holding.objects.filter(membership__person=asha).update(until=timezone.now())
        return save(form, commit)

    make_member(PersonFactory(), community, "facilitator")
    address, browser = reverse("wagtailsnippets_surgeries_session:edit", args=[session.pk]), browse(asha)
    form = querydict_from_html(browser.get(address).content.decode(), form_id="w-editor-form").dict()
    with mock.patch.object(SessionForm, "save", a_moment_later):
        answer = browser.post(address, {**form, "status": Status.CANCELLED, "note": "Quillwort was trampled."})
    assert answer.status_code == 403
    assert "Quillwort was trampled." in answer.content.decode()
    assert Session.objects.get(pk=session.pk).status == Status.SCHEDULED
