"""Addresses of one's own account, beside those of ``people.account_urls``: one line for each package."""

from django.urls import include, path

urlpatterns = [
    path("", include("accounts.overview.account_urls")),
    path("", include("accounts.sign_on.account_urls")),
    path("received/", include("accounts.leaving.account_urls")),
    path("second-factor/", include("accounts.second_factor.account_urls")),
    path("sessions/", include("accounts.sessions.account_urls")),
]
