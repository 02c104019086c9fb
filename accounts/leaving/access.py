"""How views get whose hand-over it is: the person, or 404."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.leaving.permissions import may_decide, may_hand_over
from people.models import User
from people.requests import SignedInRequest


def get_leaver(request: SignedInRequest, slug: str) -> User:
    """Whose hand-over this viewer sees to."""
    person: User = get_object_or_404(User, slug=slug)
    if not may_hand_over(request.user, person):
        raise Http404
    return person


def get_decided(request: SignedInRequest, slug: str) -> User:
    """Of whom this viewer says when they leave."""
    person: User = get_object_or_404(User, slug=slug)
    if not may_decide(request.user, person):
        raise Http404
    return person
