"""Reporting a post, deciding about it, appealing, and answering an appeal. Who may is asked under the lock."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from conversations.choices import AppealDecision, ModerationOutcome, ReportReason
from conversations.models import Case, Post, Report
from conversations.moderation import record
from conversations.moderation.cases import decided_by, may_read
from conversations.moderation.notices import (
    tell_appeal_answered,
    tell_appealed,
    tell_decided,
    tell_hidden,
    tell_reported,
)
from conversations.services.locking import CannotPost
from conversations.services.log import note
from conversations.services.removing import give_back, locked_with_part, set_hidden, take_away
from people.models import User


@transaction.atomic
def report(post: Post, by: User, reason: ReportReason, word: str) -> Case:
    """Say that something is wrong with a post. Said twice by one person, it is one report."""
    row, part = locked_with_part(post, by)
    if (known := Report.objects.filter(post=row, by=by).select_related("case").first()) is not None:
        return known.case
    if not part.reports(row):
        raise CannotPost(_("This post is not there any more."))
    case = record.open_case(row)
    is_new = case is None
    case = case or Case.objects.create(post=row)
    Report.objects.create(case=case, post=row, by=by, reason=reason, word=word)
    if is_new:
        tell_reported(case, by)
    return case


@transaction.atomic
def take(case: Case, by: User, seen: int | None = None) -> None:
    """Say that ``by`` looks after it, so that nobody else needs to. It is taken over from whoever had it when ``by``
    looked (``seen``, a key), and from nobody else.
    """
    row = _locked(case, by)
    if row.taken_by_id == by.pk:
        return
    if row.taken_by_id is not None and row.taken_by_id != seen:
        raise CannotPost(_("%(name)s has taken this meanwhile.") % {"name": row.taken_by})
    row.taken_by, row.taken = by, timezone.now()
    row.save(update_fields=["taken_by", "taken"])


@transaction.atomic
def hand_back(case: Case, by: User) -> None:
    """Somebody else shall look after it."""
    row = _locked(case, by)
    if row.taken_by_id == by.pk:
        row.taken_by, row.taken = None, None
        row.save(update_fields=["taken_by", "taken"])


@transaction.atomic
def hand_back_all(people: Collection[int]) -> None:
    """What those have taken whose accounts were switched off: somebody else looks after it."""
    gone = User.objects.filter(pk__in=people, is_active=False).values("pk")
    Case.objects.filter(taken_by__in=gone).update(taken_by=None, taken=None)


@transaction.atomic
def hide(case: Case, by: User, why: str) -> None:
    """Nobody but its author reads the post until somebody has decided."""
    row = _locked(case, by)
    if row.outcome or not row.post.is_shown:
        raise CannotPost(_("This was decided meanwhile."))
    row.hidden_by = by
    row.save(update_fields=["hidden_by"])
    set_hidden(row.post, why, is_hidden=True)
    note("hide", row.post.conversation, by, row.post)
    tell_hidden(row, by)


@transaction.atomic
def show(case: Case, by: User) -> None:
    """Show a hidden post again before it is decided about."""
    row = _locked(case, by)
    if row.post.hidden is None:
        return
    set_hidden(row.post, "", is_hidden=False)
    note("show", row.post.conversation, by, row.post)


@transaction.atomic
def keep(case: Case, by: User, word: str) -> None:
    """Leave the post as it is."""
    row = _undecided(case, by)
    row.outcome, row.decided, row.decided_by, row.word = ModerationOutcome.KEPT, timezone.now(), by, word
    row.save()
    if row.post.hidden:
        set_hidden(row.post, "", is_hidden=False)
        note("show", row.post.conversation, by, row.post)
    note("keep", row.post.conversation, by, row.post)
    tell_decided(row, by)


@transaction.atomic
def remove(case: Case, by: User, reason: str) -> None:
    """Take the post away; its author reads the reason."""
    row = _undecided(case, by)
    take_away(row.post, by, reason)


@transaction.atomic
def appeal(post: Post, by: User, words: str) -> Case:
    """Its author, or whoever it was written for, asks somebody else to look at a removal again: once."""
    row, _part = locked_with_part(post, by)
    case = last_removal(row)
    if case is not None and row.is_of(by) and case.appealed and case.appeal == words:
        return case  # sent twice
    if case is None or not row.is_of(by) or row.removed is None or case.appealed:
        raise CannotPost(_("There is nothing that you can appeal against here any more."))
    case.appealed, case.appeal, case.taken_by, case.taken = timezone.now(), words, None, None
    case.save()
    tell_appealed(case, by)
    return case


@transaction.atomic
def answer(case: Case, by: User, decision: AppealDecision, word: str) -> None:
    """Somebody else than whoever removed it lets the removal stay, or puts the post back."""
    row = _locked(case, by)
    if not row.is_appealed:
        raise CannotPost(_("This was decided meanwhile."))
    row.answer, row.answered, row.answered_by, row.answering_word = decision, timezone.now(), by, word
    row.save()
    if decision == AppealDecision.PUT_BACK:
        give_back(row.post)
    note("put_back" if decision == AppealDecision.PUT_BACK else "uphold", row.post.conversation, by, row.post)
    tell_appeal_answered(row, by)


def last_removal(post: Post) -> Case | None:
    """What was decided when a post was removed by those who moderate."""
    case: Case | None = (
        Case.objects.filter(post=post, outcome=ModerationOutcome.REMOVED).select_related("decided_by").last()
    )
    return case


def _locked(case: Case, by: User) -> Case:
    """The case as it is now, where ``by`` may decide it now."""
    post, _part = locked_with_part(Post.objects.select_related("conversation__community").get(pk=case.post_id), by)
    row: Case | None = decided_by(by).select_for_update(of=("self",)).filter(pk=case.pk).first()
    if row is None:
        raise CannotPost(_("This was decided meanwhile, or is no longer yours to decide."))
    row.post = post
    return row


def _undecided(case: Case, by: User) -> Case:
    row = _locked(case, by)
    if row.outcome:
        raise CannotPost(_("This was decided meanwhile."))
    if not may_read(by, row):
        raise CannotPost(_("This stands in a community that is closed to you. Name somebody who moderates there."))
    return row
