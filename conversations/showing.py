"""One page of a conversation as its reader sees it.

A post is shown from plain values: all that its piece of the page says, and nothing else. So the piece can be kept
under these values, for every reader who gets the same.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from django.db.models import Prefetch, prefetch_related_objects
from django.template.loader import get_template, render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from conversations.cards import words_of
from conversations.choices import Feeling, Kind
from conversations.mentions.showing import look_ahead
from conversations.models import PER_PAGE, Conversation, Post, Reaction
from conversations.permissions import TalkRights
from conversations.still_readable import posts_still_for
from core.fragments import kept_by_value
from people.models import User
from people.prefetching import Named, name_all

NOTHING = SafeString()
LONG, MANY_LINES = 8000, 60
"""Letters of HTML and lines of one post, above which others are not pushed away by it."""
KEPT_FOR = 600  # seconds, as long as other fragments: a new release may draw posts otherwise


@dataclass(frozen=True, slots=True)
class Name:
    """Whoever wrote a post, or is spoken for in it. Of an account that is gone nothing is left."""

    name: str = ""
    url: str = ""
    portrait: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A word for a post: how many said it, who, and whether the reader did."""

    label: str
    count: int
    names: str
    is_mine: bool
    url: str  # where it is said, or taken back


@dataclass(frozen=True, slots=True)
class Shown:
    """All that a post shows to one reader, and the addresses of what they may do with it; empty where they may not."""

    key: int
    number: int
    anchor: str
    posted: datetime
    is_edited: bool
    author: Name
    principal: Name | None  # in whose name it was written, where that is somebody else's
    by_line: str
    words: SafeString
    is_long: bool  # folded until its reader wants all of it
    voice: str  # for whom it speaks, as HTML
    files: str  # what is attached to it, as HTML
    said: tuple[Said, ...]
    says: bool  # whether the reader says such words
    is_new: bool
    is_answer: bool
    in_own_name: bool  # although it stands among announcements
    answers: str  # the by-line of the post that it is in answer to
    answers_url: str
    moved_url: str  # of what stood here, and stands elsewhere
    moved_within: bool  # elsewhere in this conversation
    removed: str  # why it is not here
    hidden: str  # the same of what is hidden for now
    is_hidden: bool
    is_mine: bool
    reply_url: str
    changes_url: str
    edit_url: str
    remove_url: str
    report_url: str
    answer_url: str  # where it is marked as the answer
    appeal_url: str
    put_back_url: str


def posts_on(conversation: Conversation, part: TalkRights, page: int) -> list[Post]:
    """The posts of one page, in their order; nothing, where it was moved or its reader sent away since they were asked
    about.
    """
    first = (page - 1) * PER_PAGE + 1
    return list(posts_still_for(part, conversation).for_reading().between(first, first + PER_PAGE - 1))


def look_up(posts: list[Post], conversation: Conversation) -> None:
    """Fetch what the posts show: a fixed number of queries, however many posts there are, and whoever wrote them."""
    known: dict[int | None, Post] = {**_from_elsewhere(posts), **{post.pk: post for post in posts}}
    for post in posts:
        post.conversation = conversation
        post.in_answer_to = known.get(post.in_answer_to_id)
        post.moved_to = known.get(post.moved_to_id)
    felt = Reaction.objects.only("post", "person", "feeling").order_by("pk")
    prefetch_related_objects(posts, Prefetch("reactions", felt), "attachments")
    if voices := [post.voice for post in posts if post.spoken_for]:
        prefetch_related_objects(voices, "grant")
    name_all(chain(_named_by(posts), _named_beside(conversation, known)))


def _from_elsewhere(posts: list[Post]) -> dict[int | None, Post]:
    """What is answered on another page, and what went into a conversation of its own: seldom any."""
    pks = {pk for post in posts for pk in (post.in_answer_to_id, post.moved_to_id)} - {None, *(p.pk for p in posts)}
    return Post.objects.select_related("conversation").in_bulk(pks) if pks else {}


def _named_by(posts: Iterable[Post]) -> Iterator[Named]:
    for post in posts:
        yield post, ("author", "principal", "removed_by")
        if post.in_answer_to:
            yield post.in_answer_to, ("author", "principal")
        yield from ((reaction, ("person",)) for reaction in post.reactions.all())


def _named_beside(conversation: Conversation, known: Mapping[int | None, Post]) -> Iterator[Named]:
    """Whom its page names over the posts."""
    yield conversation, ("begun_by", "principal", "closed_by")
    if conversation.answer:
        yield conversation.answer, ("author", "principal")
    if promise := getattr(conversation, "promise", None):
        yield promise, ("acknowledged_by", "waiting_by")
        if first := known.get(promise.acknowledged_with_id):
            promise.acknowledged_with = first


def shown(
    posts: list[Post],
    conversation: Conversation,
    part: TalkRights,
    is_new: Callable[[int], bool],
    *,
    answers: bool | None = None,
) -> list[Shown]:
    """``posts`` as this reader sees them. ``is_new`` says of which numbers they had not read the posts before, and
    ``answers`` whether they are offered to answer each; where nothing is said, whoever may.
    """
    look_up(posts, conversation)
    look_ahead(post.html for post in posts)
    view = _View(
        conversation,
        part,
        is_new,
        answers=part.replies(conversation) if answers is None else answers,
        marks=part.marks_answer(conversation),
        words=words_of(posts, part.person),
        addresses=_addresses(),
    )
    return [view.of(post) for post in posts]


