"""The page "Account and security"."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.overview.lines import lines_for
from people.requests import SignedInRequest


@login_required
@require_safe
def overview(request: SignedInRequest) -> HttpResponse:
    """Everything about one's account, with the way to change it."""
    return render(request, "accounts/overview.html", {"lines": lines_for(request)})
