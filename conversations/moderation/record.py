"""What is written down when a post is removed or put back, whoever does it and where."""

from django.utils import timezone

from conversations.choices import AppealDecision, ModerationOutcome
from conversations.models import Case, Post
from conversations.moderation.notices import tell_decided
from people.models import User


def removed(post: Post, by: User) -> None:
    """Those who moderate took it away: its author reads why, and may appeal. What its author took back leaves nothing
    to decide.
    """
    if post.is_of(by):
        Case.objects.filter(post=post, outcome="").update(outcome=ModerationOutcome.WITHDRAWN, decided=timezone.now())
        return
    case = open_case(post) or Case(post=post)
    case.outcome, case.decided, case.decided_by, case.word = (
        ModerationOutcome.REMOVED,
        timezone.now(),
        by,
        post.why_removed,
    )
    case.save()
    tell_decided(case, by)


def put_back(post: Post, by: User) -> None:
    """Its author put it back: what was reported about it waits again. Or those who moderate did, without an appeal or
    before they answered it.
    """
    last = Case.objects.filter(post=post).last()
    if last is None:
        return
    if last.outcome == ModerationOutcome.WITHDRAWN and post.is_of(by):
        last.outcome, last.decided = "", None
    elif last.is_appealed:
        last.answer, last.answered, last.answered_by = AppealDecision.PUT_BACK, timezone.now(), by
    elif last.outcome == ModerationOutcome.REMOVED:
        last.outcome, last.decided, last.decided_by = ModerationOutcome.KEPT, timezone.now(), by
    last.save()


def open_case(post: Post) -> Case | None:
    """The case of a post that waits for its first decision."""
    case: Case | None = Case.objects.select_for_update(of=("self",)).filter(post=post, outcome="").first()
    return case
