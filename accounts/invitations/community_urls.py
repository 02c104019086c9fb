"""Invitations into one community, beneath its members."""

from django.urls import path

from accounts.invitations import community_views as views

app_name = "community_invitations"

urlpatterns = [
    path("invite/", views.invite, name="invite"),
    path("invited/<int:pk>/again/", views.again, name="again"),
    path("invited/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
]
