"""What one can do with a community. Its page itself is Wagtail's."""

from django.urls import path

from communities import views

app_name = "communities"

urlpatterns = [
    path("<slug:slug>/join/", views.join, name="join"),
    path("<slug:slug>/leave/", views.leave, name="leave"),
    path("<slug:slug>/members/", views.members, name="members"),
    path("<slug:slug>/members/invite/", views.invite, name="invite"),
    path("<slug:slug>/members/<int:pk>/accept/", views.accept, name="accept"),
    path("<slug:slug>/members/<int:pk>/decline/", views.decline, name="decline"),
    path("<slug:slug>/members/<int:pk>/role/", views.change_role, name="change_role"),
]
