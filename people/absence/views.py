"""Saying that one is away."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from people.absence import services
from people.absence.forms import AbsenceForm
from people.absence.listings import own_context
from people.away import Absence
from people.requests import SignedInRequest

TAKEN = gettext_lazy("You are away already: %(days)s. Change that, or choose other days.")


def get_absence(request: SignedInRequest, pk: int) -> Absence:
    """One's own absence, as long as it is not over, or 404."""
    return get_object_or_404(Absence.objects.standing(), pk=pk, person=request.user.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: SignedInRequest) -> HttpResponse:
    """When one is away; say so."""
    form = AbsenceForm(request.POST or None, instance=Absence(person=request.user))
    if request.method == "POST" and _is_saved(form):
        messages.success(request, _("It is shown where people would write to you, on those days."))
        return redirect("people:away")
    context = own_context(request, request.user, form)
    return render(request, "people/absence/own.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Other days, or somebody else."""
    absence = get_absence(request, pk)
    form = AbsenceForm(request.POST or None, instance=absence)
    if request.method == "POST" and _is_saved(form):
        messages.success(request, _("Changed."))
        return redirect("people:away")
    return render(
        request, "people/absence/change.html", {"form": form, "absence": absence}, status=422 if form.errors else 200
    )


def _is_saved(form: AbsenceForm) -> bool:
    """Whether it was; the form says why not."""
    if not form.is_valid():
        return False
    try:
        services.save(form.save(commit=False))
    except services.Overlaps as overlap:
        form.add_error("first", TAKEN % {"days": overlap.other.days})
        return False
    return True


@login_required
@require_POST
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    services.withdraw(get_absence(request, pk))
    return redirect(f"{reverse('people:away')}?withdrawn={pk}")


@login_required
@require_POST
def bring_back(request: SignedInRequest, pk: int) -> HttpResponse:
    absence = get_object_or_404(Absence.objects.exclude(withdrawn=None), pk=pk, person=request.user.pk)
    try:
        services.bring_back(absence)
    except services.Overlaps as overlap:
        messages.warning(request, TAKEN % {"days": overlap.other.days})
    else:
        messages.success(request, _("It stands again."))
    return redirect("people:away")


@login_required
@require_POST
def back(request: SignedInRequest, pk: int) -> HttpResponse:
    """One is there again, earlier than one said."""
    absence = get_absence(request, pk)
    if absence.is_present:
        services.come_back(absence)
    messages.success(request, _("Welcome back. You are no longer shown as away."))
    return redirect("people:away")


@login_required
@require_POST
def decline(request: SignedInRequest, pk: int) -> HttpResponse:
    """One was named as a stand-in, and cannot."""
    services.decline(get_object_or_404(Absence.objects.standing(), pk=pk, stand_in=request.user.pk))
    messages.success(request, _("You no longer stand in. Tell them, so that they can ask somebody else."))
    return redirect("people:away")
