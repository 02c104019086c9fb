"""The hub team's invitations."""

from django.urls import path

from accounts.invitations import views

urlpatterns = [
    path("invitations/", views.invitations, name="invitations"),
    path("invitations/new/", views.invite, name="invite"),
    path("invitations/<int:pk>/again/", views.again, name="invitation_again"),
    path("invitations/<int:pk>/withdraw/", views.withdraw, name="invitation_withdraw"),
]
