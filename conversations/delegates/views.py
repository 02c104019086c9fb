"""Who writes for whom: on one's own account, and for the hub team."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from conversations.delegates import listings, services
from conversations.delegates.forms import NameForm
from conversations.models import Delegation
from core.editors import is_hub_team
from core.numbers import LARGEST
from people.requests import SignedInRequest

CONFLICT, UNPROCESSABLE = 409, 422


def get_delegation(request: SignedInRequest, pk: int) -> Delegation:
    """One in which this viewer names or is named, any of them for the hub team, or 404."""
    seen = Delegation.objects.all() if is_hub_team(request.user) else Delegation.objects.of(request.user.pk)
    return get_object_or_404(seen.select_related("principal", "delegate"), pk=min(pk, LARGEST))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: SignedInRequest) -> HttpResponse:
    """Who writes for me, and for whom I write; name somebody."""
    context = listings.own_context(request.user)
    if not (context["names"] or context["mine"] or context["others"]):
        raise Http404
    form = NameForm(request.POST or None, principal=request.user)
    status = UNPROCESSABLE if form.errors else 200
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            services.name(request.user, said["who"], said["since"], said["until"], announces=said["announces"])
        except services.CannotDelegate as refusal:
            form.add_error(None, str(refusal))
            status = CONFLICT
        else:
            messages.success(
                request, _("%(person)s is asked. They write for you once they accept.") % {"person": said["who"]}
            )
            return redirect("conversations:delegates")
    return render(request, "conversations/delegates/own.html", {**context, "form": form}, status=status)


@login_required
@require_safe
def everybody(request: SignedInRequest) -> HttpResponse:
    """All of them, for the hub team."""
    if not is_hub_team(request.user):
        raise Http404
    return render(request, "conversations/delegates/all.html", listings.all_context(request))


@login_required
@require_POST
def accept(request: SignedInRequest, pk: int) -> HttpResponse:
    """I write for them."""
    delegation = get_delegation(request, pk)
    if delegation.delegate_id != request.user.pk:
        raise Http404
    try:
        services.accept(delegation, request.user)
    except services.CannotDelegate as refusal:
        messages.error(request, str(refusal))
    else:
        said = {"person": delegation.principal}
        messages.success(request, _("You write for %(person)s now, where both of you may write.") % said)
    return redirect("conversations:delegates")


@login_required
@require_POST
def end(request: SignedInRequest, pk: int) -> HttpResponse:
    """End it, or decline."""
    delegation = get_delegation(request, pk)
    try:
        services.end(delegation, request.user)
    except services.CannotDelegate as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("It has ended. What was written stays, with both names."))
    is_mine = delegation.is_between(request.user.pk)
    return redirect("conversations:delegates" if is_mine else "conversations:all_delegates")
