"""The address of one's account."""

from django.urls import path

from accounts.overview.views import overview

urlpatterns = [path("", overview, name="account_overview")]
