"""What somebody typed for a new conversation where they may begin none any more."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from communities.models import CommunityPage
from conversations.draft_answers import DISCARD, Unsent, discard
from conversations.services import draft_at
from core.audiences import may_see
from people.models import User
from people.requests import SignedInRequest

GONE = 410


def unsent_in(community: CommunityPage, person: User) -> Unsent | None:
    """What they were about to begin there, for whoever may not."""
    return Unsent.of(draft_at(community, person), community, person, url_in(community))


def url_in(community: CommunityPage) -> str:
    return reverse("conversations:begin", args=[community.slug])


def begun_before(request: SignedInRequest, slug: str) -> HttpResponse:
    """Their draft, to copy or to discard; 404 where there is none, and for what is sent: its words come back there.

    They may not see the community any more: the page does not say which it is.
    """
    community = CommunityPage.objects.filter(slug=slug).first()
    unsent = unsent_in(community, request.user) if community else None
    if community is None or unsent is None:
        raise Http404
    page = community if community.live and may_see(request.user, community) else None
    if request.method != "POST":
        return render(request, "conversations/begun_before.html", {"unsent": unsent, "page": page}, status=GONE)
    if request.POST.get("deed") != DISCARD:
        raise Http404
    discard(request, community)
    return redirect("conversations:of_community", page.slug) if page else redirect("conversations:everywhere")
