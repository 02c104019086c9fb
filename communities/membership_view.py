"""What somebody will see as a member, in plain words: read from the one rule, not written beside it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from communities.models import CommunityPage
from core.audiences import ORGANISATION, general_tokens, tokens_of
from core.branding import branding
from people.models import User


@dataclass(frozen=True, slots=True)
class InvitationPromise:
    """What whoever is invited will see, and what not."""

    sees: list[str]
    hidden: list[str]


def as_a_member(community: CommunityPage, kind: str) -> InvitationPromise:
    """What saying yes opens to somebody of this ``kind`` who has an account already."""
    return InvitationPromise([of_community(community, general_tokens(User(kind=kind)))], [of_others()])


def of_community(community: CommunityPage, held: frozenset[str]) -> str:
    """A community that they could read anyway opens less by taking part than one that is for its members."""
    words = {"community": community.title}
    if held & tokens_of(community):
        return _("All of %(community)s, and what it keeps to its members.") % words
    if ORGANISATION in tokens_of(community):
        words["body"] = branding().body
        return _("%(community)s: its pages, and who belongs to it. Whoever works for %(body)s sees them, too.") % words
    return _("%(community)s, which only its members see: its pages, and who belongs to it.") % words


def of_others() -> str:
    return _("What other communities keep to their members.")
