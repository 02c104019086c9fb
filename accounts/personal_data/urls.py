"""Addresses of the hub team's pages of whoever wants to be erased."""

from django.urls import path

from accounts.personal_data import views

urlpatterns = [
    path("", views.erasures, name="erasures"),
    path("<slug:slug>/", views.erasure, name="erasure"),
]
