"""Addresses of the hub team's help for whoever lost their second factor."""

from django.urls import path

from accounts.second_factor import views

urlpatterns = [
    path("", views.help_with, name="second_factor_help"),
    path("<int:pk>/confirm/", views.confirm_help, name="second_factor_confirm"),
    path("<int:pk>/withdraw/", views.withdraw_help, name="second_factor_withdraw"),
]
