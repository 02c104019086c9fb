"""What somebody will see once they are here, in plain words: read from the one rule, not written beside it."""

from django.utils.translation import gettext as _

from accounts.invitations.targets import Goal
from communities.membership_view import InvitationPromise, of_community, of_others
from communities.models import CommunityPage
from core.audiences import EVERYONE, ORGANISATION, general_tokens
from core.branding import branding
from people.models import User


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
        sees.append(of_community(community, held))
        hidden.append(of_others())
    else:
        hidden.append(_("What communities keep to their members, until you are one."))
    return InvitationPromise(sees, hidden)
