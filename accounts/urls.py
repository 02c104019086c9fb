"""Addresses of the hub team's pages about ways in and out: one line for each package."""

from django.urls import include, path

urlpatterns = [
    path("", include("accounts.invitations.urls")),
    path("directories/", include("accounts.scim.urls")),
    path("leaving/", include("accounts.leaving.urls")),
    path("people/", include("accounts.from_file.urls")),
    path("erasures/", include("accounts.personal_data.urls")),
    path("second-factor/", include("accounts.second_factor.urls")),
    path("stays/", include("accounts.stays.urls")),
]
