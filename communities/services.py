"""What changes a community or who belongs to it. Every function is one transaction."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from communities.models import CommunityContent, CommunityPage, Joining, Membership, Places, Role, State
from hub.audiences import EVERYONE, NOBODY, Audience, forget_tokens
from people.models import User
from search import services as search


class CannotJoin(Exception):
    """The way in is closed; the message says why and what to do."""


class CannotLeave(Exception):
    """The way out is closed for now; the message says why and what to do."""


@transaction.atomic
def join(community: CommunityPage, person: User, note: str = "") -> Membership:
    """Let ``person`` in, ask for them, or put them on the waiting list: whatever the community's joining says.

    Asking twice changes nothing. Raises ``CannotJoin`` where joining is by invitation or the community is closed.
    """
    _one_at_a_time(community.pk)
    current = Membership.objects.current().filter(community=community, person=person).first()
    if current is not None:
        return current
    if community.is_closed:
        raise CannotJoin(_("This community is closed and takes no new members."))
    if community.joining == Joining.INVITATION:
        raise CannotJoin(_("One joins this community by invitation. Speak to one of its facilitators."))
    asks = community.joining == Joining.ASK
    return _enter(community, person, State.ASKED if asks else State.ACTIVE, note=note)


@transaction.atomic
def invite(community: CommunityPage, person: User, by: User, role: Role = Role.MEMBER) -> Membership:
    """Make ``person`` a member because a facilitator says so; whoever had asked is let in."""
    _one_at_a_time(community.pk)
    current = Membership.objects.current().filter(community=community, person=person).first()
    if current is not None:
        return accept(current, by)
    membership = _enter(community, person, State.ACTIVE, role=role)
    log(instance=community, action="communities.invited", user=by, data={"person": str(person)})
    return membership


def _enter(
    community: CommunityPage, person: User, state: State, *, role: Role = Role.MEMBER, note: str = ""
) -> Membership:
    if state is State.ACTIVE and not Places.take(community.pk):
        state = State.WAITING
    membership = Membership.objects.create(community=community, person=person, state=state, role=role, note=note)
    _follow(membership)
    return membership


@transaction.atomic
def accept(membership: Membership, by: User) -> Membership:
    """Say yes to somebody who asked or waits. Where no place is free they wait, and the answer's state says so."""
    _read_anew(membership)
    if membership.state in {State.ACTIVE, State.ENDED}:
        return membership
    membership.state = State.ACTIVE if Places.take(membership.community_id) else State.WAITING
    membership.save(update_fields=["state"])
    _follow(membership)
    log(instance=membership.community, action="communities.accepted", user=by, data={"person": str(membership.person)})
    return membership


@transaction.atomic
def decline(membership: Membership, by: User) -> None:
    """Say no to somebody who asked or waits; a member stays one."""
    _read_anew(membership)
    if membership.state not in {State.ASKED, State.WAITING}:
        return
    _end(membership)
    log(instance=membership.community, action="communities.declined", user=by, data={"person": str(membership.person)})


@transaction.atomic
def leave(membership: Membership) -> None:
    """End a membership: the place is free again, and whoever waits longest takes it.

    Raises ``CannotLeave`` for the last facilitator while others are members: somebody has to look after them.
    """
    _read_anew(membership)
    if membership.state == State.ENDED:
        return
    if membership.is_facilitator and _is_last_facilitator(membership):
        raise CannotLeave(_("You are the last facilitator. Name another one before you leave."))
    held_a_place = membership.is_active
    _end(membership)
    if held_a_place:
        Places.give_back(membership.community_id)
        _let_the_next_in(membership.community_id)


def _is_last_facilitator(membership: Membership) -> bool:
    others = Membership.objects.active().filter(community=membership.community).exclude(pk=membership.pk)
    return others.exists() and not others.filter(role=Role.FACILITATOR).exists()


def _end(membership: Membership) -> None:
    membership.state, membership.until = State.ENDED, timezone.now()
    membership.save(update_fields=["state", "until"])
    _follow(membership)


def _let_the_next_in(community_pk: int) -> None:
    """Those who wait longest, as long as there are places."""
    for following in Membership.objects.waiting().filter(community=community_pk).select_related("person"):
        if not Places.take(community_pk):
            return
        following.state = State.ACTIVE
        following.save(update_fields=["state"])
        _follow(following)


def _one_at_a_time(community_pk: int) -> None:
    """Let deeds on one community wait for each other: two that read the same state would both act on it."""
    Places.objects.select_for_update().filter(community=community_pk).first()


def _read_anew(membership: Membership) -> None:
    """What the membership is now, with its community to ourselves: the form it comes from may have been sent twice."""
    _one_at_a_time(membership.community_id)
    membership.refresh_from_db(fields=["state", "role"])


@transaction.atomic
def change_role(membership: Membership, role: Role, by: User) -> None:
    """Give a member another part. The last facilitator cannot be stood down."""
    _read_anew(membership)
    if role != Role.FACILITATOR and membership.is_facilitator and _is_last_facilitator(membership):
        raise CannotLeave(_("This is the last facilitator. Name another one first."))
    before, membership.role = membership.role, role
    membership.save(update_fields=["role"])
    _follow(membership, was=before)
    log(
        instance=membership.community,
        action="communities.role_changed",
        user=by,
        data={"person": str(membership.person), "before": before, "after": role},
    )


def _follow(membership: Membership, *, was: str = "") -> None:
    """A membership changes what its person may see, and who speaks for the community where a facilitator comes or goes.

    Search hears of these two and of nothing that the community looks after: that would be thousands of stories.
    """
    forget_tokens(membership.person)
    search.changed(membership.person)
    if Role.FACILITATOR in {membership.role, was}:
        search.changed_queryset(CommunityPage, CommunityPage.objects.filter(pk=membership.community_id))


@transaction.atomic
def follow_page(community: CommunityPage) -> None:
    """After the live page changed: give it the places that it says, and its content the bounds that it sets."""
    Places.follow(community)
    _let_the_next_in(community.pk)
    for model in CommunityContent.models():
        for audience in Audience:
            token = model(community=community, audience=audience).own_audience_token()
            _give_token(model, model._default_manager.filter(community=community, audience=audience), token)


def _give_token(model: type[CommunityContent], things: Any, token: str) -> None:
    pks = list(things.exclude(audience_token=token).values_list("pk", flat=True))
    if pks:
        model._default_manager.filter(pk__in=pks).update(audience_token=token)
        model.pass_audience_on(pks)


@transaction.atomic
def seal_content(community: CommunityPage) -> None:
    """Before a community that is not for everyone goes: what it looked after is for nobody until an editor chooses."""
    if CommunityPage.objects.filter(pk=community.pk, audience_token=EVERYONE).exists():
        return
    for model in CommunityContent.models():
        things = model._default_manager.filter(community=community)
        pks = list(things.values_list("pk", flat=True))
        things.update(audience=Audience.MEMBERS, audience_token=NOBODY)
        model.pass_audience_on(pks)


@transaction.atomic
def recount_places(community: CommunityPage) -> None:
    """Count the taken places anew from the memberships, after an import wrote them in bulk."""
    taken = Membership.objects.active().filter(community=community).count()
    Places.objects.update_or_create(community=community, defaults={"capacity": community.capacity, "taken": taken})
