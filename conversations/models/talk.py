"""Conversations in communities, what is written in them, and where each reader stands."""

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from communities.models import CommunityContent
from communities.models.content import NONE
from conversations.choices import ENDS_IN_OUTCOME, ICONS, OUTCOMES, Feeling, IdeaStage, Kind, Level
from conversations.models.by_line import ByLine
from conversations.models.topics import ConversationTopic
from conversations.querysets import UNSHOWN, ConversationQuerySet, PostQuerySet
from core.audiences import Viewer, community_token
from core.fields import LineField
from core.fragments import told_to_members
from core.single_line import OneLineFields
from core.topics import TopicsField
from people.models import User

if TYPE_CHECKING:
    from conversations.models.attachments import Attachment
    from conversations.models.voices import Voice

PER_PAGE = 30
"""Posts on a page. Their numbers say which page they stand on, however many there are."""
POSTS = "posts"
"""The scope of how many posts there are anywhere."""


class Conversation(CommunityContent, ByLine, OneLineFields):
    """Something that is talked about in a community. Its first post is what it was begun with."""

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.DISCUSSION)
    title = LineField(_("title"), max_length=200)
    begun = models.DateTimeField(default=timezone.now, editable=False)
    begun_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="conversations")
    last_number = models.PositiveIntegerField(default=0, editable=False)
    last_posted = models.DateTimeField(default=timezone.now, editable=False)
    answer = models.ForeignKey(
        "Post", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    pinned = models.DateTimeField(null=True, blank=True)
    closed = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    closing_word = LineField(_("how it ended"), max_length=300, blank=True)
    withheld = models.DateTimeField(null=True, blank=True, editable=False)
    """Since when its first post is taken away: lists, search and links do not lead to it."""
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    """Where its posts stand now; its own address leads there."""
    locked_until = models.DateTimeField(null=True, blank=True)
    topics = TopicsField(through=ConversationTopic, blank=True, verbose_name=_("topics"))

    stage = models.CharField(_("stage"), max_length=12, choices=IdeaStage.choices, default=IdeaStage.OPEN)
    closing_day = models.DateField(_("closing day"), null=True, blank=True)
    """Until when a consultation asks. After it, an outcome is owed."""
    reminders = models.PositiveSmallIntegerField(default=0, editable=False)
    """How often those who owe an outcome were reminded."""

    version_kind = "conversations"
    grows = frozenset({"last_number", "last_posted"})
    """What one more post changes: lists that count posts show it, and nothing else does."""
    objects = ConversationQuerySet.as_manager()

    class Meta:
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")
        indexes: ClassVar = [
            models.Index(fields=["community", "-last_posted"], name="conversations_of_community"),
            models.Index(fields=["-last_posted", "-id"], name="conversations_last_word_first"),
            models.Index(
                fields=["kind", "-last_posted", "-id"],
                condition=Q(closed=None, answer=None),
                name="not_answered_last_word_first",
            ),
            # Few have either. An index of those that have none, too, is one that SQLite looks through for all of them.
            models.Index(fields=["answer"], condition=Q(answer__isnull=False), name="conversations_with_an_answer"),
            models.Index(
                fields=["merged_into"], condition=Q(merged_into__isnull=False), name="conversations_put_elsewhere"
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(closed=None) | ~Q(closing_word=""), name="what_is_closed_says_how_it_ended"
            ),
            models.CheckConstraint(
                condition=Q(principal=None) | Q(is_for_another=True), name="begun_in_somebodys_name_says_so"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def draft_closed_to(cls, _viewer: Viewer, _tokens: frozenset[str]) -> Q:
        """It has no drafts that an editor opens."""
        return Q(pk__in=())

    @property
    def version_scope(self) -> str:
        """Not its community's: what is said there leaves as it is what else is shown of it."""
        return talk_of(self.community_id)

    @classmethod
    def scopes_in(cls, community: int | None) -> set[str]:
        return {POSTS, talk_of(community), posts_of(community), told_to_members(community)}

    def version_scopes_when(self, saved: frozenset[str]) -> set[str]:
        return {POSTS, posts_of(self.community_id)} if saved <= self.grows else self.version_scopes()

    def get_absolute_url(self) -> str:
        return reverse("conversations:conversation", args=[self.pk])

    @property
    def url(self) -> str:
        return self.get_absolute_url()

    @property
    def written_by(self) -> User | None:
        return self.begun_by

    @property
    def written_by_id(self) -> int | None:
        return self.begun_by_id

    @property
    def way_back(self) -> list[dict[str, str]]:
        """The trail on the pages of its forms: back to it."""
        return [{"title": self.title, "url": self.url}]

    @property
    def new_url(self) -> str:
        """Where a reader finds what is new for them."""
        return reverse("conversations:first_new", args=[self.pk])

    @property
    def icon(self) -> str:
        return ICONS[Kind(self.kind)]

    @property
    def is_whole(self) -> bool:
        """Whether it stands where it was begun with: not taken away, and not in another one."""
        return self.withheld is None and self.merged_into_id is None

    @property
    def is_locked(self) -> bool:
        return self.locked_until is not None and self.locked_until > timezone.now()

    @property
    def replies(self) -> int:
        """How many posts followed the first one; in lists, without those that were removed, hidden or put elsewhere."""
        return max(0, self.last_number - 1 - getattr(self, "gone", 0))

    @property
    def pages(self) -> int:
        return max(1, page_with(self.last_number))

    @property
    def has_stages(self) -> bool:
        return self.kind in ENDS_IN_OUTCOME

    @property
    def owes_outcome(self) -> bool:
        """Whether its closing day is over, and nobody has said yet what comes of it."""
        is_over = self.closing_day is not None and self.closing_day < timezone.localdate()
        return is_over and self.has_stages and self.stage not in OUTCOMES

    def url_of(self, number: int) -> str:
        """Where the post of this number stands."""
        page = page_with(number)
        return f"{self.url}{f'?page={page}' if page > 1 else ''}#post-{number}"


def talk_of(community: int | None) -> str:
    """The scope of the conversations of a community, by its key: what they are called, where they stand, what came of
    them. Every request reads it, since whatever is near a thing of another community may be one of them, and a version
    is read before the words that are kept under it.
    """
    return f"talk:{community or NONE}"


def posts_of(community: int | None) -> str:
    """The scope of how many posts these have, and since when."""
    return f"{community_token(community or NONE)}:posts"


def page_with(number: int) -> int:
    """The page that the post of this number stands on; they begin at 1."""
    return max(0, number - 1) // PER_PAGE + 1


class Post(ByLine):
    """What one person wrote in a conversation. ``number`` is its place there: it never changes, and what is removed
    leaves its place.
    """

    changes_pages = False  # the row of its conversation is saved with it

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="posts")
    number = models.PositiveIntegerField()
    author = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="posts")
    in_answer_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField(_("text"))
    html = models.TextField(editable=False)
    posted = models.DateTimeField(default=timezone.now)
    edited = models.DateTimeField(null=True, blank=True)
    removed = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    why_removed = LineField(_("reason"), max_length=300, blank=True)
    """Where somebody who moderates took it away."""
    moved_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    """What stood at this place, and went into a conversation of its own. This is the link that it left."""
    hidden = models.DateTimeField(null=True, blank=True, editable=False)
    """Since when nobody but its author reads it, until somebody has decided about it."""
    why_hidden = LineField(_("reason"), max_length=300, blank=True)
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    """Of the form that it was sent with: sent twice, it is one post."""

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ("conversation", "number")
        indexes: ClassVar = [models.Index(fields=["conversation"], condition=UNSHOWN, name="posts_that_are_not_shown")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("conversation", "number"), name="each_post_has_its_place"),
            models.UniqueConstraint(fields=("author", "key"), name="a_form_is_sent_once"),
            models.CheckConstraint(
                condition=Q(principal=None) | Q(is_for_another=True), name="said_in_somebodys_name_says_so"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.conversation_id}, {self.number}"

    def get_absolute_url(self) -> str:
        return self.conversation.url_of(self.number)

    @property
    def written_by(self) -> User | None:
        return self.author

    @property
    def written_by_id(self) -> int | None:
        return self.author_id

    @property
    def anchor(self) -> str:
        return f"post-{self.number}"

    @property
    def is_first(self) -> bool:
        return self.number == 1

    @property
    def spoken_for(self) -> "Voice | None":
        """By which right it speaks for its community; nothing where it is its author's own."""
        return getattr(self, "voice", None)

    @property
    def is_shown(self) -> bool:
        """Whether others read it."""
        return self.removed is None and self.hidden is None

    @property
    def files(self) -> "list[Attachment]":
        """What is attached to it now."""
        return [each for each in self.attachments.all() if each.removed is None]


class PostVersion(models.Model):
    """What a post said before it was edited."""

    changes_pages = False

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="versions")
    text = models.TextField()
    until = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    """Who changed it then."""

    class Meta:
        ordering = ("post", "until", "pk")

    def __str__(self) -> str:
        return f"{self.post_id}, until {self.until:%d.%m.%Y}"


