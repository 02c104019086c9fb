"""Addresses of one's own sessions."""

from django.urls import path

from accounts.sessions import views

urlpatterns = [
    path("", views.own_sessions, name="account_sessions"),
    path("<int:pk>/end/", views.sign_out_one, name="account_session_end"),
    path("elsewhere/end/", views.sign_out_elsewhere, name="account_sessions_end"),
]
