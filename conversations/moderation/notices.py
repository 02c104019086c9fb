"""Who hears of reports, decisions and appeals. No word of a post, a report or a reason stands in a notice: what is said
against a person is read on the page alone.
"""

from collections.abc import Collection, Mapping

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from conversations.choices import AppealDecision, ModerationOutcome
from conversations.models import Case
from conversations.moderation.cases import cases_of, deciders, for_the_hub_team, hub_team
from core.audiences import Person
from core.notices import Happened, NoticeKind, NoticeWords, by_key
from core.outbox import emit
from core.outbox.emitting import subject_of
from core.versions import changed_for
from people.models import User

REPORTED = "conversations.reported"
HIDDEN = "conversations.hidden"
DECIDED = "conversations.decided"
LOOKED_AT = "conversations.looked_at"
APPEALED = "conversations.appealed"
APPEAL_ANSWERED = "conversations.appeal_answered"


# -- events ------------------------------------------------------------------------------------------------------------
def tell_reported(case: Case, by: User) -> None:
    emit(REPORTED, case, actor=by)


def tell_hidden(case: Case, by: User) -> None:
    emit(HIDDEN, case, actor=by)


def tell_decided(case: Case, by: User) -> None:
    """Its author hears of a removal, and whoever reported it that somebody looked at it."""
    if case.outcome == ModerationOutcome.REMOVED:
        emit(DECIDED, case, actor=by)
    if case.reports.exists():
        emit(LOOKED_AT, case, actor=by)
    changed_for(deciders(case))


def tell_appealed(case: Case, by: User) -> None:
    emit(APPEALED, case, actor=by)


def tell_appeal_answered(case: Case, by: User) -> None:
    emit(APPEAL_ANSWERED, case, actor=by)
    changed_for(deciders(case))


# -- whom it concerns --------------------------------------------------------------------------------------------------
def who_decides(event: Happened) -> list[int]:
    case = Case.objects.select_related("post__conversation").filter(pk=event.subject_pk).first()
    return deciders(case) if case else []


def whoever_wrote(event: Happened) -> list[int]:
    """And in whose name they did: both read why, and either may appeal."""
    case = Case.objects.select_related("post").filter(pk=event.subject_pk).first()
    return sorted(case.post.behind) if case else []


def whoever_reported(event: Happened) -> list[int]:
    reported = Case.objects.filter(pk=event.subject_pk, reports__by__isnull=False)
    return list(reported.values_list("reports__by_id", flat=True))


def what_waits_for_long() -> dict[str, Collection[int]]:
    team = hub_team()
    waiting = for_the_hub_team().filter(Q(outcome="") | Q(appealed__isnull=False, answer="")).only("pk")
    return {subject_of(case): team for case in waiting}


# -- what they read ----------------------------------------------------------------------------------------------------
def cases_told(reader: Person, keys: Collection[str]) -> Mapping[str, Case]:
    """Those that the reader looks after, wrote or reported."""
    after = cases_of(reader).filter(pk__in=keys).order_by().values("pk")
    mine = Q(pk__in=after) | Q(post__author=reader.pk) | Q(post__principal=reader.pk) | Q(reports__by=reader.pk)
    return by_key(Case.objects.filter(mine, pk__in=keys).select_related("post").distinct())


def reported(case: Case, _event: Happened, reader: Person) -> NoticeWords | None:
    if case.outcome or case.post.is_of(reader):
        return None
    return NoticeWords(_("A post was reported"), case.get_absolute_url(), action=_("Look at it"))


def hidden(case: Case, _event: Happened, reader: Person) -> NoticeWords | None:
    if case.post.hidden is None:
        return None
    return NoticeWords(_("A post of yours is hidden until somebody has decided about it"), _own(case))


def decided(case: Case, _event: Happened, reader: Person) -> NoticeWords | None:
    if case.outcome != ModerationOutcome.REMOVED or case.answer or not case.post.is_of(reader):
        return None
    return NoticeWords(_("A post of yours was removed"), _own(case), action=_("Read why, and appeal if it was wrong"))


def looked_at(case: Case, _event: Happened, reader: Person) -> NoticeWords | None:
    if not case.outcome:
        return None
    title = _("A post that you reported was looked at")
    said = {
        ModerationOutcome.REMOVED: _("It was removed."),
        ModerationOutcome.WITHDRAWN: _("Its author took it back."),
    }.get(ModerationOutcome(case.outcome), _("It stays as it is."))
    return NoticeWords(title, reverse("conversations:report", args=[case.post_id]), text=said)


def appealed(case: Case, _event: Happened, reader: Person) -> NoticeWords | None:
    if not case.is_appealed or case.post.is_of(reader) or reader.pk == case.decided_by_id:
        return None
    return NoticeWords(_("Somebody appeals against a removal"), case.get_absolute_url(), action=_("Answer it"))


def appeal_answered(case: Case, _event: Happened, reader: Person) -> NoticeWords | None:
    if not case.answer or not case.post.is_of(reader):
        return None
    is_back = case.answer == AppealDecision.PUT_BACK
    title = _("A post of yours was put back") if is_back else _("Your appeal was answered: the decision stays")
    return NoticeWords(title, _own(case), action=_("Read the answer"))


def _own(case: Case) -> str:
    return reverse("conversations:appeal", args=[case.post_id])


KINDS = (
    NoticeKind(
        REPORTED,
        gettext_lazy("A post is reported where you moderate"),
        words=reported,
        subjects=cases_told,
        recipients=who_decides,
        later=what_waits_for_long,
    ),
    NoticeKind(
        APPEALED,
        gettext_lazy("Somebody appeals where you moderate"),
        words=appealed,
        subjects=cases_told,
        recipients=who_decides,
        later=what_waits_for_long,
    ),
    NoticeKind(
        HIDDEN,
        gettext_lazy("What you wrote is hidden for now"),
        words=hidden,
        subjects=cases_told,
        recipients=whoever_wrote,
    ),
    NoticeKind(
        DECIDED,
        gettext_lazy("What you wrote is removed"),
        words=decided,
        subjects=cases_told,
        recipients=whoever_wrote,
    ),
    NoticeKind(
        LOOKED_AT,
        gettext_lazy("What you reported was looked at"),
        words=looked_at,
        subjects=cases_told,
        recipients=whoever_reported,
    ),
    NoticeKind(
        APPEAL_ANSWERED,
        gettext_lazy("Your appeal is answered"),
        words=appeal_answered,
        subjects=cases_told,
        recipients=whoever_wrote,
    ),
)
