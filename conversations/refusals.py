"""What was refused after it was sent: why, and what somebody had typed for it."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _


def say_refused(request: HttpRequest, refusal: Exception, words: str = "") -> None:
    """Say it on the next page. ``words`` stand in it to be copied, because their form is gone."""
    said = {"why": str(refusal), "words": words}
    messages.error(request, _("%(why)s You had written: “%(words)s”") % said if words else str(refusal))
