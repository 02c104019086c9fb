"""Addresses of what is held of one."""

from django.urls import path

from accounts.personal_data import views

urlpatterns = [
    path("", views.held, name="held"),
    path("copy/", views.copy, name="held_copy"),
    path("copy/zip/", views.download, name="held_download"),
    path("erasure/", views.ask_for_erasure, name="ask_for_erasure"),
    path("erasure/withdraw/", views.withdraw_erasure, name="withdraw_erasure"),
]