def _addresses() -> dict[str, str]:
    """The addresses of what is done with a post, worked out once for a page: each takes a while."""
    names = ("edit", "remove", "report", "changes", "answer", "appeal", "put_back")
    feelings = {str(feeling): reverse("conversations:say", args=[0, feeling]) for feeling in Feeling}
    return {**{name: reverse(f"conversations:{name}", args=[0]) for name in names}, **feelings}


class _View:
    """What one reader sees and may do in one conversation, asked once for all of its posts."""

    def __init__(
        self,
        conversation: Conversation,
        part: TalkRights,
        is_new: Callable[[int], bool],
        *,
        answers: bool,
        marks: bool,
        words: Mapping[int, SafeString],
        addresses: Mapping[str, str],
    ) -> None:
        self.conversation, self.part, self.is_new = conversation, part, is_new
        self.answers, self.marks, self.words, self.addresses = answers, marks, words, addresses
        self.names: dict[int | None, Name] = {None: Name()}
        self.labels = {str(feeling): str(feeling.label) for feeling in Feeling}
        self.says = part.is_open and part.person.is_authenticated and not conversation.is_locked

    def of(self, post: Post) -> Shown:
        """One post. Of what was removed, or is hidden from this reader, nothing is said but that."""
        me, part, conversation = self.part.person.pk, self.part, self.conversation
        is_mine = post.is_of(part.person)
        is_read = post.removed is None and (post.hidden is None or is_mine)
        answered = post.in_answer_to if is_read else None
        if answered and answered.conversation_id != conversation.pk:
            answered = None  # it went into a conversation of its own
        marks = self.marks and is_read and post.is_shown and not post.is_first
        return Shown(
            key=post.pk,
            number=post.number,
            anchor=post.anchor,
            posted=post.posted,
            is_edited=post.edited is not None,
            author=self._name(post.author) if is_read else Name(),
            principal=self._name(post.principal) if is_read and post.is_for_another else None,
            by_line=post.by_line if is_read else "",
            words=self.words.get(post.pk, NOTHING) if is_read else NOTHING,
            is_long=len(post.html) > LONG or post.html.count("\n") > MANY_LINES,
            voice=self._voice(post) if is_read else "",
            files=self._files(post) if is_read else "",
            said=tuple(self._said(post)) if is_read else (),
            says=self.says and is_read and not is_mine and post.hidden is None,
            is_new=post.author_id != me and self.is_new(post.number),
            is_answer=post.pk == conversation.answer_id,
            in_own_name=conversation.kind == Kind.ANNOUNCEMENT and not post.spoken_for,
            answers=(answered.by_line or _("somebody")) if answered else "",
            answers_url=conversation.url_of(answered.number) if answered else "",
            moved_url=post.moved_to.get_absolute_url() if post.moved_to else "",
            moved_within=post.moved_to is not None and post.moved_to.conversation_id == conversation.pk,
            removed=self._why_removed(post, is_mine=is_mine),
            hidden=post.why_hidden if post.hidden and is_mine else "",
            is_hidden=post.hidden is not None,
            is_mine=is_mine,
            reply_url=f"?page={conversation.pages}&to={post.number}#answer" if self.answers and post.is_shown else "",
            changes_url=self._url("changes", post) if is_read and post.edited else "",
            edit_url=self._url("edit", post) if part.edits(conversation, post) else "",
            remove_url=self._url("remove", post) if part.removes(post) else "",
            report_url=self._url("report", post) if part.reports(post) else "",
            answer_url=self._url("answer", post) if marks else "",
            appeal_url=self._url("appeal", post) if post.removed and post.why_removed and is_mine else "",
            put_back_url=self._url("put_back", post) if part.puts_back(post) else "",
        )

    def _url(self, name: str, post: Post) -> str:
        return self.addresses[name].replace("/0/", f"/{post.pk}/")

    def _name(self, person: User | None) -> Name:
        pk = person.pk if person else None
        if pk not in self.names and person:
            self.names[pk] = Name(person.name, person.get_absolute_url(), person.portrait_url)
        return self.names[pk]

    def _why_removed(self, post: Post, *, is_mine: bool) -> str:
        """In words; the reason for its author and for those who moderate."""
        if post.removed is None or post.moved_to:
            return ""
        if not post.why_removed:
            if post.is_for_another and post.removed_by:
                return _("%(who)s removed this post.") % {"who": post.removed_by.name}
            return _("Its author removed this post.")
        if is_mine or self.part.moderates:
            return _("This post was removed. Why: %(reason)s") % {"reason": post.why_removed}
        return _("This post was removed.")

    def _said(self, post: Post) -> Iterator[Said]:
        """The words that were said for it, in one order for all posts."""
        felt: list[Reaction] = list(post.reactions.all())
        for feeling, label in self.labels.items():
            who = [each.person for each in felt if each.feeling == feeling]
            is_mine = any(person.pk == self.part.person.pk for person in who)
            names = ", ".join(person.name for person in who)
            yield Said(label, len(who), names, is_mine, self._url(feeling, post))

    def _voice(self, post: Post) -> str:
        if not post.spoken_for:
            return ""
        said = {"voice": post.spoken_for, "community": self.part.community}
        return render_to_string("conversations/voices/mark.html", said)

    def _files(self, post: Post) -> str:
        return render_to_string("conversations/attachments/of_post.html", {"post": post}) if post.files else ""


def pieces(posts: list[Shown]) -> SafeString:
    """The posts of a page, as HTML."""
    template = get_template("conversations/post.html")
    made = kept_by_value("post", posts, KEPT_FOR, lambda one: template.render({"one": one}))
    return mark_safe("".join(made))  # noqa: S308 (rendered by a template, which escapes)
