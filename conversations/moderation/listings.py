"""What those who moderate see: what waits, how long, and who has taken it."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

from django.core.paginator import Page
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from conversations.choices import ReportReason
from conversations.models import Case, Conversation
from conversations.moderation.cases import WAITING, cases_of, decided_by, may_read, oldest_first
from core.audiences import may_see
from core.editors import is_hub_team
from core.pagination import page_of
from core.parameters import parameter
from people.models import User

MINE, DECIDED = "mine", "decided"


def queue_context(request: HttpRequest, person: User, communities: Collection[int]) -> dict[str, Any]:
    """What waits for a decision of this person, the oldest first; or what was decided. ``communities`` are those that
    they moderate.
    """
    only, slug = parameter(request, "only"), parameter(request, "in")
    if only == DECIDED:
        cases = cases_of(person, communities).filter(~WAITING).order_by("-decided", "-pk")
    else:
        cases = oldest_first(decided_by(person, communities))
        cases = cases.filter(taken_by=person) if only == MINE else cases
    if slug:
        cases = cases.filter(post__conversation__community__slug=slug)
    return {
        "cases": SimpleLazyObject(lambda: _all_told(page_of(request, _rows(cases)), person)),
        "tabs": [
            {"title": title, "url": f"?only={value}&in={slug}" if value or slug else request.path, "current": is_it}
            for value, title, is_it in (
                ("", _("Waiting"), only not in {MINE, DECIDED}),
                (MINE, _("Taken by me"), only == MINE),
                (DECIDED, _("Decided"), only == DECIDED),
            )
        ],
        "only": only,
    }


def _rows(cases: QuerySet[Case]) -> QuerySet[Case]:
    related = cases.select_related("taken_by", "post__conversation__community").prefetch_related("reports")
    return related.defer("post__text", "post__html")  # a page of long posts is no page of a list


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case as one person may read of it: of a community that is closed to them, without any name."""

    case: Case
    title: str
    is_open: bool
    reasons: list[str]
    waits: str


def _all_told(page: Page[Case], person: User) -> Page[CaseRow]:
    told = [told_to(person, case) for case in page]
    shown = cast("Page[CaseRow]", page)
    shown.object_list = told
    return shown


def told_to(person: User, case: Case) -> CaseRow:
    conversation: Conversation = case.post.conversation
    is_open = may_see(person, conversation)
    title = conversation.title if is_open else _("In a community that is closed to you")
    waits = timesince(case.waiting_since, depth=1) if _is_old(case) else ""
    return CaseRow(case, title, is_open, reasons_of(case), waits)


def _is_old(case: Case) -> bool:
    """Nobody needs the minutes."""
    return bool(case.waiting_since) and timezone.now() - case.waiting_since >= timedelta(hours=1)


def reasons_of(case: Case) -> list[str]:
    """What is said to be wrong, what most say first, with how many where it is several."""
    counted = Counter(report.reason for report in case.reports.all())
    return [
        f"{ReportReason(reason).label} ({count})" if count > 1 else str(ReportReason(reason).label)
        for reason, count in counted.most_common()
    ]


def case_context(person: User, case: Case) -> dict[str, Any]:
    """One case, with what this person may do about it and what was decided about the post before."""
    told = told_to(person, case)
    is_mine = decided_by(person).filter(pk=case.pk).exists()
    before = Case.objects.filter(Q(post=case.post_id)).exclude(pk=case.pk).select_related("decided_by", "answered_by")
    return {
        "trail": [{"title": _("Reported posts"), "url": reverse("conversations:queue")}],
        "case": case,
        "told": told,
        "post": case.post,
        "reads": may_read(person, case),
        "decides": is_mine and not case.outcome,
        "answers": is_mine and case.is_appealed,
        "before": before.order_by("-opened"),
        "names_reporters": is_hub_team(person),
        "community": case.post.conversation.community if told.is_open else None,
    }
