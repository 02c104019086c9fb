"""What somebody will see once they are here, in plain words: read from the one rule, not written beside it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.invitations.targets import Goal
from communities.models import CommunityPage
from core.audiences import EVERYONE, ORGANISATION, general_tokens, tokens_of
from core.branding import branding
from people.models import User


@dataclass(frozen=True, slots=True)
class InvitationPromise:
    """What they see, what they do not, and who sees them."""

    sees: list[str]
    hidden: list[str]


def promise(kind: str, community: CommunityPage | None, goal: Goal | None = None) -> InvitationPromise:
    """For somebody of this ``kind`` who is a member of ``community``, or of none yet; as a guest, of ``goal`` alone."""
    body = branding().body
    held = general_tokens(User(kind=kind))
    sees = [_("What is open to everyone: communities, stories, guidance and surgeries.")] if EVERYONE in held else []
    hidden: list[str] = []
    inside = _("What %(body)s keeps to those who work there.") % {"body": body}
    (sees if ORGANISATION in held else hidden).append(inside)
    if goal is not None:
        words = {"title": goal.title, "owner": goal.owner}
        sees.insert(0, _("“%(title)s”, a conversation of %(owner)s: what is said there, and who says it.") % words)
        hidden.insert(0, _("Whatever else %(owner)s keeps to its members.") % words)
    elif community is not None:
        sees.append(_of_community(community, held))
        hidden.append(_("What other communities keep to their members."))
    else:
        hidden.append(_("What communities keep to their members, until you are one."))
    return InvitationPromise(sees, hidden)


def _of_community(community: CommunityPage, held: frozenset[str]) -> str:
    """A community that they could read anyway opens less by taking part than one that is for its members."""
    words = {"community": community.title}
    if held & tokens_of(community):
        return _("All of %(community)s, and what it keeps to its members.") % words
    if ORGANISATION in tokens_of(community):
        words["body"] = branding().body
        return _("%(community)s: its pages, and who belongs to it. Whoever works for %(body)s sees them, too.") % words
    return _("%(community)s, which only its members see: its pages, and who belongs to it.") % words
