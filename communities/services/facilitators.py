"""Naming those who look after a community."""

from contextlib import suppress

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from communities import notices
from communities.choices import Capability
from communities.models import CommunityPage, Membership, Places, State
from communities.models.default_roles import facilitator
from communities.models.membership_periods import is_back
from communities.rights import NotAllowed, refusal
from communities.services.joining import CannotJoin, enter
from communities.services.places import answer_invitations, follow, lock_with, read_anew
from communities.services.succession import give, log_of, take_all_from
from core.drafts import take_over_in_versions
from core.editors import is_hub_team
from people.models import User


@transaction.atomic
def appoint(community: CommunityPage, person: User, by: User | None) -> Membership:
    """Make ``person`` a facilitator because the organisation says so: the hub team, or the page that named them.

    Those who facilitate already are told, too: whoever runs the hub may name anybody, themselves included.

    Raises ``CannotJoin`` where they hold no place and none is free, or are not here, and ``NotAllowed``.
    """
    if by is not None and not is_hub_team(User.objects.get(pk=by.pk)):
        raise NotAllowed(refusal(by, Capability.MANAGE_MEMBERS, community))
    return make_facilitator(community, person, by)


@transaction.atomic
def make_facilitator(community: CommunityPage, person: User, by: User | None) -> Membership:
    """The same, for whoever asked whether ``by`` may. They are told, and may hand it on."""
    if not (lock_with(person, community) and person.is_active):
        raise CannotJoin(_("%(person)s’s account is switched off. Add a facilitator else.") % {"person": person})
    membership: Membership | None = Membership.objects.current().filter(community=community, person=person).first()
    if membership is not None and membership.is_steward:
        return membership
    if (membership is None or not membership.is_active) and not _has_place(community):
        raise CannotJoin(_("Every place is taken. Give the community one more place first."))
    if membership is None:
        membership = enter(community, person, State.ACTIVE, role=facilitator())
    else:
        _raise_to_facilitator(membership)
    answer_invitations(membership)
    log(instance=community, action="communities.appointed", user=by, data={"person": str(person)})
    notices.tell_appointed(membership)
    if by is not None:
        notices.tell_new_facilitator(membership, by)
    return membership


def _has_place(community: CommunityPage) -> bool:
    places = Places.objects.get(community=community)
    return places.capacity is None or places.taken < places.capacity


def _raise_to_facilitator(membership: Membership) -> None:
    if not membership.is_active:
        Places.take(membership.community_id)
        is_back(membership)
    membership.state, membership.resumes = State.ACTIVE, ""
    membership.save(update_fields=["state", "resumes"])
    give(membership, facilitator())
    follow(membership)


@transaction.atomic
def stand_down(membership: Membership, by: User | None) -> None:
    """Somebody who leaves is a member from now on, or comes back as one: another facilitates in their place."""
    read_anew(membership)
    if membership.state == State.ENDED:
        return
    taken = take_all_from(membership, stewarding=True)
    if taken:
        follow(membership)
        log_of(membership, "role_changed", by, before=", ".join(taken), after="")


@transaction.atomic
def name_sponsor(community: CommunityPage, person: User, by: User) -> None:
    """Let somebody else answer for a community's risks."""
    before, community.sponsor = community.sponsor, person
    CommunityPage.objects.filter(pk=community.pk).update(sponsor=person)
    take_over_in_versions(community, ["sponsor"])
    data = {"person": str(person), "before": str(before or "")}
    log(instance=community, action="communities.sponsor_named", user=by, data=data)


@transaction.atomic
def appoint_named(community: CommunityPage, by: User | None) -> None:
    """When a community is first published: those whom its page names become its facilitators.

    Publishing never fails for it: a community that has none stands on the hub team's front page.
    """
    people = list(community.named_facilitators().select_for_update(of=("self",), no_key=True))
    Places.follow(community)
    for person in people:
        with suppress(CannotJoin):
            appoint(community, person, by)
