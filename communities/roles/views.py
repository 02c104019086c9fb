"""Naming a member in roles."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from communities import services
from communities.access import Decided, get_managed, get_membership, note_look
from communities.models import State
from communities.redirects import back, back_url, too_late
from communities.roles.forms import RolesForm
from people.requests import SignedInRequest


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def roles_of_member(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Give a member other roles; several, if they are to have several."""
    community = get_managed(request, slug)
    try:
        membership = get_membership(request, community, pk, State.ACTIVE)
    except Decided:
        return too_late(request, community)
    note_look(request, community)
    form = RolesForm(request.POST if request.method == "POST" else None, membership=membership)
    if form.is_valid():
        roles, successor = form.cleaned_data["roles"], form.cleaned_data.get("successor")
        try:
            services.set_roles(membership, roles, by=request.user, successor=successor)
        except services.CannotLeave as refusal:
            form.add_error("successor" if "successor" in form.fields else None, str(refusal))
        else:
            if not membership.is_active:
                return too_late(request, community)
            messages.success(request, f"{membership.person}: {membership.role_names or _('Member')}.")
            return back(request, community)
    context = {"page": community, "membership": membership, "form": form, "back_url": back_url(request, community)}
    return render(request, "communities/roles.html", context, status=422 if form.errors else 200)
