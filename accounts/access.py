"""Who gets to the pages of this room."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar, cast

from django.http import Http404, HttpRequest, HttpResponse

from core.editors import is_hub_team

View = TypeVar("View", bound=Callable[..., HttpResponse])


def hub_team_only(view: View) -> View:
    """A page of those who run the hub; for everybody else there is none."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not is_hub_team(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return cast("View", wrapper)