class Standing(models.Model):
    """Where one reader stands in one conversation: one row, however long it is."""

    changes_pages = False

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="standings")
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="standings")
    read_to = models.PositiveIntegerField(default=0)
    """The number of the last post that they have seen."""
    level = models.CharField(max_length=8, choices=Level.choices, default=Level.NORMAL)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("person", "conversation"), name="one_standing_each")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.conversation_id}: {self.read_to}"

    def has_read(self, number: int) -> bool:
        """Whether they have seen the post of this number."""
        return number <= self.read_to or any(one.first <= number <= one.last for one in self._ahead)

    @cached_property
    def _ahead(self) -> "list[ReadAhead]":
        """What they have seen after an unread post. Hardly anybody has any: ``reads_ahead`` comes with the row."""
        return list(self.ahead.all()) if getattr(self, "reads_ahead", True) else []


class ReadAhead(models.Model):
    """Posts that a reader has seen although one before them is unread: from ``first`` to ``last``, both included. Only
    merging and undoing make these; reading further ends them.
    """

    changes_pages = False

    standing = models.ForeignKey(Standing, on_delete=models.CASCADE, related_name="ahead")
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.standing_id}: {self.first} to {self.last}"


class Reaction(models.Model):
    """A word of one person for one post."""

    changes_pages = False

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="reactions")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="reactions")
    feeling = models.CharField(max_length=12, choices=Feeling.choices)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("post", "person", "feeling"), name="each_word_is_said_once")
        ]

    def __str__(self) -> str:
        return f"{self.post_id}: {self.feeling}"


class Draft(models.Model):
    """What somebody typed and has not sent, one for each place where they write."""

    changes_pages = False

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    place = models.CharField(max_length=60)
    """``conversation:12``, or ``community:3`` for one that is not begun."""
    typed = models.JSONField(default=dict)
    saved = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("person", "place"), name="one_draft_for_each_place")]

    def __str__(self) -> str:
        return f"{self.person_id}, {self.place}"
