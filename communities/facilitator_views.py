"""What the hub team does where facilitators are missing or have to change."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from communities import services
from communities.access import get_for_hub_team, note_look
from communities.forms import AppointForm
from communities.listings import helping, pending_of, sponsor_is_gone, unattended, unattended_for
from communities.models import CommunityPage, Membership
from communities.permissions import has_facilitator
from core.audiences import may_see
from core.editors import is_hub_team
from core.pagination import page_of
from people.requests import SignedInRequest


@login_required
@require_safe
def all_unattended(request: SignedInRequest) -> HttpResponse:
    """The communities that the hub team has to see to; whoever helps communities finds those that they may see."""
    person, names_people = request.user, is_hub_team(request.user)
    if not names_people and not helping(person).exists():
        raise Http404
    shown = unattended(with_few=True) if names_people else unattended_for(person)
    context = {"communities": page_of(request, shown), "names_people": names_people}
    return render(request, "communities/unattended.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def facilitators(request: SignedInRequest, slug: str) -> HttpResponse:
    """See who facilitates a community, and name somebody. A look at a private one is an entry in the log."""
    community = get_for_hub_team(request, slug)
    form = AppointForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.appoint(community, form.person, by=request.user)
        except services.CannotJoin as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(person)s is a facilitator now.") % {"person": form.person})
            return redirect("communities:facilitators", slug=slug)
    note_look(request, community)
    status = 422 if form.errors else 200
    return render(request, "communities/facilitators.html", _context(request, community, form), status=status)


def _context(request: SignedInRequest, community: CommunityPage, form: AppointForm) -> dict[str, Any]:
    lacks = not has_facilitator(community)
    return {
        "page": community,
        "form": form,
        "facilitators": Membership.objects.stewards().filter(community=community).select_related("person").with_roles(),
        "pending": pending_of(community) if lacks else [],
        "sponsor_is_gone": sponsor_is_gone(community),
        "may_see": may_see(request.user, community),
    }
