"""What pages show of stages and outcomes."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import JSONObject

from conversations.choices import OUTCOMES, IdeaStage
from conversations.excerpts import excerpt
from conversations.models import Conversation, Post, Step
from conversations.outcomes import rights
from conversations.permissions import TalkRights
from conversations.polls import listings as polls, rights as poll_rights
from core.audiences import Viewer
from core.markup import shortened

TO_CHOOSE_FROM = 20  # posts
EXCERPT = 140  # letters
QUOTED = 420
ON_THE_FRONT = 3


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words that led to an outcome."""

    words: str
    who: str
    url: str


@dataclass(frozen=True, slots=True)
class Course:
    """Where a conversation has come to: its stages, the newest first, its poll, and what this reader may do."""

    steps: list[Step]
    quoted: list[Quoted]
    poll: polls.PollShown | None
    sets_stage: bool
    sets_closing_day: bool
    sets_up_poll: bool

    @property
    def now(self) -> Step | None:
        return self.steps[0] if self.steps else None

    @property
    def before(self) -> list[Step]:
        return self.steps[1:]


def course_of(conversation: Conversation, part: TalkRights) -> Course:
    steps = _steps(conversation) if conversation.has_stages else []
    poll = polls.poll_of(conversation)
    return Course(
        steps,
        [_quoted(post, conversation) for post in steps[0].quoted] if steps else [],
        polls.shown(poll, conversation, part) if poll else None,
        rights.sets_stage(conversation, part),
        rights.sets_closing_day(conversation, part),
        poll is None and poll_rights.sets_up(conversation, part),
    )


def _steps(conversation: Conversation) -> list[Any]:
    """What stands in another conversation by now may have other readers, and is quoted no more."""
    posts = conversation.posts.shown().select_related("author", "principal").order_by("number")
    said = Prefetch("said", posts, to_attr="quoted")
    return list(conversation.steps.select_related("by").prefetch_related(said))


def _quoted(post: Post, conversation: Conversation) -> Quoted:
    return Quoted(excerpt(post.html, QUOTED), post.by_line, conversation.url_of(post.number))


def to_choose_from(conversation: Conversation) -> list[Post]:
    """The first post, and those for which people said most."""
    counted = conversation.posts.shown().select_related("author", "principal").annotate(words=Count("reactions"))
    first = counted.filter(number=1)
    return [*first, *counted.exclude(number=1).order_by("-words", "number")[:TO_CHOOSE_FROM]]


# -- you said, we did --------------------------------------------------------------------------------------------------
def _latest(conversations: QuerySet[Conversation]) -> QuerySet[Step]:
    """The outcomes that count, of conversations that the reader may read; each with the words that led to it."""
    newest = Step.objects.filter(conversation=OuterRef("conversation")).order_by("-at", "-pk").values("pk")[:1]
    led = Step.said.through.objects.filter(step=OuterRef("pk"), post__conversation=OuterRef("conversation"))
    led = led.filter(post__removed=None, post__hidden=None)
    return Step.objects.filter(
        pk=Subquery(newest), stage__in=OUTCOMES, conversation__in=conversations.order_by().values("pk")
    ).annotate(html=Subquery(led.order_by("post__number").values("post__html")[:1]))


def changed_because(viewer: Viewer) -> list[dict[str, str]]:
    """What changed because somebody spoke, wherever this reader may read it. In one query."""
    steps = _latest(Conversation.objects.shown_to(viewer)).select_related("conversation__community")
    return [
        _line(getattr(step, "html", None) or "", step.stage, step.conversation.title, step.word, step.conversation.url)
        for step in steps.order_by("-at", "-pk")[:ON_THE_FRONT]
    ]


def with_outcome(conversations: QuerySet[Conversation], shown: QuerySet[Conversation]) -> QuerySet[Conversation]:
    """``conversations``, each with the newest outcome among ``shown``: it comes with the list in its query."""
    newest = (
        _latest(shown)
        .order_by("-at", "-pk")
        .values(
            told=JSONObject(
                html=F("html"),
                stage=F("stage"),
                word=F("word"),
                title=F("conversation__title"),
                key=F("conversation_id"),
            )
        )
    )
    return conversations.annotate(outcome=Subquery(newest[:1]))


def outcome_among(conversations: list[Any]) -> list[dict[str, str]]:
    """What ``with_outcome`` brought."""
    found = next((each.outcome for each in conversations if each.outcome), None)
    if not found:
        return []
    url = Conversation(pk=found["key"]).url
    return [_line(found["html"] or "", found["stage"], found["title"], found["word"], url)]


def _line(html: str, stage: str, title: str, word: str, url: str) -> dict[str, str]:
    """As ``components/said_did.html`` shows it."""
    did = f"{IdeaStage(stage).label}: {title}"
    icon = "closed" if stage == IdeaStage.WILL_NOT else ""
    return {"said": excerpt(html, EXCERPT), "did": did, "detail": shortened(word, QUOTED), "url": url, "icon": icon}
