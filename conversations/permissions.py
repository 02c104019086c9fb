"""Who may begin what, answer, change and look after."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from communities.choices import Capability, Stage
from communities.models import CommunityPage
from communities.rights import RightsAnswer, answers
from conversations.choices import Kind
from conversations.guest_tokens import guest_token
from conversations.models import ByLine, Conversation, Delegation, Guest, Post
from core.audiences import Viewer, community_token, may_see, viewer_tokens

ASKED_FOR = [Capability.MODERATE, Capability.SPEAK, Capability.MANAGE_MEMBERS, Capability.INVITE_OUTSIDE]
TALKED_IN = {Stage.PROPOSED, Stage.PILOT, Stage.ACTIVE, Stage.PAUSED}


@dataclass(frozen=True)
class TalkRights:
    """What one person may do where one community talks. Rights are asked once, when somebody first needs them."""

    person: Viewer
    community: CommunityPage

    @cached_property
    def is_member(self) -> bool:
        return community_token(self.community.pk) in viewer_tokens(self.person)

    @cached_property
    def _rights(self) -> dict[Capability, RightsAnswer]:
        return answers(self.person, ASKED_FOR, self.community)

    @property
    def moderates(self) -> bool:
        return bool(self._rights[Capability.MODERATE])

    @property
    def speaks(self) -> RightsAnswer:
        return self._rights[Capability.SPEAK]

    @property
    def manages(self) -> bool:
        """Whether they say who sees to questions."""
        return bool(self._rights[Capability.MANAGE_MEMBERS])

    @property
    def invites(self) -> RightsAnswer:
        """Whether they invite people from outside to one conversation."""
        return self._rights[Capability.INVITE_OUTSIDE]

    @cached_property
    def knows_community(self) -> bool:
        """Whether they may see the community itself. A guest of a private one may not."""
        return may_see(self.person, self.community)

    @cached_property
    def _guest_of(self) -> dict[int, bool]:
        return {}

    def is_guest(self, conversation: Conversation) -> bool:
        """Whether they are here as a guest of this conversation, asked anew by each part: it may have ended since the
        page was opened.
        """
        if conversation.pk not in self._guest_of:
            bears = not self.is_member and guest_token(conversation.pk) in viewer_tokens(self.person)
            self._guest_of[conversation.pk] = bears and self._is_admitted(conversation)
        return self._guest_of[conversation.pk]

    def _is_admitted(self, conversation: Conversation) -> bool:
        return Guest.objects.admitted().filter(conversation=conversation, person=self.person.pk).exists()

    @cached_property
    def delegations(self) -> dict[int, Delegation]:
        """By which they write for others at this moment, by the keys of those in whose name."""
        if not self.person.is_authenticated:
            return {}
        mine = Delegation.objects.in_force().filter(delegate=self.person.pk).select_related("principal")
        return {each.principal_id: each for each in mine}

    def owns(self, thing: ByLine) -> bool:
        """Whether a conversation or a post is theirs to go on with and to change. What somebody wrote for another is
        that person's, and its writer's as long as they write for them.
        """
        if not thing.is_for_another or thing.principal_id == self.person.pk:
            return thing.is_of(self.person)
        return thing.is_of(self.person) and thing.principal_id in self.delegations

    def _still_speaks(self, post: Post) -> bool:
        """Whether whoever an announcement is from may speak for the community now. Its writer may be a delegate."""
        if post.principal_id in {None, self.person.pk}:
            return self.speaks.is_own
        delegation = self.delegations[post.principal_id]
        return delegation.announces and TalkRights(delegation.principal, self.community).speaks.is_own

    @property
    def is_open(self) -> bool:
        """Whether anything new is said there: a closed community is read only."""
        return self.community.stage in TALKED_IN

    @cached_property
    def begins(self) -> list[Kind]:
        """What they may begin. Whoever may see a community asks it; what else is begun there is for its members."""
        if not (self.is_open and self.person.is_authenticated and self.person.is_active):
            return []
        if not self.is_member:
            return [Kind.QUESTION] if self.knows_community else []
        with_grant = {Kind.ANNOUNCEMENT} if not self.speaks.is_own else set()
        return [kind for kind in Kind if kind not in with_grant]

    def replies(self, conversation: Conversation) -> bool:
        """Members answer, and guests; whoever began it goes on with it."""
        if not (self.is_open and self.person.is_authenticated) or conversation.closed or not conversation.is_whole:
            return False
        if conversation.is_locked:
            return False
        return self.is_member or self.owns(conversation) or self.is_guest(conversation)

    def edits(self, conversation: Conversation, post: Post) -> bool:
        """Their own words, as long as somebody may answer them; what speaks for the community only while they do."""
        if post.removed is not None or not self.owns(post) or not self.replies(conversation):
            return False
        return post.spoken_for is None or self._still_speaks(post)

    def removes(self, post: Post) -> bool:
        """One's own, and what somebody who moderates takes away with a reason. The first one is the conversation:
        whoever began it takes it back as long as nobody has answered.
        """
        if post.removed is not None:
            return False
        if post.is_of(self.person):
            return self.owns(post) and (not post.is_first or post.conversation.last_number == 1)
        return self.moderates

    def puts_back(self, post: Post) -> bool:
        """Whoever took away their own; what those who moderate took away, they put back, unless it is their own."""
        if post.removed is None or not self.person.is_authenticated:
            return False
        if not post.why_removed:
            return self.owns(post)
        return self.moderates and not post.is_of(self.person)

    def reads(self, conversation: Conversation) -> bool:
        """What was withheld is read by those who wrote in it, and by those who moderate."""
        if conversation.withheld is None:
            return True
        theirs = Q(author=self.person.pk) | Q(principal=self.person.pk)
        wrote = self.person.is_authenticated and conversation.posts.filter(theirs).exists()
        return wrote or self.moderates

    def reports(self, post: Post) -> bool:
        """Whoever is signed in reports what others wrote."""
        return post.is_shown and self.person.is_authenticated and not post.is_of(self.person)

    def marks_answer(self, conversation: Conversation) -> bool:
        """Whoever asked, and those who moderate."""
        if conversation.kind != Kind.QUESTION or not self.person.is_authenticated:
            return False
        return self.owns(conversation) or self.moderates


def part_of(person: Viewer, community: CommunityPage) -> TalkRights:
    return TalkRights(person, community)
