"""Allauth's pages where the hub asks more than allauth does."""

from typing import Any

from allauth.account import views
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache

from core.editors import is_hub_team
from people import addresses
from people.requests import SignedInRequest


class SignInView(views.LoginView):
    """Signing in. Whoever runs the hub can look at the page, too, and is signed in: they decide how people come in."""

    @method_decorator(never_cache)
    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.method in {"GET", "HEAD"} and "look" in request.GET and is_hub_team(request.user):
            return View.dispatch(self, request, *args, **kwargs)
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response


@method_decorator(login_required, name="dispatch")
class AddressView(views.EmailView):
    """One's own address, and the one that is to take its place."""

    template_name = "account/email_change.html"

    def dispatch(self, request: SignedInRequest, *args: object, **kwargs: object) -> HttpResponse:
        addresses.settle(request.user)
        return super().dispatch(request, *args, **kwargs)

    def _action_primary(self, request: HttpRequest, *args: object, **kwargs: object) -> None:
        """There is one address; another takes its place by its proof, not by a button."""


class ProofView(views.ConfirmEmailView):
    """The link of a proof, for the person who asked for it and nobody else.

    Whoever reads the mail of a claimed address must not give it to an account that is not theirs by pressing a button.
    """

    def get_object(self, queryset: QuerySet[Any] | None = None) -> Any:
        proof = super().get_object(queryset)
        if self.request.user.is_authenticated and proof.email_address.user_id != self.request.user.pk:
            raise Http404
        return proof

    def post(self, *args: object, **kwargs: object) -> HttpResponse:
        if not self.request.user.is_authenticated:
            return redirect_to_login(self.request.path)
        response: HttpResponse = super().post(*args, **kwargs)
        return response

    def get_redirect_url(self) -> str:
        return reverse("account_email")


@login_required
def no_password_yet(_request: HttpRequest) -> HttpResponse:
    """Whoever has no password gets their first one by mail, as if it were forgotten: a session is no proof."""
    return redirect("account_reset_password")


class SignOutView(views.LogoutView):
    """Signing out, which also tells the browser to forget the pages that it keeps. The known device stays known."""

    def post(self, *args: object, **kwargs: object) -> HttpResponse:
        response: HttpResponse = super().post(*args, **kwargs)
        response["Clear-Site-Data"] = '"cache", "storage"'
        return response
