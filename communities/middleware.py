"""What readers of the hub's own pages see where a right ended between their page and their button."""

from django.http import HttpRequest, HttpResponse
from django.utils.deprecation import MiddlewareMixin

from communities.rights import NotAllowed
from core.writing.ended_rights import refused


class RightsThatEnded(MiddlewareMixin):
    """Services ask again in the transaction of the change. Where they refuse, nothing was written, and what somebody
    typed is given back with the reason; a view that knows better says so itself.
    """

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, NotAllowed):
            return None
        return refused(request, exception.answer.because, exception.answer.ask, "/")
