"""What one can do with a community. Its page itself is Wagtail's."""

from django.urls import path

from communities import facilitator_views, invitation_views, views
from communities.approval import views as approval
from communities.grants import deeds, views as grant_views
from communities.kept_texts import views as kept_texts
from communities.roles import accepting, views as role_views
from communities.writing import views as writing

app_name = "communities"

urlpatterns = [
    path("unattended/", facilitator_views.all_unattended, name="unattended"),
    path("roles/<int:pk>/", accepting.accept_role, name="accept_role"),
    path("kept/<int:pk>/", kept_texts.kept_text, name="kept_text"),
    path("kept/<int:pk>/send/", kept_texts.send, name="send_kept_text"),
    path("kept/<int:pk>/discard/", kept_texts.discard, name="discard_kept_text"),
    path("removed/<int:pk>/", views.removed, name="removed"),
    path("<any_slug:slug>/edit/", writing.edit, name="edit"),
    path("<any_slug:slug>/changes/", writing.changes, name="changes"),
    path("<any_slug:slug>/join/", views.join, name="join"),
    path("<any_slug:slug>/leave/", views.leave, name="leave"),
    path("<any_slug:slug>/members/", views.members, name="members"),
    path("<any_slug:slug>/approval/", approval.choose_rule, name="approval"),
    path("<any_slug:slug>/invitation/", invitation_views.invitation, name="invitation"),
    path("<any_slug:slug>/facilitators/", facilitator_views.facilitators, name="facilitators"),
    path("<any_slug:slug>/rights/", grant_views.what_i_may, name="what_i_may"),
    path("<any_slug:slug>/grants/ask/", deeds.ask, name="ask_for_grant"),
    path("<any_slug:slug>/grants/new/", deeds.give, name="give_grant"),
    path("<any_slug:slug>/members/<int:pk>/accept/", views.accept, name="accept"),
    path("<any_slug:slug>/members/<int:pk>/decline/", views.decline, name="decline"),
    path("<any_slug:slug>/members/<int:pk>/roles/", role_views.roles_of_member, name="roles_of_member"),
    path("<any_slug:slug>/members/<int:pk>/remove/", views.remove, name="remove"),
]
