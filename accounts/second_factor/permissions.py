"""Who helps with a lost second factor."""

from django.http import Http404, HttpRequest

from core.editors import is_hub_team


def ask_for_hub_team(request: HttpRequest) -> None:
    """404 for everybody else: the page names people who cannot get in."""
    if not is_hub_team(request.user):
        raise Http404
