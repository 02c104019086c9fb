"""Signing in and out, and passwords: allauth's addresses, without those the hub does not use."""

from allauth.account import views
from django.urls import path, re_path

from people.account_views import AddressView, ProofView, SignInView, SignOutView, no_password_yet

urlpatterns = [
    path("login/", SignInView.as_view(), name="account_login"),
    path("logout/", SignOutView.as_view(), name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("signup/", views.signup, name="account_signup"),  # says that one is invited
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("email/", AddressView.as_view(), name="account_email"),
    path("confirm-email/", views.email_verification_sent, name="account_email_verification_sent"),
    re_path(r"^confirm-email/(?P<key>[-:\w]+)/$", ProofView.as_view(), name="account_confirm_email"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/set/", no_password_yet, name="account_set_password"),
    path("password/reset/", views.password_reset, name="account_reset_password"),
    path("password/reset/done/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("password/reset/key/done/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
]
