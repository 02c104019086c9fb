"""For whom somebody may write at one place. Both must be able to write there: neither lends the other a right."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from communities.models import CommunityPage
from conversations.choices import Kind
from conversations.errors import CannotPost
from conversations.models import Conversation, Delegation, Post
from conversations.permissions import TalkRights, part_of
from core.audiences import may_see
from people.models import User


@dataclass(frozen=True, slots=True)
class Principal:
    """Somebody for whom one writes at a place, and what one begins there in their name."""

    principal: User
    begins: Sequence[Kind] = ()


def begun_for(part: TalkRights) -> list[Principal]:
    """For whom ``part.person`` begins something there."""
    found = (Principal(each.principal, kinds_for(each, part)) for each in part.delegations.values())
    return [each for each in found if each.begins]


def kinds_for(delegation: Delegation, part: TalkRights) -> list[Kind]:
    """What both may begin there. A member announces by the principal's right to speak, where they were named for it."""
    mine = set(part.begins) - {Kind.ANNOUNCEMENT}
    if delegation.announces and part.is_member and mine:
        mine.add(Kind.ANNOUNCEMENT)
    return [kind for kind in part_of(delegation.principal, part.community).begins if kind in mine] if mine else []


def answered_for(conversation: Conversation, part: TalkRights) -> list[Principal]:
    """For whom ``part.person``, who answers there, may answer."""
    return [Principal(each.principal) for each in part.delegations.values() if answers(each.principal, conversation)]


def answers(principal: User, conversation: Conversation) -> bool:
    """Whether they read the conversation and may answer in it themselves."""
    community: CommunityPage | None = conversation.community
    if community is None or not may_see(principal, conversation):
        return False
    return part_of(principal, community).replies(conversation)


# -- while it is written -----------------------------------------------------------------------------------------------
def lock_for(by: User, principal: int) -> Delegation:
    """The delegation by which ``by`` writes for ``principal`` (a key) at this moment, locked: it is used before it
    ends, or not. The principal is as they are now.
    """
    rows = Delegation.objects.filter(principal=principal, delegate=by, ended=None)
    locked = rows.select_for_update(of=("self",), no_key=True).first()
    found: Delegation | None = None
    if locked is not None:
        found = Delegation.objects.in_force().select_related("principal").filter(pk=locked.pk).first()
    if found is None:
        raise CannotPost(no_more(User.objects.filter(pk=principal).first()))
    return found


def lock_to_change(post: Post, by: User) -> None:
    """The same for whoever changes what they wrote for another."""
    if post.is_for_another and post.principal_id != by.pk and post.principal_id is not None:
        lock_for(by, post.principal_id)


def lock_to_answer(by: User, principal: int, conversation: Conversation) -> User:
    """In whose name ``by`` answers in a conversation that is locked."""
    found = lock_for(by, principal).principal
    if not answers(found, conversation):
        raise CannotPost(not_there(found))
    return found


def lock_to_begin(by: User, principal: int, kind: Kind, community: CommunityPage) -> User:
    """In whose name ``by`` begins something of this kind."""
    delegation = lock_for(by, principal)
    if kind not in kinds_for(delegation, part_of(by, community)):
        raise CannotPost(not_there(delegation.principal))
    return delegation.principal


def no_more(principal: User | None) -> str:
    if principal is None:
        return _("You do not write for them any more. Choose in whose name you write.")
    return _("You do not write for %(name)s. Ask them to name you, or write in your own name.") % {"name": principal}


def not_there(principal: User) -> str:
    return _("%(name)s cannot write this here, so nobody can for them. Write in your own name.") % {"name": principal}


def why_not_changed(post: Post, by: User) -> str:
    """Why ``by`` may not change what they wrote, where that is because it stands in the name of another."""
    if not post.is_for_another or post.principal_id == by.pk or post.author_id != by.pk:
        return ""
    if post.principal_id is None or post.principal_id not in _for_whom(by):
        return _("This stands in the name of somebody for whom you no longer write. Only they change it.")
    return ""


def _for_whom(person: User) -> set[int]:
    return set(Delegation.objects.in_force().filter(delegate=person).values_list("principal_id", flat=True))
