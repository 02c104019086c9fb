"""The dates of a surgery, for those who look after it: the pattern, the list of what it makes, and each date."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities.rights import NotAllowed
from core.text import one_line
from core.writing.ended_rights import refused
from people.requests import SignedInRequest
from surgeries.models import Pattern, Session, SurgeryPage
from surgeries.series import services
from surgeries.series.access import get_date, get_left_out, get_pattern, get_surgery
from surgeries.series.forms import CancelForm, DateForm, PatternForm, values_of
from surgeries.series.listings import dates_context
from surgeries.series.plan import Plan, plan_of

SCHEDULE = "/surgeries/"
CONFLICT, UNPROCESSABLE = 409, 422
LISTED = 400  # values of one list, far more than a pattern makes


def for_those_who_may(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Where the right ends between the form and the change, what was typed goes back."""

    @wraps(view)
    def answer(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NotAllowed as ended:
            return refused(request, ended.answer.because, ended.answer.ask, SCHEDULE)

    return login_required(answer)


def _dates_of(surgery: SurgeryPage) -> str:
    return reverse("surgeries:dates", args=[surgery.pk])


@for_those_who_may
@require_safe
def dates(request: SignedInRequest, pk: int) -> HttpResponse:
    """The patterns of a surgery, its dates to come, and the days that are left out."""
    return render(request, "surgeries/series/dates.html", dates_context(request, get_surgery(request, pk)))


# -- the pattern -------------------------------------------------------------------------------------------------------
@for_those_who_may
@require_http_methods(["GET", "HEAD", "POST"])
def new_pattern(request: SignedInRequest, pk: int) -> HttpResponse:
    surgery = get_surgery(request, pk)
    return _pattern(request, surgery, Pattern(surgery=surgery))


@for_those_who_may
@require_http_methods(["GET", "HEAD", "POST"])
def pattern(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    surgery = get_surgery(request, pk)
    return _pattern(request, surgery, get_pattern(surgery, number))


def _pattern(request: SignedInRequest, surgery: SurgeryPage, changed: Pattern) -> HttpResponse:
    """The form, then the list of dates, then they are made. Nothing is kept between the steps but what was typed."""
    before = Pattern.objects.select_related("surgery").get(pk=changed.pk) if changed.pk else None
    form = PatternForm(request.POST or None, instance=changed)
    step = request.POST.get("step", "")
    context = {"form": form, "surgery": surgery, "before": before}
    if request.method != "POST" or step == "back" or not form.is_valid():
        status = UNPROCESSABLE if form.is_bound and step != "back" else 200
        return render(request, "surgeries/series/pattern.html", context, status=status)
    plan = plan_of(form.instance, before)
    if step != "make":
        return _list(request, context, plan, Ticked.at_first(plan))
    ticked = Ticked.typed(request, plan)
    if plan.drops and not ticked.reason and _gives_up(plan, ticked):
        return _list(request, context, plan, ticked, lacks_reason=True)
    try:
        services.set_pattern(form.instance, ticked.choice, request.POST.get("seen", ""), request.user)
    except services.DatesChangedMeanwhile as meanwhile:
        return _list(request, context, meanwhile.plan, Ticked.at_first(meanwhile.plan), meanwhile=True)
    messages.success(request, _("The dates are made."))
    return redirect(_dates_of(surgery))


@dataclass(frozen=True, slots=True)
class Ticked:
    """The boxes of the list, as they are shown and as they come back."""

    days: frozenset[str]
    follow: frozenset[str]
    reason: str

    @classmethod
    def at_first(cls, plan: Plan) -> "Ticked":
        days = frozenset(row.day.isoformat() for row in plan.rows if row.ticked)
        return cls(days, frozenset(), str(_("The dates of this surgery have changed.")))

    @classmethod
    def typed(cls, request: SignedInRequest, plan: Plan) -> "Ticked":
        days, follow = request.POST.getlist("date")[:LISTED], request.POST.getlist("follow")[:LISTED]
        if "follow_all" in request.POST:
            follow = [str(row.session.pk) for row in plan.follow if row.session]
        return cls(frozenset(days), frozenset(follow), one_line(request.POST.get("reason", ""))[:250])

    @property
    def choice(self) -> services.ChosenDates:
        days = frozenset(day for text in self.days if (day := _day(text)))
        return services.ChosenDates(days, frozenset(int(pk) for pk in self.follow if pk.isdecimal()), self.reason)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _gives_up(plan: Plan, ticked: Ticked) -> bool:
    follows = [row for row in plan.follow if row.session and str(row.session.pk) in ticked.follow]
    return any(row.is_dropped for row in plan.rows) or any(row.gives_up for row in follows)


def _list(request: SignedInRequest, context: dict[str, Any], plan: Plan, ticked: Ticked, **more: bool) -> HttpResponse:
    rows = [
        (row, row.day.isoformat() in ticked.days, bool(row.session and str(row.session.pk) in ticked.follow))
        for row in plan.rows
    ]
    status = CONFLICT if more.get("meanwhile") else UNPROCESSABLE if more else 200
    found = {**context, "plan": plan, "rows": rows, "reason": ticked.reason, **more}
    return render(request, "surgeries/series/preview.html", found, status=status)


# -- one date ----------------------------------------------------------------------------------------------------------
@for_those_who_may
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SignedInRequest, pk: int) -> HttpResponse:
    """One date by hand."""
    surgery = get_surgery(request, pk)
    form = DateForm(request.POST or None, instance=Session(surgery=surgery))
    if request.method == "POST" and form.is_valid():
        services.add_date(form.instance, request.user)
        messages.success(request, _("The date is added."))
        return redirect(_dates_of(surgery))
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "surgeries/series/add.html", {"form": form, "surgery": surgery}, status=status)


