"""Addresses of one's own second factor: allauth's, without those that the hub does not use."""

from allauth.mfa.base import views as base
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path

from accounts.second_factor import views

urlpatterns = [
    path("", views.own, name="mfa_index"),
    path("code/", base.authenticate, name="mfa_authenticate"),
    path("again/", base.reauthenticate, name="mfa_reauthenticate"),
    path("app/", totp.activate_totp, name="mfa_activate_totp"),
    path("app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("recovery-codes/", views.codes, name="mfa_view_recovery_codes"),
    path("recovery-codes/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("recovery-codes/file/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("passkeys/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("passkeys/again/", views.passkey_again, name="mfa_reauthenticate_webauthn"),
    path("passkeys/sign-in/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("passkeys/<int:pk>/", views.name_passkey, name="mfa_edit_webauthn"),
    path("passkeys/<int:pk>/remove/", views.remove_passkey, name="mfa_remove_webauthn"),
]
