"""What conversations publish to search: one document each, whose words are its posts."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _, ngettext

from communities.models import CommunityPage
from conversations.attachments.reading import words_of
from conversations.models import Attachment, Conversation, Post
from core.audiences import tokens_of
from core.models import Topic
from core.text import plain_text
from core.topics import topics_of
from indexing.documents import Document, Source, key_of
from indexing.engines.base import IndexedDocument

OF_IT = tuple(field.attname for field in Conversation._meta.concrete_fields)
READ = ("conversation_id", "number", "author_id", "is_for_another", "html")


class ConversationSource(Source[Conversation]):
    """A conversation is found by all that was said in it, and is evidence for those who answered in their own name: of
    what a delegate wrote nobody knows whose knowledge it is.

    A marked answer stands first as well as in its place, so that its words count before those of its neighbours, and
    whoever wrote it speaks twice. As a summary it would weigh more, and answered what nobody knows ("pay day").
    """

    model = Conversation
    kind = "conversation"
    label = _("Conversations")
    label_one = _("Conversation")
    icon = "conversation"
    quiet_fields = Conversation.grows  # whoever adds a post says so
    depends_on: ClassVar = {CommunityPage: "community", Topic: "topics"}

    def queryset(self) -> QuerySet[Conversation]:
        standing = Attachment.objects.standing().select_related("read")
        files = Prefetch("attachments", standing, to_attr="brought")  # two thousand lists cost less than managers
        said = Post.objects.shown().order_by("number").only(*READ).prefetch_related(files)
        posts = Prefetch("posts", said, to_attr="said")
        shown: QuerySet[Conversation] = Conversation.objects.filter(
            community__live=True, withheld=None, merged_into=None
        )
        shown = shown.select_related("community").only(*OF_IT, "community__title", "community__live")
        return shown.prefetch_related(posts, "steps", "topic_links__tag")

    def document(self, obj: Conversation) -> Document:
        posts: list[Post] = obj.said  # type: ignore[attr-defined]  # fetched in queryset()
        texts = [
            text
            for post in posts
            for text in (plain_text(post.html), *words_of(post.brought))  # type: ignore[attr-defined]  # likewise
        ]
        texts += [step.word for step in obj.steps.all() if step.is_outcome]
        texts[:0] = [plain_text(post.html) for post in posts if post.pk == obj.answer_id]
        own = [post for post in posts if not post.is_first and not post.is_for_another]
        marked = [post.author_id for post in own if post.pk == obj.answer_id and post.author_id]
        topics = (link.tag.name for link in obj.topic_links.all())
        people = [*dict.fromkeys(post.author_id for post in own if post.author_id), *marked]
        return self._document(obj, people, topics, "\n\n".join(texts))

    def outline(self, obj: Conversation) -> Document:
        """Without what was said, which may be two thousand posts."""
        own = obj.posts.replies().exclude(author=None).filter(is_for_another=False)
        answerers = own.order_by("number").values_list("author", flat=True)
        return self._document(obj, dict.fromkeys(answerers), (topic.name for topic in topics_of(obj)))

    def _document(self, obj: Conversation, answerers: Iterable[int], topics: Iterable[str], body: str = "") -> Document:
        community = obj.shown_community
        return Document(
            key=key_of(obj),
            kind=self.kind,
            title=obj.title,
            url=obj.url,
            tokens=tokens_of(obj),
            summary="",
            body=body,
            grows=True,
            topics=tuple(topics),
            people=tuple(answerers),
            community=community.title if community else "",
            community_key=key_of(community) if community else "",
            date=obj.last_posted,
        )

    def reason(self, evidence: Sequence[IndexedDocument]) -> str:
        count = len(evidence)
        return ngettext("Answered in a conversation on it", "Answered in %(n)s conversations on it", count) % {
            "n": count
        }
