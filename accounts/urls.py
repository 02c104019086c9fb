"""Addresses of the hub team's pages about ways in and out: one line for each package."""

from django.urls import include, path

urlpatterns = [
    path("leaving/", include("accounts.leaving.urls")),
    path("second-factor/", include("accounts.second_factor.urls")),
]
