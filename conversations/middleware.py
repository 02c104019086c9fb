"""What was done, or was about to be done, with a conversation that stands in another one now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.deprecation import MiddlewareMixin

from conversations.access import MergedAway
from conversations.refusals import say_refused
from core.typed_forms import words_of


class MergedMeanwhile(MiddlewareMixin):
    """Whoever sent a form is led to the one that holds its posts, and reads why there, with what they had typed."""

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, MergedAway) or request.method != "POST":
            return None
        say_refused(request, exception, " ".join(field.value for field in words_of(request)))
        return redirect("conversations:conversation", exception.into)
