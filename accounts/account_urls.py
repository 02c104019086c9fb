"""Addresses of one's own account, beside those of ``people.account_urls``: one line for each package."""

from django.urls import include, path

from accounts.invitations.link_views import invitation

urlpatterns = [
    path("", include("accounts.overview.account_urls")),
    path("", include("accounts.sign_on.account_urls")),
    path("invitation/<str:token>/", invitation, name="invitation"),
    path("received/", include("accounts.leaving.account_urls")),
    path("held/", include("accounts.personal_data.account_urls")),
    path("second-factor/", include("accounts.second_factor.account_urls")),
    path("sessions/", include("accounts.sessions.account_urls")),
]
