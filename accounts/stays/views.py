"""Looking again at why people from outside are here."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.leaving.services import CannotSwitchOff
from accounts.stays import services
from accounts.stays.forms import ExtendStayForm
from accounts.stays.listings import stays_context
from accounts.stays.models import OutsideStay
from core.editors import is_hub_team
from people.requests import SignedInRequest


def get_stay(request: SignedInRequest, pk: int) -> OutsideStay:
    """A stay that this viewer may extend or end, or 404."""
    seen = OutsideStay.objects.seen_to_by(request.user).select_related("person", "sponsor")
    return get_object_or_404(seen, pk=pk)


@login_required
@require_safe
def stays(request: SignedInRequest) -> HttpResponse:
    """Whom one answers for; for the hub team everybody from outside. Whoever answers for nobody has no such page."""
    context = stays_context(request)
    if not context["is_shown"]:
        raise Http404
    return render(request, "accounts/stays.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def stay(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let somebody from outside stay, until another day, or end it."""
    found = get_stay(request, pk)
    ends = request.POST.get("deed") == "end"
    is_asked = request.method == "POST" and not ends
    form = ExtendStayForm(request.POST if is_asked else None, may_name=is_hub_team(request.user))
    if request.method == "POST" and found.ended is None:
        if ends:
            return _end(request, found)
        if form.is_valid():
            services.extend(found, form.cleaned_data["review_on"], request.user, form.sponsor)
            messages.success(request, _("%(person)s stays.") % {"person": found.person})
            return redirect("stays" if is_hub_team(request.user) else "/")
    status = 422 if form.errors else 200
    return render(request, "accounts/stay.html", {"stay": found, "form": form}, status=status)


def _end(request: SignedInRequest, found: OutsideStay) -> HttpResponse:
    try:
        services.end(found, by=request.user)
    except CannotSwitchOff as refusal:
        messages.error(request, str(refusal))
        return redirect("stay", pk=found.pk)
    messages.success(request, _("%(person)s’s account is switched off.") % {"person": found.person})
    return redirect("stays" if is_hub_team(request.user) else "/")
