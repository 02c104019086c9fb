"""What changes a community or who belongs to it. Every function is one transaction."""

from communities.services.facilitators import appoint, appoint_named, make_facilitator, name_sponsor, stand_down
from communities.services.invitations import (
    accept_invitation,
    bring_in,
    decline_invitation,
    end_expired,
    invite,
    take_back,
)
from communities.services.joining import (
    CannotJoin,
    accept,
    decline,
    join,
    leave,
    mark_reason_read,
    remove,
)
from communities.services.pages import bound_content, follow_page, recount_places, seal_content
from communities.services.places import (
    end as end_membership,
    lock_all as lock_places,
    lock_with,
    one_at_a_time,
    settle,
    stewards_changed,
)
from communities.services.presence import follow_presence, lock_places_of, note_sponsor_gone, repair
from communities.services.roles import add_role, set_roles
from communities.services.succession import CannotLeave, candidates, leaves_too_few, successor_needed

__all__ = [
    "CannotJoin",
    "CannotLeave",
    "accept",
    "accept_invitation",
    "add_role",
    "appoint",
    "appoint_named",
    "bound_content",
    "bring_in",
    "candidates",
    "decline",
    "decline_invitation",
    "end_expired",
    "end_membership",
    "follow_page",
    "follow_presence",
    "invite",
    "join",
    "leave",
    "leaves_too_few",
    "lock_places",
    "lock_places_of",
    "lock_with",
    "make_facilitator",
    "mark_reason_read",
    "name_sponsor",
    "note_sponsor_gone",
    "one_at_a_time",
    "recount_places",
    "remove",
    "repair",
    "seal_content",
    "set_roles",
    "settle",
    "stand_down",
    "stewards_changed",
    "successor_needed",
    "take_back",
]
