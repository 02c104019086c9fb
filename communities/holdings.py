"""What communities hold of people."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from communities.models import (
    CommunityPage,
    EarlierAnswer,
    Holding as HeldRole,
    Membership,
    PastMembership,
    Responsibilities,
)
from core.holdings import PersonalData, Row, told
from people.models import User


def _memberships(person: User) -> Iterable[Row]:
    """A community that they no longer see is called as they knew it, and no newer name is told."""
    rows = (
        Membership.objects.filter(person=person)
        .select_related("community")
        .with_roles()
        .prefetch_related("holdings__role", "holdings__answered", "holdings__earlier_answers__version", "pauses")
        .order_by("pk")
    )
    seen = set(CommunityPage.objects.shown_to(person).values_list("pk", flat=True))
    return [
        {
            "community": one.community.title if one.community_id in seen else one.ended_name,
            "state": one.state,
            "part": one.role_names,
            "roles": [_role(held) for held in one.holdings.all()],
            "in your words": one.note,
            "since": one.since,
            "a member since": one.joined,
            "until": one.until,
            "away": [{"since": away.since, "until": away.until} for away in one.pauses.all()],
            "why it was ended": one.reason,
        }
        for one in rows
    ]


def _role(held: HeldRole) -> Row:
    return {
        "role": str(held.role),
        "since": held.since,
        "until": held.until,
        "what it asks": held.answered.text if held.answered else "",
        "version": held.answered.number if held.answered else None,
        "accepted": held.accepts,
        "answered": held.answered_at,
        "why not": held.reason,
        "earlier answers": [_answer(said) for said in held.earlier_answers.all()],
    }


def _answer(said: EarlierAnswer) -> Row:
    version = said.version.number if said.version else None
    return {"version": version, "accepted": said.accepts, "why not": said.reason, "answered": said.at}


HELD = (
    PersonalData(
        "memberships",
        _("Your communities"),
        _("Which you belong to or belonged to, in which part, your words there, and why others ended a membership."),
        rows=_memberships,
        covers=("communities.Membership.person", "communities.FirstFacilitator.person"),
        goes=_("All of it. Your places are free for others."),
    ),
    PersonalData(
        "past memberships",
        _("Communities whose page was deleted"),
        _("That you belonged to them, from when until when, and in which roles."),
        rows=lambda person: told(PastMembership.objects.filter(person=person), "name", "joined", "until", "roles"),
        covers=("communities.PastMembership.person",),
        goes=_("All of it."),
    ),
    PersonalData(
        "responsibilities",
        _("What roles ask in writing"),
        _("Which versions of it you published."),
        rows=lambda person: told(Responsibilities.objects.filter(by=person), "role__name", "number", "since"),
        covers=("communities.Responsibilities.by",),
        stays=_("The words, which others accepted, no longer that you published them."),
    ),
    PersonalData(
        "invited others",
        _("Whom you invited"),
        _("That you invited somebody into a community. Their names are theirs, and not in your copy."),
        rows=lambda person: told(Membership.objects.filter(invited_by=person), "since"),
        covers=("communities.Membership.invited_by",),
        stays=_("Their membership, no longer that you invited them."),
    ),
    PersonalData(
        "sponsor",
        _("Communities that you answer for"),
        _("Of which communities you are the sponsor."),
        rows=lambda person: told(CommunityPage.objects.filter(sponsor=person), "title"),
        covers=("communities.CommunityPage.sponsor",),
        stays=_("The community. The hub team names another sponsor."),
    ),
)
