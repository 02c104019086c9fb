"""One page of a conversation, with the form below it, whether it is opened or comes back from writing."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from conversations import listings, services, showing
from conversations.access import get_part, home_of
from conversations.attachments.composer import ComposerFiles, waiting
from conversations.delegates.listings import for_whom
from conversations.draft_answers import unsent_at
from conversations.forms import ReplyForm
from conversations.guests.listings import guests_of
from conversations.guests.services import note_came
from conversations.history import history_of, why_locked
from conversations.models import Conversation, Post
from conversations.moving.undoing import last_undoable
from conversations.outcomes.listings import course_of
from conversations.permissions import TalkRights
from conversations.services.drafts import mark_of
from conversations.topics.services import may_set
from core.audiences import forget_tokens
from core.topics import topics_of
from search.related import near

PREFETCHED = "prefetch"  # by a browser that guesses: nobody has opened anything yet


def conversation_page(
    request: HttpRequest,
    found: Conversation,
    part: TalkRights,
    form: ReplyForm | None = None,
    files: ComposerFiles | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """What was said, and ``form`` below it: an empty one, unless it comes back. What is looked at is noted as read."""
    unsent = None
    if form is None:
        form, files = _begun(request, found, part)
        unsent = unsent_at(found, part) if form is None else None
    number = listings.asked_page(request, found) if request.method != "POST" else found.pages
    posts = showing.posts_on(found, part, number)
    if not posts:  # something changed since the right was asked: it is asked anew
        forget_tokens(request.user)
        found, part = get_part(request, found.pk)
        posts = showing.posts_on(found, part, number)
    standing = listings.standing_of(found, request.user)
    seen = standing.read_to if standing else 0
    is_guest = part.is_guest(found)
    shown = showing.shown(posts, found, part, listings.new_since(standing))
    context = {
        "conversation": found,
        "is_guest": is_guest,
        "page": home_of(found),
        "trail": trail_of(found, part),
        "part": part,
        "topics": SimpleLazyObject(lambda: topics_of(found)),
        "sets_topics": may_set(part, found),
        "posts": shown,
        "pieces": showing.pieces(shown),
        "number": number,
        "pages": range(1, found.pages + 1),
        "standing": standing,
        "near": near(found, request.user),
        "history": history_of(found),
        "why_locked": why_locked(found),
        "undoable": last_undoable(found, request.user),
        "course": course_of(found, part),
        "replies": part.replies(found),
        "marks_answer": part.marks_answer(found),
        "answer_url": found.url_of(found.answer.number) if found.answer else "",
        "form": form,
        "files": files,
        "unsent": unsent,
        "quoted": _quoted(request, found),
        "guests": guests_of(found, request.user),
        **more,
    }
    if is_guest:
        note_came(found, part.person)  # type: ignore[arg-type]  # a guest is signed in
    answer = render(request, "conversations/conversation.html", context, status=status)
    _note_as_read(request, found, posts, seen)
    return answer


def trail_of(found: Conversation, part: TalkRights) -> list[dict[str, str]]:
    """The way down to it: its community, and what that talks about; for a guest, to where they find it again."""
    community = home_of(found)
    if not part.knows_community:
        return [{"title": _("Conversations"), "url": reverse("conversations:everywhere")}]
    all_of_them = reverse("conversations:of_community", args=[community.slug])
    return [*community.trail_with_self, {"title": _("Conversations"), "url": all_of_them}]


def _begun(
    request: HttpRequest, found: Conversation, part: TalkRights
) -> tuple[ReplyForm | None, ComposerFiles | None]:
    """An empty form, or what was typed and chosen before."""
    if not part.replies(found):
        return None, None
    kept = services.draft_at(found, part.person)  # type: ignore[arg-type]  # whoever replies is signed in
    to = request.GET.get("to", "")
    initial = {"seen": found.last_number, **kept, "began": mark_of(kept)}
    if to.isascii() and to.isdigit() and len(to) < 9:
        initial["to"] = int(to)
    form = ReplyForm(initial=initial, for_whom=for_whom(found, part))
    return form, waiting(found, part.person, kept)  # type: ignore[arg-type]  # likewise


def _quoted(request: HttpRequest, found: Conversation) -> Post | None:
    """The post that is answered, to be shown over the form."""
    to = request.POST.get("to") or request.GET.get("to", "")
    if not (to.isascii() and to.isdigit() and len(to) < 9):
        return None
    shown = found.posts.shown().filter(number=int(to))
    post: Post | None = shown.select_related("author", "principal").first()
    return post


def _note_as_read(request: HttpRequest, found: Conversation, posts: list[Post], seen: int) -> None:
    last = max((post.number for post in posts), default=0)
    if not request.user.is_authenticated or last <= seen or request.method == "HEAD":
        return
    if PREFETCHED not in request.headers.get("Sec-Purpose", ""):
        services.read_up_to(found, request.user, last)
