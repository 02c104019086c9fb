"""Why somebody may do something in a community or not, and whom they ask, as sentences.

Each is put together only when it is shown: in the reader's language, and with the name of a community only for whoever
may see it.
"""

from collections.abc import Callable

from django.utils.formats import date_format
from django.utils.functional import cached_property, lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext, gettext_lazy as _

from communities.models import CommunityPage, Grant, Holding, Membership
from communities.suspended_roles import Suspended, suspended_that_give
from core.audiences import Viewer, may_see
from core.text import Words

HUB_TEAM = _("You run the hub.")
A_STRANGER = (_("You are not signed in."), _("Sign in, then try again."))


def by_role(role: str, community: CommunityPage) -> Words:
    return format_lazy(_("You have this role in {community}: {role}."), role=role, community=community.title)


def by_grant(grant: Grant, community: CommunityPage) -> Words:
    """Who decided it, and until when it lasts."""
    return _granted(grant, community)


def _put_granted(grant: Grant, community: CommunityPage) -> str:
    said = {"community": community.title, "authority": grant.on_what_authority, "role": grant.holders}
    is_of, is_of_until = _OF_MEMBERS if grant.role is None else _OF_A_ROLE
    if grant.last_day is None:
        return str(is_of) % said
    return str(is_of_until) % {**said, "day": date_format(grant.last_day, "j F Y")}


_OF_MEMBERS = (
    _("You are a member of %(community)s, which has been granted this: %(authority)s."),
    _("You are a member of %(community)s, which has been granted this until %(day)s: %(authority)s."),
)
_OF_A_ROLE = (
    _("In %(community)s you have the role %(role)s, which has been granted this: %(authority)s."),
    _("In %(community)s you have the role %(role)s, which has been granted this until %(day)s: %(authority)s."),
)


class Facts:
    """What the sentences about ``person`` in one community rest on. Each is asked once, for however many rights."""

    def __init__(self, person: Viewer, community: CommunityPage | None) -> None:
        self.person, self.community = person, community

    @cached_property
    def is_shown(self) -> bool:
        return self.community is not None and may_see(self.person, self.community)

    @cached_property
    def is_member(self) -> bool:
        return Membership.objects.active().filter(person=self.person.pk, community=self.community).exists()

    @cached_property
    def is_looked_after(self) -> bool:
        return self.is_shown and Membership.objects.stewards().filter(community=self.community).exists()

    @cached_property
    def is_suspended(self) -> bool:
        """Whether a role of theirs is, whatever it would give."""
        mine = Holding.objects.suspended().filter(membership__person=self.person.pk)
        return mine.filter(membership__community=self.community).exists()


def not_allowed(capability: str, facts: Facts) -> tuple[Words, Words]:
    """Why not, and whom to ask."""
    return _why_not(capability, facts), _whom_to_ask(facts)


def _put_why_not(capability: str, facts: Facts) -> str:
    community = facts.community
    if community is None:
        return gettext("This belongs to no community, so that only the hub team may do it.")
    if not facts.is_shown:
        return gettext("You are not a member of the community that this belongs to.")
    if facts.is_suspended and (missing := suspended_that_give(facts.person, capability, community)):
        return _suspended(missing[0], community)
    said = _MEMBER if facts.is_member else _("You are not a member of %(community)s.")
    return str(said) % {"community": community.title}


def _suspended(one: Suspended, community: CommunityPage) -> str:
    said = {"role": one.holding.role, "community": community.title, "because": one.because}
    if one.is_waiting:
        return gettext("Your role %(role)s in %(community)s is suspended: %(because)s.") % said
    words = gettext(
        "Your role %(role)s in %(community)s is suspended: %(because)s. Give evidence at “My qualifications”."
    )
    return words % said


def _put_whom_to_ask(facts: Facts) -> str:
    if facts.community is None or not facts.is_looked_after:
        return gettext("Ask the hub team.")
    return gettext("Ask whoever looks after %(community)s.") % {"community": facts.community.title}


_MEMBER = _("You are a member of %(community)s, and nothing that you do there includes this.")
_granted: Callable[..., Words] = lazy(_put_granted, str)
_why_not: Callable[..., Words] = lazy(_put_why_not, str)
_whom_to_ask: Callable[..., Words] = lazy(_put_whom_to_ask, str)
