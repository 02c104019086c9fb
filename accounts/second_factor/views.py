"""The pages of second factors: one's own, and the hub team's help for whoever lost theirs."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import IndexView
from allauth.mfa.recovery_codes.views import ViewRecoveryCodesView
from allauth.mfa.webauthn.views import EditWebAuthnView, ReauthenticateWebAuthnView, RemoveWebAuthnView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.second_factor import rule, services
from accounts.second_factor.forms import HelpForm
from accounts.second_factor.models import FactorHelp
from accounts.second_factor.permissions import ask_for_hub_team
from accounts.second_factor.setting_up import way_back
from people.requests import SignedInRequest


class OwnView(IndexView):
    """What somebody has, and what they can add."""

    def get_context_data(self, **kwargs: object) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        person = self.request.user
        codes = context["authenticators"].get("recovery_codes")
        context["codes_left"] = len(codes.get_unused_codes()) if codes else 0
        context["is_asked"] = rule.is_asked_of(person)
        context["way_back"] = way_back(self.request)
        return context


class CodesView(ViewRecoveryCodesView):
    """Recovery codes, and then on to where one was going."""

    def get_context_data(self, **kwargs: object) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "way_back": way_back(self.request)}


class PasskeyNameView(EditWebAuthnView):
    success_url = reverse_lazy("mfa_index")


class RemovePasskeyView(RemoveWebAuthnView):
    """Allauth asks its adapter for an app's codes only; here it is asked for a passkey, too."""

    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form: object) -> HttpResponse:
        adapter = get_adapter()
        if not adapter.can_delete_authenticator(self.get_object()):
            messages.error(self.request, str(adapter.error_messages["cannot_delete_authenticator"]))
            return redirect("mfa_index")
        response: HttpResponse = super().form_valid(form)
        return response


class PasskeyAgainView(ReauthenticateWebAuthnView):
    """A passkey before a change. One that is not right is asked for again, where one is."""

    def form_invalid(self, form: object) -> HttpResponse:
        return self.render_to_response({**self.get_context_data(), "form": form})


# -- help for whoever lost theirs --------------------------------------------------------------------------------------
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def help_with(request: SignedInRequest) -> HttpResponse:
    """What waits for a second person, and the form to ask."""
    ask_for_hub_team(request)
    form = HelpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _ask(request, form)
    return _help_page(request, form, 422 if form.errors else 200)


@reauthentication_required(app="allauth.mfa")
def _ask(request: SignedInRequest, form: HelpForm) -> HttpResponse:
    person, reason = form.cleaned_data["email"], form.cleaned_data["reason"]
    try:
        services.ask(person, request.user, reason)
    except services.CannotHelp as refusal:
        form.add_error("email", str(refusal))
        return _help_page(request, form, 422)
    messages.success(request, _("Asked. Somebody else of the hub team confirms it now; %s was told.") % person)
    return redirect("second_factor_help")


def _help_page(request: HttpRequest, form: HelpForm, status: int) -> HttpResponse:
    waiting = FactorHelp.objects.open().select_related("person", "asked_by").order_by("asked_at")
    return render(request, "accounts/second_factor_help.html", {"form": form, "waiting": waiting}, status=status)


@login_required
@require_POST
def confirm_help(request: SignedInRequest, pk: int) -> HttpResponse:
    """The second person agrees."""
    ask_for_hub_team(request)
    return _confirm(request, pk)


@reauthentication_required(app="allauth.mfa")
def _confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    try:
        person = services.confirm(pk, request.user)
    except services.CannotHelp as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Taken off. %s signs in with the password, and sets up another.") % person)
    return redirect("second_factor_help")


@login_required
@require_POST
def withdraw_help(request: SignedInRequest, pk: int) -> HttpResponse:
    """It was found again, or it was not them."""
    ask_for_hub_team(request)
    try:
        services.withdraw(pk, request.user)
    except services.CannotHelp as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Withdrawn. Nothing was taken off."))
    return redirect("second_factor_help")


own, codes = OwnView.as_view(), CodesView.as_view()
name_passkey, remove_passkey = PasskeyNameView.as_view(), RemovePasskeyView.as_view()
passkey_again = login_required(PasskeyAgainView.as_view())
