"""How views get thanks: one's own, or 404."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from core.numbers import LARGEST
from people.models import User
from thanks.models import Thanks
from thanks.thankable import ThankableThing, people_behind, thing_for


def get_received(request: HttpRequest, pk: int) -> Thanks:
    """Thanks that this person was given."""
    thanks: Thanks = get_object_or_404(Thanks, pk=min(pk, LARGEST), receiver=request.user.pk)
    return thanks


def get_mine(request: HttpRequest, pk: int) -> Thanks:
    """Thanks that this person gave or was given."""
    thanks: Thanks = get_object_or_404(Thanks.objects.between_them(request.user), pk=min(pk, LARGEST))
    return thanks


def is_gone(request: HttpRequest, pk: int) -> bool:
    """Whether nothing of this number is among what they gave or were given. It was never theirs, or it was taken back:
    nothing is left that would say which.
    """
    return not Thanks.objects.between_them(request.user).filter(pk=min(pk, LARGEST)).exists()


def get_whom(request: HttpRequest, key: str, slug: str) -> tuple[ThankableThing | None, list[User]]:
    """What is thanked for and who can be thanked; 404 for a thing or a person that this viewer may not see."""
    thing = thing_for(request.user, key)
    if key and thing is None:
        raise Http404
    if thing is not None:
        people = people_behind(thing, request.user)
    else:
        shown = User.objects.shown_to(request.user).filter(is_active=True).exclude(pk=request.user.pk)
        people = list(shown.filter(slug=slug)) if slug else []
    if thing is None and not people:
        raise Http404
    return thing, people
