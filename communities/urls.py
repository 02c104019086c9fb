"""What one can do with a community. Its page itself is Wagtail's."""

from django.urls import path

from communities import facilitator_views, invitation_views, views
from communities.grants import deeds, views as grant_views
from communities.writing import views as writing

app_name = "communities"

urlpatterns = [
    path("unattended/", facilitator_views.all_unattended, name="unattended"),
    path("removed/<int:pk>/", views.removed, name="removed"),
    path("<slug:slug>/edit/", writing.edit, name="edit"),
    path("<slug:slug>/changes/", writing.changes, name="changes"),
    path("<slug:slug>/join/", views.join, name="join"),
    path("<slug:slug>/leave/", views.leave, name="leave"),
    path("<slug:slug>/members/", views.members, name="members"),
    path("<slug:slug>/invitation/", invitation_views.invitation, name="invitation"),
    path("<slug:slug>/facilitators/", facilitator_views.facilitators, name="facilitators"),
    path("<slug:slug>/rights/", grant_views.what_i_may, name="what_i_may"),
    path("<slug:slug>/grants/ask/", deeds.ask, name="ask_for_grant"),
    path("<slug:slug>/grants/new/", deeds.give, name="give_grant"),
    path("<slug:slug>/members/<int:pk>/accept/", views.accept, name="accept"),
    path("<slug:slug>/members/<int:pk>/decline/", views.decline, name="decline"),
    path("<slug:slug>/members/<int:pk>/role/", views.change_role, name="change_role"),
    path("<slug:slug>/members/<int:pk>/remove/", views.remove, name="remove"),
]