@for_those_who_may
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Move or change one date."""
    session = get_date(request, pk)
    form = DateForm(request.POST or None, instance=session, initial=values_of(session))
    if request.method == "POST" and form.is_valid():
        try:
            services.change_date(form.instance, form.cleaned_data["seen"], request.user)
        except services.ChangedMeanwhile:
            return _date(request, get_date(request, pk), form, CancelForm(), meanwhile=True)
        messages.success(request, _("The date is changed."))
        return redirect(session.url)
    return _date(request, get_date(request, pk), form, CancelForm())


@for_those_who_may
@require_POST
def cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    session = get_date(request, pk)
    form = CancelForm(request.POST)
    if not form.is_valid():
        return _date(request, session, DateForm(instance=session, initial=values_of(session)), form)
    return _done(request, session, lambda: services.cancel_date(session, form.cleaned_data["why"], request.user))


@for_those_who_may
@require_POST
def restore(request: SignedInRequest, pk: int) -> HttpResponse:
    session = get_date(request, pk)
    return _done(request, session, lambda: services.restore_date(session, request.user))


def _done(request: SignedInRequest, session: Session, deed: Callable[[], None]) -> HttpResponse:
    try:
        deed()
    except services.ChangedMeanwhile:
        messages.error(request, _("This date is over. It stays as it is."))
    else:
        messages.success(request, _("Done. Those who help there are told."))
    return redirect(session.url)


def _date(
    request: SignedInRequest, session: Session, form: DateForm, cancelling: CancelForm, *, meanwhile: bool = False
) -> HttpResponse:
    has_errors = any(each.is_bound and each.errors for each in (form, cancelling))
    context = {"session": session, "surgery": session.surgery, "form": form, "cancelling": cancelling}
    context |= {"meanwhile": meanwhile, "seen": values_of(session)["seen"] if meanwhile else form["seen"].value()}
    status = CONFLICT if meanwhile else UNPROCESSABLE if has_errors else 200
    return render(request, "surgeries/series/change.html", context, status=status)


@for_those_who_may
@require_POST
def hold(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Hold it after all on a day that was left out."""
    surgery = get_surgery(request, pk)
    services.hold_after_all(get_left_out(surgery, number), request.user)
    messages.success(request, _("The date is made."))
    return redirect(_dates_of(surgery))
